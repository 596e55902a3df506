// The page's address says where the gateway is, who asks, and whose phone dials: #url=…&key=…&phone=101
// In a real page the key belongs to who has logged in, holds calls:control and phones:read, and comes from the page's server.
import { createClient } from '@hookswitch/client';
import { dialLinks } from './dial-links.ts';

const given = new URLSearchParams(location.hash.slice(1));
const client = createClient({ url: given.get('url') ?? location.origin, token: given.get('key') ?? '' });
const status = document.querySelector('[role=status]');
const say = (text: string): void => {
  if (status !== null) status.textContent = text;
};

const phones = await client.phones({ filter: { search: given.get('phone') ?? '' } });
const phone = phones.ok ? phones.value.items[0] : undefined;
if (!phones.ok) say(phones.failure.message);
else if (phone === undefined) say('There is no such phone.');
else {
  dialLinks(document, { client, phone, say });
  say(`Calls are made with the phone of ${phone.name}.`);
}
