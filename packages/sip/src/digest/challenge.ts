import { isToken, splitOutside, unquote } from '../message/grammar.ts';
import { type DigestAlgorithm, findAlgorithm, strengthRank } from './algorithms.ts';

/** One challenge that can be answered (RFC 7616 section 3.3). */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  /** What is used of what is offered; null: none is offered (RFC 2069). */
  readonly qop: 'auth' | 'auth-int' | null;
  readonly algorithm: DigestAlgorithm;
  /** `algorithm` as the server wrote it; null: it did not. */
  readonly algorithmText: string | null;
  /** The nonce was too old, the credentials were not refused. */
  readonly stale: boolean;
  /** The user name is to be hashed (RFC 7616 section 3.4.4). */
  readonly userHash: boolean;
}

/**
 * Reads the challenges of a 401 or 407.
 * @param values those of all WWW-Authenticate or Proxy-Authenticate fields, one a field.
 * @returns of each realm the strongest that can be answered, in the order of the realms. RFC 8760 section 2.4 takes the
 * topmost unless a local policy says otherwise: ours is the strongest, so that nobody in between can put MD5 on top.
 */
export function readChallenges(values: readonly string[]): DigestChallenge[] {
  const byRealm = new Map<string, DigestChallenge>();
  for (const parameters of values.flatMap(splitChallenges)) {
    const challenge = toChallenge(parameters);
    if (challenge === undefined) continue;
    const present = byRealm.get(challenge.realm);
    if (present === undefined || strengthRank(challenge.algorithm) < strengthRank(present.algorithm)) {
      byRealm.set(challenge.realm, challenge);
    }
  }
  return [...byRealm.values()];
}

/**
 * The parameters of each Digest challenge in one field. SIP has one a field (RFC 3261 section 7.3.1); several, with
 * commas, are legal in HTTP and seen.
 */
function splitChallenges(value: string): Map<string, string>[] {
  const challenges: Map<string, string>[] = [];
  let current: Map<string, string> | undefined;
  for (const part of splitOutside(value, ',') ?? []) {
    const [, scheme, rest = ''] = /^([A-Za-z][\w-]*)\s+(\S.*)$/s.exec(part) ?? [];
    // `name = value` also has a blank behind a word.
    if (scheme !== undefined && !rest.startsWith('=')) {
      current = scheme.toLowerCase() === 'digest' ? new Map() : undefined;
      if (current !== undefined) challenges.push(current);
    }
    readParameter(scheme !== undefined && !rest.startsWith('=') ? rest : part, current);
  }
  return challenges;
}

function readParameter(text: string, into: Map<string, string> | undefined): void {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(equals, 0)).trim().toLowerCase();
  const written = text.slice(equals + 1).trim();
  const value = written.startsWith('"') ? unquote(written) : written;
  if (into !== undefined && isToken(name) && value !== undefined && !into.has(name)) into.set(name, value);
}

function toChallenge(parameters: ReadonlyMap<string, string>): DigestChallenge | undefined {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  const algorithmText = parameters.get('algorithm');
  const algorithm = findAlgorithm(algorithmText);
  const qop = chooseQop(parameters.get('qop'));
  if (realm === undefined || nonce === undefined || algorithm === undefined || qop === undefined) return undefined;
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque') ?? null,
    qop,
    algorithm,
    algorithmText: algorithmText ?? null,
    stale: parameters.get('stale')?.toLowerCase() === 'true',
    userHash: parameters.get('userhash')?.toLowerCase() === 'true',
  };
}

/** `auth` wherever it is in the list; undefined where nothing in it is known (RFC 7616 section 3.3). */
function chooseQop(list: string | undefined): 'auth' | 'auth-int' | null | undefined {
  if (list === undefined) return null;
  const offered = list.split(',').map((item) => item.trim().toLowerCase());
  if (offered.includes('auth')) return 'auth';
  return offered.includes('auth-int') ? 'auth-int' : undefined;
}
