import { connect } from 'node:net';

/**
 * Reports one event as a phone does: on a connection of its own, once.
 * @returns the status of the answer, or the system's word for why there is none: `ECONNREFUSED`, `ECONNRESET`, `CLOSED`
 */
export function report(url: string): Promise<number | string> {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let reply = '';
    socket.on('connect', () =>
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (chunk: Buffer) => {
      reply += chunk.toString('latin1');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3}) [\s\S]*?\r\n\r\n/.exec(reply)?.[1];
      resolve(status === undefined ? 'CLOSED' : Number(status));
    });
  });
}

/** Counts by what came back. */
export type Replies = Map<number | string, number>;

/** Adds one to what is counted under that name. */
export function count<Name>(counts: Map<Name, number>, name: Name): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
