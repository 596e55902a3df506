/**
 * Many subscribers in a process of their own: the parent says what they ask for, and then how many events it waits for
 * them to have had.
 */
import type WebSocket from 'ws';
import { type Listening, listen } from '../clients/listener.ts';
import { serve } from './child.ts';

/** What the parent may say. */
export type SubscribersOrder = { readonly subscriptions: readonly Listening[] } | { readonly wanted: number };
/** What it is told. */
export type SubscribersNews =
  | { readonly connected: number }
  | { readonly received: number }
  | { readonly error: string };

/** So many connect at once. */
const AT_ONCE = 200;
let received = 0;
let wanted = Number.POSITIVE_INFINITY;
const sockets: WebSocket[] = [];
const say = (news: SubscribersNews): void => void process.send?.(news);

function tell(): void {
  if (received < wanted) return;
  wanted = Number.POSITIVE_INFINITY;
  say({ received });
}

async function connect(subscriptions: readonly Listening[]): Promise<void> {
  for (let index = 0; index < subscriptions.length; index += AT_ONCE) {
    const some = subscriptions.slice(index, index + AT_ONCE).map((subscription) =>
      listen(subscription, () => {
        received += 1;
        tell();
      }),
    );
    sockets.push(...(await Promise.all(some)));
  }
  say({ connected: sockets.length });
}

process.on('message', (order: SubscribersOrder | string) => {
  if (typeof order === 'string') return;
  if ('subscriptions' in order) connect(order.subscriptions).catch((error: unknown) => say({ error: String(error) }));
  else {
    wanted = order.wanted;
    tell();
  }
});
serve({}, async () => {
  for (const socket of sockets) socket.terminate();
});
