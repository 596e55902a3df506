import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ActionUrlRoute, ReportRequest } from './action-url-route.ts';
import type { ServerConnections } from './connections.ts';
import { targetOf } from './raw-request-line.ts';
import { rawResponse } from './raw-response.ts';

/** What reports are read for. */
export interface ReportReaderOptions {
  /** Bytes; a request that is larger is node:http's to refuse. */
  readonly limit: number;
  readonly answer: ActionUrlRoute;
  /** Whether each answer is the last one of its connection. */
  readonly isStopping: () => boolean;
  /** Told of each request that is read here, and of connections that go on at node:http. */
  readonly connections: () => Pick<ServerConnections, 'began' | 'answered' | 'handedOver'>;
  readonly onError: (error: unknown) => void;
}

/** Whoever tries tokens has to open a connection for each. */
const TOO_MANY = 429;

/**
 * Reads the reports that phones fetch straight from their connections. Nearly all are one request that comes as a whole, on a connection that was
 * made for it: node:http takes twice as long for it, and refuses what phones send unencoded. Anything else (a part of a request, a body, another
 * path) is handed, with what has been read, to those that listened for connections before, node:http among them, and stays with them.
 */
export function readReports(server: Server, options: ReportReaderOptions): void {
  const { answer, isStopping, connections, onError } = options;
  const others = server.listeners('connection');
  server.removeAllListeners('connection');

  // The same functions for all connections: there is one for each event.
  function end(this: Socket): void {
    this.destroy();
  }
  function ignore(): void {}
  function read(this: Socket, piece: Buffer): void {
    const report = piece.length > options.limit ? null : wholeReport(piece);
    if (report === null) handOver(this, piece);
    else void take(this, report);
  }

  const handOver = (socket: Socket, piece: Buffer): void => {
    socket.off('data', read).off('end', end).off('error', ignore);
    connections().handedOver(socket);
    socket.setNoDelay(true);
    for (const listener of others) listener.call(server, socket);
    socket.emit('data', piece);
  };
  const take = async (socket: Socket, { target, isLast }: WholeReport): Promise<void> => {
    connections().began(socket);
    // What comes behind it waits for the answer; the phone's end of the connection may be over before.
    socket.pause().off('end', end);
    const status = await answer(new FetchedReport(target, socket)).catch((error: unknown) => {
      onError(error);
      return 500;
    });
    if (!socket.destroyed) respond(socket, status, isLast || status === TOO_MANY || mayGo(socket));
    connections().answered(socket);
  };
  /** Nothing more comes, or is to come; or the phone does not read its answers. */
  const mayGo = (socket: Socket): boolean =>
    socket.readableEnded || socket.writableLength > 0 || (isStopping() && socket.readableLength === 0);
  const respond = (socket: Socket, status: number, isLast: boolean): void => {
    const response = rawResponse(status, { isLast });
    if (isLast) {
      // Behind the write's own end, which takes a socket that is destroyed in it for one that failed.
      socket.write(response, 'latin1', () => queueMicrotask(() => socket.destroy()));
      return;
    }
    socket.write(response, 'latin1');
    socket.on('end', end).resume();
  };

  server.on('connection', (socket: Socket) => {
    socket.on('data', read).on('end', end).on('error', ignore);
  });
}

/**
 * A class, since there is one an event. V8 makes a shape of its own for each object whose literal has a getter, and the shapes keep what the
 * getters see, here sockets, until the old generation is collected.
 */
class FetchedReport implements ReportRequest {
  readonly target: string;
  readonly body = undefined;
  readonly #socket: Socket;

  constructor(target: string, socket: Socket) {
    this.target = target;
    this.#socket = socket;
  }

  get from(): string | undefined {
    return this.#socket.remoteAddress;
  }
}

interface WholeReport {
  readonly target: string;
  /** Whether nothing more is read from the connection. */
  readonly isLast: boolean;
}

const START = 'GET /a/';
const HEADERS_END = '\r\n\r\n';
/** What says that there is a body, or that more is asked than an answer. */
const NOT_PLAIN = /\r\n(?:content-length|transfer-encoding|expect|upgrade)[ \t]*:/i;
const WELL_FORMED_TARGET = /^[!-~]+$/;
const WELL_FORMED_HEADERS = /^(?:\r\n[!#-'*+.^_`|~\w-]+:[\t -~\x80-\xff]*)*\r\n\r\n$/;
const CLOSE = /\r\nconnection:[^\r]*\bclose\b/i;
const KEEP = /\r\nconnection:[^\r]*\bkeep-alive\b/i;

/** @returns null where a piece is not exactly one request for `/a/` without a body */
function wholeReport(piece: Buffer): WholeReport | null {
  const text = piece.toString('latin1');
  if (!text.startsWith(START) || text.indexOf(HEADERS_END) !== text.length - HEADERS_END.length) return null;
  const lineEnd = text.indexOf('\r\n');
  const target = targetOf(piece.subarray(0, lineEnd));
  const headers = text.slice(lineEnd);
  if (target === null || NOT_PLAIN.test(headers)) return null;
  // Whoever stands between may read it otherwise, and take what follows for another's: nothing follows.
  const isWellFormed = WELL_FORMED_TARGET.test(target) && WELL_FORMED_HEADERS.test(headers);
  const isOld = text.charAt(lineEnd - 1) === '0';
  return { target, isLast: !isWellFormed || CLOSE.test(headers) || (isOld && !KEEP.test(headers)) };
}
