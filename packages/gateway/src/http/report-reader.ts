import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ActionUrlRoute } from './action-url-route.ts';
import { createDeadlines } from './deadlines.ts';
import { targetOf } from './raw-request-line.ts';
import { rawResponse } from './raw-response.ts';

/** What reports are read for. */
export interface ReportReaderOptions {
  readonly answer: ActionUrlRoute;
  /** Whether each answer is the last one of its connection. */
  readonly isStopping: () => boolean;
  /** Told of each request that was read here, and when it has been answered. */
  readonly onRead: (socket: Socket) => void;
  readonly onAnswered: (socket: Socket) => void;
  readonly onError: (error: unknown) => void;
}

/** So long a connection may say nothing, at its beginning and between requests. */
const SILENT_MS = 10_000;
/** Whoever tries tokens has to open a connection for each. */
const TOO_MANY = 429;

/**
 * Reads the reports that phones fetch straight from their connections. Nearly all are one request that comes as a whole, on a connection that was
 * made for it: node:http takes twice as long for it, and refuses what phones send unencoded. Anything else (a part of a request, a body, another
 * path) is handed, with what has been read, to those that listened for connections before, node:http among them, and stays with them.
 */
export function readReports(server: Server, options: ReportReaderOptions): void {
  const { answer, isStopping, onRead, onAnswered, onError } = options;
  const others = server.listeners('connection');
  server.removeAllListeners('connection');
  const silent = createDeadlines<Socket>(SILENT_MS, (socket) => socket.destroy());

  // The same functions for all connections: there is one for each event.
  function forget(this: Socket): void {
    silent.remove(this);
  }
  function end(this: Socket): void {
    this.destroy();
  }
  function ignore(): void {}
  function read(this: Socket, piece: Buffer): void {
    silent.remove(this);
    const report = wholeReport(piece);
    if (report === null) handOver(this, piece);
    else void take(this, report);
  }

  const handOver = (socket: Socket, piece: Buffer): void => {
    socket.off('data', read).off('end', end).off('error', ignore).off('close', forget);
    socket.setNoDelay(true);
    for (const listener of others) listener.call(server, socket);
    socket.emit('data', piece);
  };
  const take = async (socket: Socket, { target, isLast }: WholeReport): Promise<void> => {
    onRead(socket);
    // What comes behind it waits for the answer; the phone's end of the connection may be over before.
    socket.pause().off('end', end);
    const request = {
      target,
      body: undefined,
      get from() {
        return socket.remoteAddress;
      },
    };
    const status = await answer(request).catch((error: unknown) => {
      onError(error);
      return 500;
    });
    if (!socket.destroyed)
      respond(socket, status, isLast || socket.readableEnded || status === TOO_MANY || isStopping());
    onAnswered(socket);
  };
  const respond = (socket: Socket, status: number, isLast: boolean): void => {
    const response = rawResponse(status, { isLast });
    if (isLast) {
      // Behind the write's own end, which takes a socket that is destroyed in it for one that failed.
      socket.write(response, 'latin1', () => queueMicrotask(() => socket.destroy()));
      return;
    }
    socket.write(response, 'latin1');
    silent.add(socket);
    socket.on('end', end).resume();
  };

  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.on('data', read).on('end', end).on('error', ignore).on('close', forget);
  });
}

interface WholeReport {
  readonly target: string;
  /** Whether the phone says that it asks nothing more on this connection. */
  readonly isLast: boolean;
}

const START = 'GET /a/';
const HEADERS_END = '\r\n\r\n';
/** What says that there is a body, or that more is asked than an answer. */
const NOT_PLAIN = /\r\n(?:content-length|transfer-encoding|expect|upgrade)[ \t]*:/i;
const CONNECTION = /\r\nconnection[ \t]*:[ \t]*([^\r\n]*)/i;

/** @returns null where a piece is not exactly one request for `/a/` without a body */
function wholeReport(piece: Buffer): WholeReport | null {
  const text = piece.toString('latin1');
  if (!text.startsWith(START) || text.indexOf(HEADERS_END) !== text.length - HEADERS_END.length) return null;
  const lineEnd = text.indexOf('\r\n');
  const target = targetOf(piece.subarray(0, lineEnd));
  const headers = text.slice(lineEnd);
  if (target === null || NOT_PLAIN.test(headers)) return null;
  const connection = CONNECTION.exec(headers)?.[1]?.toLowerCase() ?? '';
  const isOld = text.charAt(lineEnd - 1) === '0';
  return { target, isLast: isOld ? !connection.includes('keep-alive') : connection.includes('close') };
}
