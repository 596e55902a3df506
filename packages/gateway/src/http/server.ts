import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ServedDocuments } from '../cluster/shared-documents.ts';
import type { Readiness } from '../observability/readiness.ts';
import type { ActionUrlRoute } from './action-url-route.ts';
import { type HostCheck, refuseHost } from './allowed-host.ts';
import { type ServerConnections, watchConnections } from './connections.ts';
import type { ConsoleRoute } from './console.ts';
import { keepFirstBytes } from './first-bytes.ts';
import { readPosted } from './posted-report.ts';
import { recoverTarget } from './raw-request-line.ts';
import { rawResponse } from './raw-response.ts';
import { readReports } from './report-reader.ts';

/** What the server hands requests to. */
export interface ServerRoutes {
  readonly actionUrl: ActionUrlRoute;
  readonly graphql: (request: IncomingMessage, response: ServerResponse) => void;
  readonly documents: ServedDocuments;
  /** Asked before everything but phones' own requests and health. */
  readonly isHostAllowed: HostCheck;
  /** Null: there is no console, and `/` leads to GraphiQL. */
  readonly console: ConsoleRoute | null;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Whether the gateway can do its work. */
  readonly ready: () => Promise<Readiness>;
  /** Whether clients are told with each answer to make a new connection for what they ask next. */
  readonly isStopping: () => boolean;
  readonly onError: (error: unknown) => void;
}

const PLAIN = 'text/plain; charset=utf-8';
// Action URLs of 511 characters grow when display names are filled in; a header this large is none of ours.
const MAX_HEADER_BYTES = 16 * 1024;
/** What the parser says where a connection ends in the middle of a request. */
const CUT_SHORT = 'HPE_INVALID_EOF_STATE';
/** How long a phone may take to close a connection that was answered. */
const LINGER_MS = 2_000;

/** A server that does not listen yet, and its connections. */
export interface GatewayServer {
  readonly server: Server;
  readonly connections: ServerConnections;
}

/** The gateway's one server: action URLs, documents for phones, GraphQL, health and metrics. */
export function createGatewayServer(routes: ServerRoutes): GatewayServer {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: 30_000,
      headersTimeout: 10_000,
      // A phone's report counts, whatever it has left out.
      requireHostHeader: false,
      // Set where a connection is handed to node:http: for one answer it costs more than it gives.
      noDelay: false,
    },
    (request, response) => {
      // Else the connection would be closed while the next request is on its way.
      if (routes.isStopping()) response.setHeader('connection', 'close');
      answer(routes, request, response).catch((error: unknown) => {
        routes.onError(error);
        if (!response.headersSent) response.writeHead(500, { 'content-type': PLAIN });
        response.end();
      });
    },
  );
  recoverReports(server, routes);
  readReports(server, {
    limit: MAX_HEADER_BYTES,
    answer: (request) => routes.actionUrl(request),
    isStopping: routes.isStopping,
    connections: () => connections,
    onError: routes.onError,
  });
  // Behind that one, which takes what listened for connections before.
  const connections = watchConnections(server);
  return { server, connections };
}

/** What node:http refuses of a phone may be a report all the same: see {@link recoverTarget}. */
function recoverReports(server: Server, routes: ServerRoutes): void {
  const firstBytes = keepFirstBytes(server, MAX_HEADER_BYTES);
  // Called again for each further piece, and when the connection ends or takes too long.
  const answered = new WeakSet<Socket>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // It ended, or took too long, in the middle of a body: whoever reads that waits for what will not come.
    if (firstBytes.isIncomplete(socket)) {
      socket.destroy();
      return;
    }
    const bytes = firstBytes.of(socket);
    const target = recoverTarget(bytes);
    const isOpen = error.code?.startsWith('HPE_') === true && error.code !== CUT_SHORT;
    const mayGoOn = isOpen && target === 'incomplete' && bytes.length > 0 && bytes.length < MAX_HEADER_BYTES;
    if (mayGoOn || answered.has(socket)) return;
    answered.add(socket);
    firstBytes
      .answered(socket)
      .then(() => answerRaw(routes, socket, target === 'incomplete' ? null : target))
      .catch(routes.onError);
  });
}

async function answer(routes: ServerRoutes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Plain ASCII: whatever else stands in a request line, node:http refuses.
  const target = request.url ?? '/';
  if (target.startsWith('/a/')) return answerPhone(routes, { request, response, target });
  const path = target.split('?', 1)[0];
  const isForAnybody = path?.startsWith('/d/') || path?.startsWith('/health/');
  if (!isForAnybody && !routes.isHostAllowed(request)) return refuseHost(request, response);
  if (path === '/graphql') return routes.graphql(request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(response, 404, 'Not found');
  if (path?.startsWith('/d/')) return answerDocument(routes, { request, response, target: path.slice('/d/'.length) });
  if (path === '/health/live') return plain(response, 200, 'live');
  if (path === '/health/ready') return answerReady(routes, response);
  if (path === '/metrics') {
    const { contentType, text } = await routes.metrics();
    response.writeHead(200, { 'content-type': contentType }).end(text);
    return;
  }
  const notFound = () => plain(response, 404, 'Not found');
  if (routes.console !== null) return routes.console(request, response, notFound);
  if (path !== '/') return notFound();
  response.writeHead(302, { location: '/graphql' }).end();
}

interface PhoneRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: string;
}

async function answerPhone(routes: ServerRoutes, { request, response, target }: PhoneRequest): Promise<void> {
  const status = await statusOfReport(routes, request, target);
  if (status === 404) return plain(response, 404, 'Not found');
  // Whoever tries tokens has to open a connection for each, and what was not read is not waited for.
  if (status === 429 || status === 413) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-length': 0 }).end();
}

/** Some vendors' phones fetch their action URLs, others post a document to them. */
async function statusOfReport(routes: ServerRoutes, request: IncomingMessage, target: string): Promise<number> {
  const from = request.socket.remoteAddress;
  if (request.method === 'GET') return routes.actionUrl({ target, from, body: undefined });
  if (request.method !== 'POST') return 404;
  const body = await readPosted(request);
  return body === null ? 413 : routes.actionUrl({ target, from, body });
}

/** node:http refused the request; if it is a phone's report, it counts all the same. */
async function answerRaw(routes: ServerRoutes, socket: Socket, target: string | null): Promise<void> {
  const status =
    target === null ? 400 : await routes.actionUrl({ target, from: socket.remoteAddress, body: undefined });
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.setTimeout(LINGER_MS, () => socket.destroy());
  socket.end(rawResponse(status, { isLast: true }));
}

async function answerDocument(
  { documents }: ServerRoutes,
  { request, response, target: token }: PhoneRequest,
): Promise<void> {
  const from = request.socket.remoteAddress ?? '';
  const document = request.method === 'GET' ? await documents.answer(token, from) : await documents.look(token, from);
  if (document === null) {
    plain(response, 404, 'Not found');
    return;
  }
  const body = Buffer.from(document.body);
  // With its length: not every phone's browser reads chunks.
  response
    .writeHead(200, {
      'content-type': document.mediaType,
      'content-length': body.length,
      'cache-control': 'no-store',
    })
    .end(body);
}

async function answerReady({ ready }: ServerRoutes, response: ServerResponse): Promise<void> {
  const { isReady, lines } = await ready();
  plain(response, isReady ? 200 : 503, [isReady ? 'ready' : 'not ready', ...lines].join('\n'));
}

function plain(response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, { 'content-type': PLAIN, 'content-length': body.length }).end(body);
}
