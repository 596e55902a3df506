import { randomBytes } from 'node:crypto';
import { type DigestRequest, type SipCredentials, writeAuthorization } from './answer.ts';
import type { DigestChallenge } from './challenge.ts';

/** Who asked: a server of the request's end (401) or a proxy on the way (407). */
export type AuthorizationHeader = 'Authorization' | 'Proxy-Authorization';

/** A challenge with the credentials that answer it, used for one request after the other. */
export class DigestSession {
  readonly header: AuthorizationHeader;
  readonly challenge: DigestChallenge;
  readonly #credentials: SipCredentials;
  /** The same for all: a -sess hash is made once for a nonce (RFC 7616 section 3.4.2). */
  readonly #cnonce = randomBytes(12).toString('hex');
  #count = 0;

  constructor(header: AuthorizationHeader, challenge: DigestChallenge, credentials: SipCredentials) {
    this.header = header;
    this.challenge = challenge;
    this.#credentials = credentials;
  }

  /** The header field for the next request; each one raises the count of the nonce (RFC 7616 section 3.4, `nc`). */
  authorize(request: DigestRequest): { readonly name: AuthorizationHeader; readonly value: string } {
    this.#count += 1;
    const value = writeAuthorization(this.challenge, this.#credentials, {
      ...request,
      cnonce: this.#cnonce,
      count: this.#count,
    });
    return { name: this.header, value };
  }
}

/** How many peers are remembered. */
const CAPACITY = 8192;

/**
 * What peers have asked for before: the next request to the same one brings its answer along, and saves a round trip
 * (RFC 3261 section 22.3, RFC 7616 section 3.6).
 */
export class DigestSessions {
  readonly #byPeer = new Map<string, readonly DigestSession[]>();

  /** Those of a peer; none where it never asked. */
  of(peer: string): readonly DigestSession[] {
    return this.#byPeer.get(peer) ?? [];
  }

  /** Remembers what was accepted, or forgets the peer where there is nothing. */
  remember(peer: string, sessions: readonly DigestSession[]): void {
    this.#byPeer.delete(peer);
    if (sessions.length === 0) return;
    const [oldest] = this.#byPeer.keys();
    if (this.#byPeer.size >= CAPACITY && oldest !== undefined) this.#byPeer.delete(oldest);
    this.#byPeer.set(peer, sessions);
  }
}
