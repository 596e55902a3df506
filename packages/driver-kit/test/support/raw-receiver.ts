import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Recorder } from '../../src/virtual/index.ts';

/** A server that shows the bytes it got: HTTP parsers refuse some of what phones send. */
export interface RawReceiver extends AsyncDisposable {
  readonly address: string;
  readonly host: string;
  /** Heads of requests, byte for byte as Latin-1. */
  readonly heads: Recorder<string>;
  /** What it answers; `undefined` never answers. Set at any time. */
  answer: string | undefined;
}

const EMPTY_OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

export const startRawReceiver = async (answer: string | undefined = EMPTY_OK): Promise<RawReceiver> => {
  const sockets = new Set<Socket>();
  const heads = new Recorder<string>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let received = '';
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      if (!received.endsWith('\r\n\r\n')) return;
      heads.record(received);
      if (receiver.answer !== undefined) socket.end(receiver.answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: RawReceiver = {
    address: `http://${host}`,
    host,
    heads,
    answer,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
};
