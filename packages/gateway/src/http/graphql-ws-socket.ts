import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { FrameWriter } from './frame-writer.ts';
import type { Protocol, SocketExtra } from './graphql-ws-protocol.ts';

/** What a socket is connected to. */
export interface Connection {
  readonly request: IncomingMessage;
  /** What it was upgraded from. */
  readonly stream: Duplex;
  readonly protocol: Protocol;
  readonly keepAliveMs: number;
  /** Hears of what went wrong beside any operation; the socket is closed with 4500 then. */
  readonly onError: (error: unknown) => void;
}

/**
 * Connects an open WebSocket to the protocol: messages in and out, in the peer's own pace, and a ping that ends a
 * socket whose peer is gone.
 */
export function connect(socket: WebSocket, { request, stream, protocol, keepAliveMs, onError }: Connection): void {
  const writer = new FrameWriter(socket, stream);
  const extra: SocketExtra = {
    request,
    close: (code, reason) => socket.close(code, reason),
    outlet: (id) => writer.outlet(id),
  };
  // ws reports here a frame that is too long or malformed; it closes the socket with the fitting code by itself.
  socket.on('error', () => {});
  const stopPinging = keepAlive(socket, keepAliveMs);
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
    extra,
  );
  socket.once('close', (code, reason) => {
    stopPinging();
    void closed(code, reason.toString());
  });
}

/** Resolves once the bytes are with the operating system, so that a peer that stops reading stops its sources. */
function send(socket: WebSocket, text: string): Promise<void> {
  const sent = Promise.withResolvers<void>();
  if (socket.readyState !== socket.OPEN) sent.resolve();
  // A socket that broke meanwhile says so by its 'close'.
  else socket.send(text, () => sent.resolve());
  return sent.promise;
}

/** So many pings in a row may stay unanswered: for five minutes, since a peer that reads nothing fills its buffers before it shows. */
const MOST_UNANSWERED = 25;

/**
 * Ends a socket whose peer is gone. One that has stopped reading is not: what it is to be told stands before the ping, and as long as bytes
 * wait to leave, it is the system that finds out whether the peer is still there. It costs no more than its bounded queue.
 */
function keepAlive(socket: WebSocket, intervalMs: number): () => void {
  let unanswered = 0;
  socket.on('pong', () => {
    unanswered = 0;
  });
  const timer = setInterval(() => {
    if (socket.bufferedAmount > 0) return;
    if (unanswered === MOST_UNANSWERED) return socket.terminate();
    unanswered += 1;
    socket.ping();
  }, intervalMs);
  return () => clearInterval(timer);
}
