import type { Client, Phone } from '@hookswitch/client';

/** Who dials, and where it is said what came of it. */
export interface Dialler {
  readonly client: Client;
  readonly phone: Phone;
  readonly say: (text: string) => void;
}

/** Puts a button behind every `tel:` link of a page: it has the phone dial the number. */
export function dialLinks(page: Document, { client, phone, say }: Dialler): void {
  for (const link of page.querySelectorAll<HTMLAnchorElement>('a[href^="tel:"]')) {
    const to = link.href.slice('tel:'.length);
    const button = page.createElement('button');
    button.textContent = `Dial ${to}`;
    button.addEventListener('click', async () => {
      // One call a click, whatever the network does: the client keeps its key over its own tries.
      button.disabled = true;
      say(`${phone.name} dials ${to} …`);
      const outcome = await client.dial(phone.id, { to });
      say(outcome.ok ? `${phone.name} dials ${to}.` : outcome.failure.message);
      button.disabled = false;
    });
    link.after(' ', button);
  }
}
