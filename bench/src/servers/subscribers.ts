/** Many subscribers in a process of their own; says after each event when the last of them has it. */

import { subscribe } from '../clients/subscriber.ts';
import { argument, serve } from './child.ts';

const { url, key, count } = argument<{ readonly url: string; readonly key: string | null; readonly count: number }>();
const seen = new Map<number, number>();
const sockets = await Promise.all(
  Array.from({ length: count }, () =>
    subscribe({ url, key }, (number) => {
      const received = (seen.get(number) ?? 0) + 1;
      seen.set(number, received);
      if (received === count) process.send?.({ number });
    }),
  ),
);
serve({}, async () => {
  for (const socket of sockets) socket.terminate();
});
