import {
  failed,
  type HttpReply,
  type HttpRequest,
  type HttpTransport,
  phoneUnauthorized,
  phoneUnreachable,
  TransportError,
  unknown,
} from '@hookswitch/core';
import { basicAuthorization, type Credentials, chooseChallenge, DigestSession, parseChallenges } from './digest.ts';
import type { Exchange, HttpAgent } from './http-agent.ts';
import { TargetRefused } from './target-refused.ts';

/** The phone that a transport is for. */
export interface HttpTarget {
  /** `http://192.0.2.20`; null: it has no address. */
  readonly origin: string | null;
  /** Credentials by the name of their set: `web`, and those that the driver names. Asked for where a request needs them. */
  readonly credentials: () => ReadonlyMap<string, Credentials>;
}

/** Digest sessions of one phone, by the name of the credentials: nonces live longer than a command. */
export type DigestSessions = Map<string, DigestSession>;

/** Called with each reply or fault, for reachability, metrics and logs. */
export type ExchangeObserver = (seen: {
  readonly request: HttpRequest;
  readonly status: number | null;
  readonly error: Error | null;
  readonly durationMs: number;
}) => void;

/** What a transport needs beside its target. */
export interface HttpTransportOptions {
  readonly agent: HttpAgent;
  readonly sessions: DigestSessions;
  readonly signal: AbortSignal;
  /** The longest wait for one reply where the request says nothing else. */
  readonly timeoutMs: number;
  readonly observe: ExchangeObserver;
  /** A challenge for which there are no credentials is a reply like any other: for asking a device what it is. */
  readonly acceptChallenges?: boolean | undefined;
}

/**
 * The transport of one command on one phone: answers challenges, and says of each request that got no reply whether
 * the phone may have acted.
 */
export function createHttpTransport(target: HttpTarget, options: HttpTransportOptions): HttpTransport {
  return {
    async send(request) {
      const { origin } = target;
      if (origin === null) {
        throw new TransportError(failed(phoneUnreachable('The phone has no address. Give it one with updatePhone.')));
      }
      const credentials = request.credentials ?? 'web';
      if (request.credentialsInTarget === true && loginOf(request) === undefined) throw unauthorized(MISSING);
      const greeting = greet(request);
      const first = await attempt(request, origin, greeting);
      if (first.status !== 401) return { ...first, authentication: greeting === null ? 'none' : 'digest' };
      options.sessions.delete(credentials);
      const header = first.headers['www-authenticate'] ?? '';
      const login = loginOf(request);
      if (login === undefined && options.acceptChallenges === true) return { ...first, challenge: header };
      const challenge = chooseChallenge(parseChallenges(header));
      if (challenge === null) throw unauthorized(UNKNOWN_SCHEME);
      if (login === undefined) throw unauthorized(MISSING);
      // They stood in the target and were refused: once more in a header would be a second wrong login.
      if (request.credentialsInTarget === true) throw unauthorized(REFUSED);
      const session = challenge.scheme === 'digest' ? new DigestSession(challenge) : null;
      const authorize = session === null ? basicAuthorization(login) : authorizeWith(session, request, login);
      const second = await attempt(request, origin, authorize);
      if (second.status === 401) throw unauthorized(REFUSED);
      // Kept only once it was good: a session with a wrong password would cost a login more each time.
      if (session !== null) options.sessions.set(credentials, session);
      return { ...second, authentication: session === null ? 'basic' : 'digest', challenge: header };
    },
  };

  async function attempt(request: HttpRequest, origin: string, authorize: string | null): Promise<HttpReply> {
    const started = performance.now();
    const result = await options.agent.exchange({
      origin,
      method: request.method,
      target: fillIn(request),
      headers: { ...request.headers, ...(authorize === null ? {} : { authorization: authorize }) },
      body: request.body,
      close: request.connection === 'close',
      timeoutMs: request.timeoutMs ?? options.timeoutMs,
      signal: options.signal,
    });
    const durationMs = performance.now() - started;
    if ('error' in result) {
      options.observe({ request, status: null, error: result.error, durationMs });
      throw faultOf(request, result);
    }
    options.observe({ request, status: result.status, error: null, durationMs });
    return { ...result, text: new TextDecoder().decode(result.bytes) };
  }

  function fillIn(request: HttpRequest): string {
    if (request.credentialsInTarget !== true) return request.target;
    const login = loginOf(request);
    return request.target
      .replaceAll('{username}', encodeURIComponent(login?.username ?? ''))
      .replaceAll('{password}', encodeURIComponent(login?.password ?? ''));
  }

  /** Digest gives nothing away and saves a round trip; Basic goes out only where the phone asked for it just now. */
  function greet(request: HttpRequest): string | null {
    const session = options.sessions.get(request.credentials ?? 'web');
    if (session === undefined) return null;
    const login = loginOf(request);
    return login === undefined ? null : authorizeWith(session, request, login);
  }

  function loginOf({ credentials = 'web' }: HttpRequest): Credentials | undefined {
    return target.credentials().get(credentials);
  }

  function authorizeWith(session: DigestSession, request: HttpRequest, login: Credentials): string {
    return session.authorize({ method: request.method, target: fillIn(request) }, login);
  }
}

const MISSING = 'The phone asks for a user name and a password. Give them with updatePhone.';
const REFUSED =
  'The phone refused the user name or the password. Give the right ones (updatePhone, once it is registered); until then the gateway does not try again, since phones lock themselves.';
const UNKNOWN_SCHEME =
  'The phone asks for a way of logging in that the gateway does not know: set it to Basic or Digest.';

function unauthorized(message: string): TransportError {
  return new TransportError(failed(phoneUnauthorized(message)));
}

function faultOf(request: HttpRequest, { error, sent }: Extract<Exchange, { readonly error: Error }>): TransportError {
  const cause = { cause: error };
  if (error instanceof TargetRefused) return new TransportError(failed(error.failure), cause);
  const why = describe(error);
  if (!sent)
    return new TransportError(failed(phoneUnreachable(`No connection to the phone: ${why}. Nothing was sent.`)), cause);
  if (request.readOnly === true)
    return new TransportError(failed(phoneUnreachable(`The phone did not answer: ${why}.`)), cause);
  return new TransportError(
    unknown(`The request was sent, but no usable reply came: ${why}. The phone may have acted.`),
    cause,
  );
}

function describe(error: Error): string {
  if (error.name === 'TimeoutError') return 'it took too long';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return code === null || error.message.includes(code) ? error.message : `${error.message} (${code})`;
}
