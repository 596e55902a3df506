import type { SipResponse } from '../message/types.ts';
import type { DigestRequest, SipCredentials } from './answer.ts';
import { type DigestChallenge, readChallenges } from './challenge.ts';
import { type AuthorizationHeader, DigestSession, type DigestSessions } from './sessions.ts';

/** What credentials are asked for. */
export interface CredentialsQuery {
  readonly realm: string;
  /** The Request-URI of the request that was challenged. */
  readonly uri: string;
  /** Whether a proxy asked (407), not the server of the request's end (401). */
  readonly proxy: boolean;
}

/** Gives the credentials for a realm; undefined: there are none. */
export type CredentialsSource = (
  query: CredentialsQuery,
) => SipCredentials | undefined | Promise<SipCredentials | undefined>;

/** Why a challenge was not answered. */
export type ChallengeFault =
  /** There are no credentials for the realm. */
  | 'NO_CREDENTIALS'
  /** No scheme, algorithm or qop that is known. */
  | 'UNSUPPORTED'
  /** They were sent, and challenged again. */
  | 'REFUSED';

/** A server that says `stale` for ever must not keep a request going round. */
const ROUNDS_MAX = 4;

/** The authentication of one request, from its first attempt to its last (RFC 3261 section 22). */
export class Authenticator {
  readonly #sessions: DigestSessions;
  readonly #peer: string;
  readonly #source: CredentialsSource | undefined;
  #used: readonly DigestSession[];
  /** Nonces that this request itself has answered; not those that were brought along from before. */
  readonly #answered = new Map<string, DigestChallenge>();
  #rounds = 0;

  constructor(sessions: DigestSessions, peer: string, source: CredentialsSource | undefined) {
    this.#sessions = sessions;
    this.#peer = peer;
    this.#source = source;
    this.#used = sessions.of(peer);
  }

  /** The header fields for the next attempt. */
  authorize(request: DigestRequest): { readonly name: string; readonly value: string }[] {
    return this.#used.map((session) => session.authorize(request));
  }

  /** Nobody challenged the last attempt: what it brought along is worth bringing again. */
  accepted(): void {
    this.#sessions.remember(this.#peer, this.#used);
  }

  /**
   * Takes a 401 or 407.
   * @returns undefined where another attempt is worth while, else why not.
   */
  async answer(response: SipResponse, uri: string): Promise<ChallengeFault | undefined> {
    const fault = await this.#answer(response, uri);
    if (fault !== undefined) this.#sessions.remember(this.#peer, []);
    return fault;
  }

  async #answer(response: SipResponse, uri: string): Promise<ChallengeFault | undefined> {
    const proxy = response.status === 407;
    const header: AuthorizationHeader = proxy ? 'Proxy-Authorization' : 'Authorization';
    const challenges = readChallenges(response.headers.all(proxy ? 'proxy-authenticate' : 'www-authenticate'));
    if (challenges.length === 0) return 'UNSUPPORTED';
    this.#rounds += 1;
    const fresh: DigestSession[] = [];
    for (const challenge of challenges) {
      if (this.#isRefusal(header, challenge) || this.#rounds > ROUNDS_MAX) return 'REFUSED';
      const credentials = await this.#source?.({ realm: challenge.realm, uri, proxy });
      if (credentials === undefined) continue;
      fresh.push(new DigestSession(header, challenge, credentials));
      this.#answered.set(`${header} ${challenge.realm}`, challenge);
    }
    if (fresh.length === 0) return 'NO_CREDENTIALS';
    // What others asked for stays: a request may need the answer for a proxy and for the phone (section 22.3).
    const replaced = (session: DigestSession): boolean =>
      session.header === header && challenges.some(({ realm }) => realm === session.challenge.realm);
    this.#used = [...this.#used.filter((session) => !replaced(session)), ...fresh];
    return undefined;
  }

  /** The same nonce again, or another one that was not called stale: the credentials are wrong (RFC 7616 section 3.3). */
  #isRefusal(header: AuthorizationHeader, { nonce, realm, stale }: DigestChallenge): boolean {
    const before = this.#answered.get(`${header} ${realm}`);
    return before !== undefined && (before.nonce === nonce || !stale);
  }
}
