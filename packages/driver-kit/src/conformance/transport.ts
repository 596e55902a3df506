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
import { authorizationFor, challengeIn } from '../virtual/client-authorization.ts';
import type { PhoneCredentials } from './harness.ts';
import { sendHttp } from './outgoing.ts';

/** A request as a driver gave it, with all that was left out filled in. */
export interface AskedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly connection: 'keep-alive' | 'close';
  readonly readOnly: boolean;
}

/** What the transport talks to, and how. */
export interface TransportOptions {
  readonly origin: string;
  readonly credentials: Readonly<Record<string, PhoneCredentials>>;
  readonly signal: AbortSignal;
  /** Called before each request is sent. */
  readonly onSend: (request: AskedRequest) => void;
}

/** A request as text: what a dry run shows of HTTP. */
export function httpText({ method, target, connection, headers, body }: AskedRequest): string {
  const lines = [`${method} ${target}`, `connection: ${connection}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name.toLowerCase()}: ${value}`);
  return body === undefined ? lines.join('\n') : `${lines.join('\n')}\n\n${body}`;
}

/** A request with all that was left out filled in. */
export function asAsked(request: HttpRequest): AskedRequest {
  const { method, target, headers = {}, body, connection = 'keep-alive', readOnly = false } = request;
  return { method, target, headers, body, connection, readOnly };
}

/**
 * A small transport that keeps the promises of `HttpTransport`: it answers challenges, gives credentials to nobody
 * unasked, follows no redirect, sends nothing twice but for a challenge, and says of each lost reply whether the phone
 * may have acted.
 */
export function createTransport({ origin, credentials, signal, onSend }: TransportOptions): HttpTransport {
  return {
    async send(request) {
      const login = credentials[request.credentials ?? 'web'];
      onSend(asAsked(request));
      const first = await attempt(request, login, null);
      if (first.status !== 401) return first;
      const challenge = challengeIn(first.headers['www-authenticate'] ?? '');
      if (login === undefined || challenge === null) throw unauthorized();
      const { method } = request;
      const target = filledIn(request, login);
      const second = await attempt(request, login, authorizationFor(challenge, login, { method, target }));
      if (second.status === 401) throw unauthorized();
      return { ...second, authentication: challenge.scheme };
    },
  };

  async function attempt(
    request: HttpRequest,
    login: PhoneCredentials | undefined,
    authorization: string | null,
  ): Promise<HttpReply> {
    const result = await sendHttp({
      origin,
      method: request.method,
      target: filledIn(request, login),
      headers: {
        connection: request.connection ?? 'keep-alive',
        ...request.headers,
        ...(authorization === null ? {} : { authorization }),
      },
      body: request.body,
      signal,
    });
    if ('error' in result) throw faultOf(request, result);
    const text = new TextDecoder().decode(result.bytes);
    return { ...result, text, authentication: 'none' };
  }
}

function filledIn({ target, credentialsInTarget }: HttpRequest, login: PhoneCredentials | undefined): string {
  if (credentialsInTarget !== true) return target;
  return target
    .replaceAll('{username}', encodeURIComponent(login?.username ?? ''))
    .replaceAll('{password}', encodeURIComponent(login?.password ?? ''));
}

function unauthorized(): TransportError {
  return new TransportError(failed(phoneUnauthorized('The phone refused the credentials.')));
}

function faultOf(
  request: HttpRequest,
  { error, sent }: { readonly error: Error; readonly sent: boolean },
): TransportError {
  const cause = { cause: error };
  if (!sent) return new TransportError(failed(phoneUnreachable(`Nothing was sent: ${error.message}.`)), cause);
  if (request.readOnly === true) {
    return new TransportError(failed(phoneUnreachable(`The phone did not answer: ${error.message}.`)), cause);
  }
  return new TransportError(unknown(`No usable reply came: ${error.message}.`), cause);
}

/** A transport that sends nothing and answers as an obeying phone would: a dry run. */
export function createRehearsal(onSend: (request: AskedRequest) => void): HttpTransport {
  return {
    send(request) {
      onSend(asAsked(request));
      const { status = 200, body = '' } = request.rehearsal ?? {};
      return Promise.resolve({ status, headers: {}, bytes: new TextEncoder().encode(body), text: body });
    },
  };
}
