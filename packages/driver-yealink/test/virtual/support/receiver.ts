import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Recorder } from '@hookswitch/driver-kit/virtual';

/** What a phone sent: the target as it stood on the request line, and the headers by lower-case name. */
export interface Received {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A server that takes whatever a phone sends, also what no HTTP parser lets through, and answers from a table. */
export interface Receiver extends AsyncDisposable {
  readonly address: string;
  readonly received: Recorder<Received>;
  /** Bodies by path; a path that is not here is answered 200 and empty. `undefined` is answered 404. */
  readonly pages: Map<string, string | undefined>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const received = new Recorder<Received>();
  const pages = new Map<string, string | undefined>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (!text.includes('\r\n\r\n')) return;
      const [requestLine = '', ...lines] = text.split('\r\n');
      const target = requestLine.replace(/^GET /, '').replace(/ HTTP\/1\.1$/, '');
      const headers = Object.fromEntries(
        lines.map((line) => [line.split(':')[0]?.toLowerCase(), line.replace(/^[^:]*: ?/, '')]),
      );
      const path = target.split('?')[0] ?? '';
      const body = pages.has(path) ? pages.get(path) : '';
      const status = body === undefined ? '404 Not Found' : '200 OK';
      const bytes = Buffer.from(body ?? '');
      received.record({ target, headers });
      socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\nContent-Length: ${bytes.length}\r\n\r\n`), bytes]));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    pages,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
