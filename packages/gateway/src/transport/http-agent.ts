import { isIP } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { AddressPolicy } from './address-policy.ts';
import type { CertificateBook } from './certificates.ts';
import { deadlineOf } from './deadline.ts';
import { approve, explained, tlsOptionsFor } from './secure-connect.ts';

/** What came back for one request, or why nothing did. */
export type Exchange =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly bytes: Uint8Array;
    }
  /** `sent`: whether a byte of the request may have left. */
  | { readonly error: Error; readonly sent: boolean };

/** One request as it goes out. */
export interface OutgoingRequest {
  /** `http://192.0.2.20`. */
  readonly origin: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly close: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Connects to phones: one connection a phone, no redirects, no proxies, only to allowed addresses. */
export interface HttpAgent {
  exchange(request: OutgoingRequest): Promise<Exchange>;
  close(): Promise<void>;
}

/** A picture of a large display is about 800 kB as a bitmap. */
const MAX_REPLY_BYTES = 8 * 1024 * 1024;
/** Phones close idle connections when they like; a request must not meet that moment, so ours are closed first. */
const KEEP_ALIVE_MS = 1_000;
/** The longest where a phone says itself how long it keeps one (`Keep-Alive: timeout=`); two seconds of that are left to it. */
const SAID_KEEP_ALIVE_MS = 10_000;

/** What an agent is made of. */
export interface HttpAgentOptions {
  readonly policy: AddressPolicy;
  /** Which certificates devices must have, asked at each connection. Left out: nothing is connected to over TLS. */
  readonly certificates?: (() => CertificateBook | undefined) | undefined;
  /** Authorities for certificates, in PEM. Left out: those of the runtime. */
  readonly ca?: string | null | undefined;
  readonly connectTimeoutMs?: number | undefined;
}

/** @returns an agent for all phones of the gateway. */
export function createHttpAgent(options: HttpAgentOptions): HttpAgent {
  const agent = new Agent({
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: SAID_KEEP_ALIVE_MS,
    maxResponseSize: MAX_REPLY_BYTES,
    connect: guardedConnector(options),
  });
  return {
    exchange: (request) => exchange(agent, request),
    close: () => agent.destroy(),
  };
}

function guardedConnector(agent: HttpAgentOptions): buildConnector.connector {
  const { policy, connectTimeoutMs: timeout = 3_000 } = agent;
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const port = portOf(options);
    // An address is not looked up, so the guarded look-up would not see it.
    const refusal = isIP(host) === 0 ? null : policy.refusal(host, port);
    if (refusal !== null) return callback(refusal, null);
    const socketOptions = { timeout, lookup: policy.lookupFor(port), allowH2: false };
    if (options.protocol !== 'https:') return buildConnector(socketOptions)(options, callback);
    const { origin } = new URL(`https://${options.host}`);
    const certificates = agent.certificates?.();
    if (certificates === undefined) return callback(new Error('TLS is not configured'), null);
    const demands = tlsOptionsFor(certificates.demand(origin), agent.ca ?? null);
    // No session is resumed: a resumed one shows no certificate.
    const connect = buildConnector({ ...socketOptions, ...demands, maxCachedSessions: 0 });
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(explained(error), null);
      approve(socket, origin, certificates).then(
        () => callback(null, socket),
        (reason: Error) => {
          socket.destroy();
          callback(reason, null);
        },
      );
    });
  };
}

function portOf({ port, protocol }: buildConnector.Options): number {
  return Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port);
}

function exchange(agent: Agent, request: OutgoingRequest): Promise<Exchange> {
  const { signal: deadline, clear } = deadlineOf(request.timeoutMs, request.signal);
  return new Promise((resolve) => {
    // Null while the request waits for its connection: no byte of it has left.
    let started: Dispatcher.DispatchController | null = null;
    let status = 0;
    let headers: Readonly<Record<string, string>> = {};
    const chunks: Buffer[] = [];
    const settle = (result: Exchange): void => {
      clear();
      deadline.removeEventListener('abort', abort);
      resolve(result);
    };
    const abort = (): void => {
      if (started === null) settle({ error: reasonOf(deadline), sent: false });
      else started.abort(reasonOf(deadline));
    };
    if (deadline.aborted) return abort();
    deadline.addEventListener('abort', abort, { once: true });
    agent.dispatch(
      {
        origin: request.origin,
        path: request.target,
        method: request.method as 'GET',
        headers: { ...request.headers },
        body: request.body ?? null,
        reset: request.close,
      },
      {
        onRequestStart(controller) {
          if (deadline.aborted) controller.abort(reasonOf(deadline));
          else started = controller;
        },
        onResponseStart(_controller, statusCode, incoming) {
          status = statusCode;
          headers = flatten(incoming);
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          settle({ status, headers, bytes: Buffer.concat(chunks) });
        },
        onResponseError(_controller, error) {
          settle({ error, sent: started !== null });
        },
      },
    );
  });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value ?? ''].flat().join(', ')]),
  );
}
