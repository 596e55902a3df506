import type { Duplex } from 'node:stream';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Outlet } from '../graphql/followed-subscription.ts';
import { FrameWriter } from './frame-writer.ts';
import type { Protocol, SocketExtra } from './graphql-ws-protocol.ts';
import type { KeepAlive } from './keep-alive.ts';

/** What a socket is connected to. */
export interface Connection {
  /** What it was upgraded from. */
  readonly stream: Duplex;
  /** What its request told of who comes. */
  readonly upgrade: SocketExtra['upgrade'];
  readonly protocol: Protocol;
  readonly keepAlive: KeepAlive;
  /** Hears of what went wrong beside any operation; the socket is closed with 4500 then. */
  readonly onError: (error: unknown) => void;
}

/**
 * Connects an open WebSocket to the protocol: messages in and out, in the peer's own pace, and a ping that ends a
 * socket whose peer is gone.
 */
export function connect(socket: WebSocket, { stream, upgrade, protocol, keepAlive, onError }: Connection): void {
  // ws reports here a frame that is too long or malformed; it closes the socket with the fitting code by itself.
  socket.on('error', ignore);
  keepAlive.add(socket);
  const closed = protocol.server.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (receive) =>
        socket.on('message', (data) => {
          receive(String(data)).catch((error: unknown) => {
            onError(error);
            socket.close(CloseCode.InternalServerError, 'Internal error');
          });
        }),
    },
    new Extra(socket, stream, upgrade),
  );
  socket.once('close', (code, reason) => {
    keepAlive.remove(socket);
    void closed(code, reason.toString());
  });
}

const ignore = (): void => {};

/** A class, since there is one a socket. */
class Extra implements SocketExtra {
  upgrade: SocketExtra['upgrade'];
  session: SocketExtra['session'] = null;
  stopWaiting: SocketExtra['stopWaiting'] = null;
  readonly #socket: WebSocket;
  readonly #writer: FrameWriter;

  constructor(socket: WebSocket, stream: Duplex, upgrade: SocketExtra['upgrade']) {
    this.#socket = socket;
    this.#writer = new FrameWriter(socket, stream);
    this.upgrade = upgrade;
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  outlet(id: string): Outlet {
    return this.#writer.outlet(id);
  }
}

/** Resolves once the bytes are with the operating system, so that a peer that stops reading stops its sources. */
function send(socket: WebSocket, text: string): Promise<void> {
  const sent = Promise.withResolvers<void>();
  if (socket.readyState !== socket.OPEN) sent.resolve();
  // A socket that broke meanwhile says so by its 'close'.
  else socket.send(text, () => sent.resolve());
  return sent.promise;
}
