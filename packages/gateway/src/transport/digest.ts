import { createHash, randomBytes } from 'node:crypto';

/** A challenge out of `WWW-Authenticate`. */
export interface Challenge {
  /** Lower case: `basic`, `digest`. */
  readonly scheme: string;
  /** Names in lower case, values without quotes. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Who logs in. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const hashes: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256' };

/** Reads all challenges of a header (RFC 9110, 11.6.1): several may stand in one, separated by commas. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  const token = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([!#$%&'*+.^_`|~0-9A-Za-z-]+)/g;
  for (const [, name, quoted, bare, scheme] of header.matchAll(token)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
    else if (name !== undefined) {
      const last = challenges.at(-1);
      if (last !== undefined) last.parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
    }
  }
  return challenges;
}

/** The strongest challenge that can be answered: Digest SHA-256, Digest MD5, Basic; null: none. */
export function chooseChallenge(challenges: readonly Challenge[]): Challenge | null {
  const strength = ({ scheme, parameters }: Challenge): number => {
    if (scheme === 'basic') return 1;
    const hash = hashOf(parameters['algorithm']);
    if (scheme !== 'digest' || hash === undefined || !acceptsAuth(parameters['qop'])) return 0;
    return hash === 'md5' ? 2 : 3;
  };
  const usable = challenges.filter((challenge) => strength(challenge) > 0);
  return usable.sort((a, b) => strength(b) - strength(a))[0] ?? null;
}

/** `Authorization` for Basic (RFC 7617), in UTF-8. */
export function basicAuthorization({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** A nonce of the phone's with its counter, which never goes back (RFC 7616, 3.4). */
export class DigestSession {
  readonly #parameters: Readonly<Record<string, string>>;
  #count = 0;

  constructor(challenge: Challenge) {
    this.#parameters = challenge.parameters;
  }

  /** `Authorization` for one request. `target` must be exactly what stands in its request line. */
  authorize(
    request: { readonly method: string; readonly target: string },
    { username, password }: Credentials,
    cnonce: string = randomBytes(16).toString('hex'),
  ): string {
    const { realm = '', nonce = '', algorithm, opaque, qop } = this.#parameters;
    const hash = (text: string): string =>
      createHash(hashOf(algorithm) ?? 'md5')
        .update(text)
        .digest('hex');
    this.#count += 1;
    const nc = this.#count.toString(16).padStart(8, '0');
    const session = algorithm?.toLowerCase().endsWith('-sess') === true;
    const secret = hash(`${username}:${realm}:${password}`);
    const ha1 = session ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
    const ha2 = hash(`${request.method}:${request.target}`);
    const response =
      qop === undefined ? hash(`${ha1}:${nonce}:${ha2}`) : hash(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}`);
    const fields = [
      `username=${quote(username)}`,
      `realm=${quote(realm)}`,
      `nonce=${quote(nonce)}`,
      `uri=${quote(request.target)}`,
      `response="${response}"`,
      ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
      ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
      ...(qop === undefined ? [] : ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`]),
    ];
    return `Digest ${fields.join(', ')}`;
  }
}

function hashOf(algorithm = 'MD5'): string | undefined {
  return hashes[algorithm.toLowerCase().replace(/-sess$/, '')];
}

function acceptsAuth(qop: string | undefined): boolean {
  // Without a qop the phone speaks the older RFC 2069.
  return qop === undefined || qop.split(',').some((option) => option.trim().toLowerCase() === 'auth');
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
