import { quote } from '../message/grammar.ts';
import { hashHex } from './algorithms.ts';
import type { DigestChallenge } from './challenge.ts';

/** A name and a password for one realm. */
export interface SipCredentials {
  readonly username: string;
  readonly password: string;
}

/** What is answered for. */
export interface DigestRequest {
  readonly method: string;
  /** The Request-URI, to the octet (RFC 3261 section 22.4). */
  readonly uri: string;
  readonly body: Uint8Array;
}

/** What makes each answer different. */
export interface DigestCount {
  readonly cnonce: string;
  /** How often the nonce has been used, this time included. */
  readonly count: number;
}

/** Writes the value of Authorization or Proxy-Authorization (RFC 7616 section 3.4). */
export function writeAuthorization(
  challenge: DigestChallenge,
  credentials: SipCredentials,
  request: DigestRequest & DigestCount,
): string {
  const { algorithm, algorithmText, nonce, opaque, qop, realm, userHash } = challenge;
  const { username } = credentials;
  const count = request.count.toString(16).padStart(8, '0');
  const name = userHash ? hashHex(algorithm, `${username}:${realm}`) : username;
  const parts = [
    `username=${quote(name)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(request.uri)}`,
    `response="${digestResponse(challenge, credentials, request)}"`,
  ];
  if (algorithmText !== null) parts.push(`algorithm=${algorithmText}`);
  if (opaque !== null) parts.push(`opaque=${quote(opaque)}`);
  // cnonce and nc must not be sent where the server offers no qop (RFC 7616 section 3.4); a -sess hash needs the first.
  if (qop !== null || algorithm.session) parts.push(`cnonce=${quote(request.cnonce)}`);
  if (qop !== null) parts.push(`qop=${qop}`, `nc=${count}`);
  if (userHash) parts.push('userhash=true');
  return `Digest ${parts.join(', ')}`;
}

/** The `response` (RFC 7616 section 3.4.1; without qop that of RFC 2069). */
export function digestResponse(
  { algorithm, nonce, qop, realm }: DigestChallenge,
  { username, password }: SipCredentials,
  { body, cnonce, count, method, uri }: DigestRequest & DigestCount,
): string {
  const hash = (data: string): string => hashHex(algorithm, data);
  const secret = hash(`${username}:${realm}:${password}`);
  const first = algorithm.session ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const second = hash(qop === 'auth-int' ? `${method}:${uri}:${hashHex(algorithm, body)}` : `${method}:${uri}`);
  if (qop === null) return hash(`${first}:${nonce}:${second}`);
  return hash([first, nonce, count.toString(16).padStart(8, '0'), cnonce, qop, second].join(':'));
}
