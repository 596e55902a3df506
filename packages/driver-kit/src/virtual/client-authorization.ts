import { randomBytes } from 'node:crypto';
import type { Credentials } from './authentication.ts';
import { type DigestAlgorithm, digestResponse } from './digest.ts';

/** A challenge that can be answered. */
export interface Challenge {
  readonly scheme: 'basic' | 'digest';
  /** Names in lower case, values without quotes. */
  readonly parameters: Readonly<Record<string, string>>;
}

const ALGORITHMS: readonly DigestAlgorithm[] = ['MD5', 'SHA-256', 'MD5-sess', 'SHA-256-sess'];
const TOKEN = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w-]+)/g;

/** The challenge of a `WWW-Authenticate` header that is answered: Digest before Basic; null: none can be. */
export function challengeIn(header: string): Challenge | null {
  const found: { readonly scheme: string; readonly parameters: Record<string, string> }[] = [];
  for (const [, name, quoted, bare, scheme] of header.matchAll(TOKEN)) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), parameters: {} });
    const last = found.at(-1);
    if (name !== undefined && last !== undefined) last.parameters[name.toLowerCase()] = quoted ?? bare ?? '';
  }
  for (const scheme of ['digest', 'basic'] as const) {
    const parameters = found.find((challenge) => challenge.scheme === scheme)?.parameters;
    if (parameters !== undefined) return { scheme, parameters };
  }
  return null;
}

/** What `Authorization` is made for. */
export interface AuthorizedRequest {
  readonly method: string;
  /** Exactly as it stands in the request line. */
  readonly target: string;
  /** How often the challenge's nonce has been used, this time included. Default 1. */
  readonly nonceCount?: number;
}

/** `Authorization` that answers the challenge (RFC 7617, RFC 7616). */
export function authorizationFor(
  { scheme, parameters }: Challenge,
  { username, password }: Credentials,
  { method, target, nonceCount = 1 }: AuthorizedRequest,
): string {
  if (scheme === 'basic') return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const { realm = '', nonce = '', opaque, algorithm: named, qop: offered } = parameters;
  const algorithm = ALGORITHMS.find((known) => known.toLowerCase() === named?.toLowerCase()) ?? 'MD5';
  const [qop, nc, cnonce] =
    offered === undefined ? [] : ['auth', nonceCount.toString(16).padStart(8, '0'), randomBytes(8).toString('hex')];
  const input = { username, password, realm, nonce, uri: target, method, algorithm, qop, nc, cnonce };
  const fields = [
    `username="${username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${target}"`,
    `response="${digestResponse(input)}"`,
    ...(named === undefined ? [] : [`algorithm=${named}`]),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${nc}`, `cnonce="${cnonce}"`]),
  ];
  return `Digest ${fields.join(', ')}`;
}
