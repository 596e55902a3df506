import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What connections have sent that node:http has made no request of. */
export interface FirstBytes {
  /** Since the last request that was understood on this connection, or since its beginning. */
  of(socket: Socket): Buffer;
  /** Whether the rest of that last request, its body, has not come yet. */
  isIncomplete(socket: Socket): boolean;
  /** Waits until that last request has been answered. */
  answered(socket: Socket): Promise<void>;
}

const NONE = Buffer.alloc(0);

/**
 * Keeps what each connection has sent until a request has been made of it: where the parser gives up, it hands out the
 * piece at which it did so, and not those that came before.
 * @param limit bytes; more is no request line
 */
export function keepFirstBytes(server: Server, limit: number): FirstBytes {
  const kept = new WeakMap<Socket, Buffer>();
  const responses = new WeakMap<Socket, ServerResponse>();
  const requests = new WeakMap<Socket, IncomingMessage>();
  // The same function for all of them: some stay for days.
  function keep(this: Socket, piece: Buffer): void {
    const before = kept.get(this) ?? NONE;
    if (before.length < limit) kept.set(this, Buffer.concat([before, piece.subarray(0, limit - before.length)]));
  }
  server.on('connection', (socket: Socket) => void socket.prependListener('data', keep));
  // A WebSocket's: what follows is no request.
  server.prependListener('upgrade', ({ socket }) => {
    socket.off('data', keep);
    kept.delete(socket);
  });
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    kept.delete(socket);
    requests.set(socket, request);
    responses.set(socket, response);
  });
  return {
    of: (socket) => kept.get(socket) ?? NONE,
    isIncomplete: (socket) => requests.get(socket)?.complete === false,
    async answered(socket) {
      const response = responses.get(socket);
      if (response !== undefined && !response.closed) await once(response, 'close');
    },
  };
}
