/** An office of phones: healthy ones, ones that answer late and ones that reset every connection. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createVirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { argument, serve } from './child.ts';

/** Where the phones listen. */
export interface PhonesReady {
  readonly healthy: readonly string[];
  readonly late: readonly string[];
  readonly resetting: readonly string[];
}

const LATE_MS = 10_000;
const counts = argument<{ readonly [Kind in keyof PhonesReady]: number }>();
const phones = Array.from({ length: counts.healthy }, (_, index) =>
  createVirtualSnomPhone({ model: 'D785', identities: [{ number: String(100 + index) }] }),
);
for (const phone of phones) await phone.start();
const servers: Server[] = [];
const late = await listen(counts.late, (_request, response) => {
  setTimeout(() => response.end(), LATE_MS);
});
const resetting = await listen(counts.resetting, (request) => {
  request.socket.resetAndDestroy();
});
const ready: PhonesReady = { healthy: phones.map(({ address }) => address), late, resetting };
serve(ready, async () => {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(phones.map((phone) => phone.stop()));
});

async function listen(count: number, answer: RequestListener): Promise<readonly string[]> {
  const addresses: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    addresses.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  return addresses;
}
