/**
 * Phones that are switched off, as far as loopback allows: they take no connection. The queue of each holds the fewest that it can, and
 * once it is full the system answers no further one.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { argument } from './child.ts';

/** Ports of the dead phones. */
export interface DeadPhonesReady {
  readonly ports: readonly number[];
}

const BACKLOG = 1;
const { count } = argument<{ readonly count: number }>();
const ports: number[] = [];
for (let index = 0; index < count; index += 1) {
  const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  ports.push(port);
}
process.send?.({ ports } satisfies DeadPhonesReady, () => {
  // Nothing of this process runs any more, until it is ended by a signal.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
