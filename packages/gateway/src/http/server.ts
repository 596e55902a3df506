import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { DocumentShelf } from '../transport/documents.ts';
import type { ActionUrlRoute } from './action-url-route.ts';
import { decodeTarget, recoverTarget } from './raw-request-line.ts';

/** What the server hands requests to. */
export interface ServerRoutes {
  readonly actionUrl: ActionUrlRoute;
  readonly graphql: (request: IncomingMessage, response: ServerResponse) => void;
  readonly documents: DocumentShelf;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Resolves when the gateway can do its work; rejects with the reason. */
  readonly ready: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const PLAIN = 'text/plain; charset=utf-8';
// Action URLs of 511 characters grow when display names are filled in; a header this large is none of ours.
const MAX_HEADER_BYTES = 16 * 1024;

/** The gateway's one server: action URLs, documents for phones, GraphQL, health and metrics. */
export function createGatewayServer(routes: ServerRoutes): Server {
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: 30_000, headersTimeout: 10_000 },
    (request, response) => {
      answer(routes, request, response).catch((error: unknown) => {
        routes.onError(error);
        if (!response.headersSent) response.writeHead(500, { 'content-type': PLAIN });
        response.end();
      });
    },
  );
  server.on('clientError', (error: Error & { readonly rawPacket?: Buffer }, socket: Socket) => {
    answerRaw(routes, socket, error.rawPacket ?? Buffer.alloc(0)).catch(routes.onError);
  });
  return server;
}

async function answer(routes: ServerRoutes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = decodeTarget(request.url ?? '/');
  if (target.startsWith('/a/')) return answerPhone(routes, { request, response, target });
  const path = target.split('?', 1)[0];
  if (path === '/graphql') return routes.graphql(request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(response, 404, 'Not found');
  if (path?.startsWith('/d/')) return answerDocument(routes, response, path.slice('/d/'.length));
  if (path === '/health/live') return plain(response, 200, 'live');
  if (path === '/health/ready') return answerReady(routes, response);
  if (path === '/metrics') {
    const { contentType, text } = await routes.metrics();
    response.writeHead(200, { 'content-type': contentType }).end(text);
    return;
  }
  if (path === '/') {
    response.writeHead(302, { location: '/graphql' }).end();
    return;
  }
  plain(response, 404, 'Not found');
}

interface PhoneRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: string;
}

async function answerPhone(routes: ServerRoutes, { request, response, target }: PhoneRequest): Promise<void> {
  const status = request.method === 'GET' ? await routes.actionUrl(target) : 404;
  if (status === 404) return plain(response, 404, 'Not found');
  response.writeHead(status, { 'content-length': 0 }).end();
}

/** node:http refused the request; if it is a phone's report, it counts all the same. */
async function answerRaw(routes: ServerRoutes, socket: Socket, firstBytes: Buffer): Promise<void> {
  const target = recoverTarget(firstBytes);
  const status = target === null ? 400 : await routes.actionUrl(target);
  if (!socket.writable) return;
  socket.end(`HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Error'}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

function answerDocument({ documents }: ServerRoutes, response: ServerResponse, token: string): void {
  const document = documents.fetch(token);
  if (document === null) {
    plain(response, 404, 'Not found');
    return;
  }
  response.writeHead(200, { 'content-type': document.mediaType, 'cache-control': 'no-store' }).end(document.body);
}

async function answerReady({ ready }: ServerRoutes, response: ServerResponse): Promise<void> {
  try {
    await ready();
  } catch (error) {
    return plain(response, 503, error instanceof Error ? error.message : 'not ready');
  }
  plain(response, 200, 'ready');
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': PLAIN }).end(`${text}\n`);
}
