import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Sends datagrams and waits for their echoes. */
export interface Datagrams {
  /** Resolves when this datagram has come back. */
  exchange(): Promise<void>;
  close(): Promise<void>;
}

/** @param size in octets */
export async function openDatagrams(
  to: { readonly host: string; readonly port: number },
  size: number,
): Promise<Datagrams> {
  const socket = createSocket('udp4');
  const waiting = new Map<number, () => void>();
  let next = 0;
  socket.on('message', (bytes) => {
    const number = bytes.readUInt32BE(1);
    waiting.get(number)?.();
    waiting.delete(number);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.setRecvBufferSize(4 * 1024 * 1024);
  return {
    exchange: () =>
      new Promise((resolve) => {
        const bytes = Buffer.alloc(size, '.');
        next += 1;
        bytes.writeUInt32BE(next, 1);
        waiting.set(next, resolve);
        socket.send(bytes, to.port, to.host);
      }),
    async close() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
