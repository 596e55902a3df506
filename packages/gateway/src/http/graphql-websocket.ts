import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Application } from '../application.ts';
import { type ApiLimits, DEFAULT_LIMITS } from '../config/api.ts';
import type { OnInternalError } from '../graphql/errors.ts';
import { createExecutor } from '../graphql/executor.ts';
import { createPersistedDocuments, type PersistedDocuments } from '../graphql/persisted.ts';
import { createSchema } from '../graphql/schema.ts';
import type { Authenticator } from '../security/authenticator.ts';
import type { OnSecurityEvent } from '../security/security-events.ts';
import type { HostCheck } from './allowed-host.ts';
import { GRAPHQL_TRANSPORT_WS } from './graphql-ws-messages.ts';
import { createProtocol, type Greeting } from './graphql-ws-protocol.ts';
import { PeerSocket } from './graphql-ws-socket.ts';
import { createKeepAlive } from './keep-alive.ts';
import { isOriginAllowed } from './origin.ts';

/** What the WebSocket side of the API is made of. */
export interface GraphqlWebSocketOptions {
  readonly application: Application;
  readonly authenticator: Authenticator;
  readonly onSecurityEvent?: OnSecurityEvent | undefined;
  /** Left out: {@link DEFAULT_LIMITS}. A message that is too long closes its socket with 1009. */
  readonly limits?: ApiLimits | undefined;
  /** Left out: only those that clients bring. */
  readonly persisted?: PersistedDocuments | undefined;
  /** Hears of every error that the caller was shown as INTERNAL. */
  readonly onInternalError: OnInternalError;
  /** `/graphql` */
  readonly path?: string | undefined;
  /** Origins of other hosts whose pages may connect, e.g. `https://console.example`. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Left out: any host will do. */
  readonly isHostAllowed?: HostCheck | undefined;
  /** How often a peer is asked whether it is still there; one that does not answer 25 times in a row is cut. 12 seconds. */
  readonly keepAliveMs?: number | undefined;
  /** How long a client may take to say who it is. 5 seconds. */
  readonly connectionInitTimeoutMs?: number | undefined;
}

/** The WebSockets of the API. */
export interface GraphqlWebSocket {
  /**
   * Refuses new sockets, waits for the queries and mutations that are running, then closes every socket with 1012
   * (Service Restart).
   * @param graceMs how long operations, and then closing sockets, are waited for. 5 seconds each.
   */
  drain(graceMs?: number): Promise<void>;
  /** Ends every socket at once and stops listening. */
  close(): Promise<void>;
}

const SERVICE_RESTART = 1012;

/**
 * Serves GraphQL over WebSocket (graphql-transport-ws) on that server. All upgrades of the server come here: one to
 * another path is answered 404, one to a host that is not allowed 421, one from a foreign page 403, one while draining 503.
 */
export function attachGraphqlWebSocket(server: Server, options: GraphqlWebSocketOptions): GraphqlWebSocket {
  const { path = '/graphql', allowedOrigins = [], keepAliveMs = 12_000, limits = DEFAULT_LIMITS } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    // Frames that are shared by many are written between those of ws, which then has none that waits to be compressed.
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS) ? GRAPHQL_TRANSPORT_WS : false),
    WebSocket: PeerSocket,
    // It would cost a listener for each: the keep-alive knows them.
    clientTracking: false,
  });
  const protocol = createProtocol({
    application: options.application,
    authenticator: options.authenticator,
    onSecurityEvent: options.onSecurityEvent,
    persisted: options.persisted ?? createPersistedDocuments(),
    maxOperations: limits.operationsPerSocket,
    executor: createExecutor(createSchema(), { limits, onInternalError: options.onInternalError }),
    onInternalError: options.onInternalError,
    connectionInitTimeoutMs: options.connectionInitTimeoutMs ?? 5000,
  });
  const keepAlive = createKeepAlive<PeerSocket>(keepAliveMs);
  let isDraining = false;
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (options.isHostAllowed?.(request) === false) return refuse(socket, '421 Misdirected Request');
    const status = refusal(request, { path, allowedOrigins, isDraining });
    if (status !== null) return refuse(socket, status);
    // A socket may stay for days: nothing of its request is kept but what is needed.
    const upgrade = upgradeOf(request);
    sockets.handleUpgrade(request, socket, head, (opened) =>
      opened.connect({ stream: socket, upgrade, protocol, keepAlive }),
    );
  };
  server.on('upgrade', onUpgrade);
  return {
    async drain(graceMs = 5000) {
      isDraining = true;
      await Promise.race([protocol.idle(), elapsed(graceMs)]);
      await Promise.all([...keepAlive.sockets()].map((socket) => closeOrTerminate(socket, graceMs)));
    },
    async close() {
      isDraining = true;
      server.off('upgrade', onUpgrade);
      await Promise.all([...keepAlive.sockets()].map((socket) => closed(socket, () => socket.terminate())));
    },
  };
}

function upgradeOf({ headers, socket }: IncomingMessage): Greeting['upgrade'] {
  return { authorization: headers.authorization, address: socket.remoteAddress };
}

function refusal(
  request: IncomingMessage,
  rules: { readonly path: string; readonly allowedOrigins: readonly string[]; readonly isDraining: boolean },
): string | null {
  if (request.url?.split('?', 1)[0] !== rules.path) return '404 Not Found';
  if (rules.isDraining) return '503 Service Unavailable';
  return isOriginAllowed(request, rules.allowedOrigins) ? null : '403 Forbidden';
}

function refuse(socket: Duplex, status: string): void {
  // The peer may be gone already; nobody is left to be told.
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function closeOrTerminate(socket: WebSocket, graceMs: number): Promise<void> {
  await Promise.race([closed(socket, () => socket.close(SERVICE_RESTART, 'Service Restart')), elapsed(graceMs)]);
  socket.terminate();
}

/** Resolves when the socket is closed, now that this has been done. */
async function closed(socket: WebSocket, close: () => void): Promise<void> {
  if (socket.readyState === socket.CLOSED) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('close', () => resolve());
  close();
  await promise;
}

function elapsed(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, ms).unref();
  return promise;
}
