import { createHash } from 'node:crypto';

/** Algorithms of RFC 7616 that phones and their clients speak. */
export type DigestAlgorithm = 'MD5' | 'SHA-256' | 'MD5-sess' | 'SHA-256-sess';

/** What a client says in `Authorization: Digest`. */
export interface DigestAuthorization {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm?: string;
  readonly opaque?: string;
  readonly qop?: string;
  readonly nc?: string;
  readonly cnonce?: string;
}

const REQUIRED = ['username', 'realm', 'nonce', 'uri', 'response'] as const;
const PARAMETER = /([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g;

/** The parameters of an `Authorization: Digest` header, or `undefined` if it is none or one of the required is missing. */
export const parseDigestAuthorization = (header: string): DigestAuthorization | undefined => {
  const scheme = /^digest\s+/i.exec(header)?.[0];
  if (scheme === undefined) return undefined;
  const parameters: Record<string, string> = {};
  for (const [, name = '', quoted, token] of header.slice(scheme.length).matchAll(PARAMETER)) {
    parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? token ?? '';
  }
  const isComplete = REQUIRED.every((name) => parameters[name] !== undefined);
  return isComplete ? (parameters as Record<string, string> & DigestAuthorization) : undefined;
};

/** What the `response` of a digest is made from. */
export interface DigestInput {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly method: string;
  readonly algorithm: DigestAlgorithm;
  readonly qop?: string | undefined;
  readonly nc?: string | undefined;
  readonly cnonce?: string | undefined;
}

/** The `response` that proves the password (RFC 7616 section 3.4.1; without `qop` that of RFC 2069). */
export const digestResponse = (input: DigestInput): string => {
  const { username, password, realm, nonce, uri, method, algorithm, qop, nc = '', cnonce = '' } = input;
  const hash = (text: string) =>
    createHash(algorithm.startsWith('SHA-256') ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const secret = hash(`${username}:${realm}:${password}`);
  const a1 = algorithm.endsWith('-sess') ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const a2 = hash(`${method}:${uri}`);
  return qop === undefined ? hash(`${a1}:${nonce}:${a2}`) : hash(`${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}`);
};
