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
import {
  basicAuthorization,
  type Challenge,
  type Credentials,
  chooseChallenge,
  DigestSession,
  parseChallenges,
} from './digest.ts';
import type { Exchange, HttpAgent } from './http-agent.ts';

/** The phone that a transport is for. */
export interface HttpTarget {
  /** `http://192.0.2.20`; null: it has no address. */
  readonly origin: string | null;
  /** Credentials by the name of their set: `web`, and those that the driver names. */
  readonly credentials: ReadonlyMap<string, Credentials>;
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
      const login = target.credentials.get(request.credentials ?? 'web');
      const first = await attempt(request, origin, authorization(request, login, options.sessions));
      if (first.status !== 401) return first;
      const challenge = chooseChallenge(parseChallenges(first.headers['www-authenticate'] ?? ''));
      if (login === undefined || challenge === null) throw unauthorized(login, challenge);
      const second = await attempt(request, origin, answer(request, challenge, login));
      if (second.status === 401) throw unauthorized(login, challenge);
      return second;
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
    const login = target.credentials.get(request.credentials ?? 'web');
    return request.target
      .replaceAll('{username}', encodeURIComponent(login?.username ?? ''))
      .replaceAll('{password}', encodeURIComponent(login?.password ?? ''));
  }

  function answer(request: HttpRequest, challenge: Challenge, login: Credentials): string {
    if (challenge.scheme === 'basic') return basicAuthorization(login);
    const session = new DigestSession(challenge);
    options.sessions.set(request.credentials ?? 'web', session);
    return session.authorize({ method: request.method, target: fillIn(request) }, login);
  }

  /** Digest gives nothing away and saves a round trip; Basic goes out only where the phone asked for it just now. */
  function authorization(
    request: HttpRequest,
    login: Credentials | undefined,
    sessions: DigestSessions,
  ): string | null {
    const session = sessions.get(request.credentials ?? 'web');
    if (session === undefined || login === undefined) return null;
    return session.authorize({ method: request.method, target: fillIn(request) }, login);
  }
}

function unauthorized(login: Credentials | undefined, challenge: Challenge | null): TransportError {
  if (challenge === null) {
    return new TransportError(
      failed(
        phoneUnauthorized(
          'The phone asks for a way of logging in that the gateway does not know: set it to Basic or Digest.',
        ),
      ),
    );
  }
  const what =
    login === undefined
      ? 'The phone asks for a user name and a password. Give them with updatePhone.'
      : 'The phone refused the user name or the password. Correct them with updatePhone; until then the gateway does not try again, since phones lock themselves.';
  return new TransportError(failed(phoneUnauthorized(what)));
}

function faultOf(request: HttpRequest, { error, sent }: Extract<Exchange, { readonly error: Error }>): TransportError {
  const cause = { cause: error };
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
