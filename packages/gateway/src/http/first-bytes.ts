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

/** What is known of a connection. */
interface Connection {
  kept: Buffer;
  request: IncomingMessage | null;
  response: ServerResponse | null;
}

/**
 * Keeps what each connection has sent until a request has been made of it: where the parser gives up, it hands out the
 * piece at which it did so, and not those that came before.
 * @param limit bytes; more is no request line
 */
export function keepFirstBytes(server: Server, limit: number): FirstBytes {
  // Not a WeakMap: with a connection an event, its entries are what a collection of garbage would stop the gateway for.
  const connections = new Map<Socket, Connection>();
  // The same functions for all of them: some stay for days.
  function keep(this: Socket, piece: Buffer): void {
    const connection = connections.get(this);
    if (connection === undefined || connection.kept.length >= limit) return;
    connection.kept = Buffer.concat([connection.kept, piece.subarray(0, limit - connection.kept.length)]);
  }
  function forget(this: Socket): void {
    connections.delete(this);
  }
  server.on('connection', (socket: Socket) => {
    connections.set(socket, { kept: NONE, request: null, response: null });
    socket.prependListener('data', keep);
    socket.once('close', forget);
  });
  // A WebSocket's: what follows is no request.
  server.prependListener('upgrade', (request: IncomingMessage) => {
    const { socket } = request;
    socket.off('data', keep);
    socket.off('close', forget);
    connections.delete(socket);
  });
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(request.socket);
    if (connection !== undefined) Object.assign(connection, { kept: NONE, request, response });
  });
  return {
    of: (socket) => connections.get(socket)?.kept ?? NONE,
    isIncomplete: (socket) => connections.get(socket)?.request?.complete === false,
    async answered(socket) {
      const response = connections.get(socket)?.response;
      if (response && !response.closed) await once(response, 'close');
    },
  };
}
