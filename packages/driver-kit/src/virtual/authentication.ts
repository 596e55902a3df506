import { type DigestAlgorithm, digestResponse, parseDigestAuthorization } from './digest.ts';
import type { RecordedRequest, VirtualReply } from './http-message.ts';
import { NonceBook } from './nonce-book.ts';

/** How a phone's web server asks for credentials. */
export type AuthenticationScheme = 'none' | 'basic' | 'digest';

/** A login that a phone knows. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** When a phone locks itself, and for how long. */
export interface Lockout {
  /** The wrong try after which it locks. */
  readonly afterFailures: number;
  /** Milliseconds until it opens by itself. */
  readonly forMs: number;
  /** Whether a request without credentials is a wrong try as well. Default false. */
  readonly countsMissing?: boolean;
}

/** What {@link Authenticator} goes by. All of it can be changed while the phone runs. */
export interface AuthenticationSettings {
  scheme: AuthenticationScheme;
  realm: string;
  /** Every login that is accepted. With none at all the phone is open, whatever the scheme. */
  credentials: readonly Credentials[];
  /** Digest: one challenge for each, in this order. Default MD5 only. */
  algorithms: readonly DigestAlgorithm[];
  /** Digest: `none` challenges as RFC 2069 did, without qop, nc and cnonce. Default `auth`. */
  qop: 'auth' | 'none';
  /** Digest: must come back unchanged. Default empty: not sent. */
  opaque: string;
  /** Digest: milliseconds until a nonce is answered with `stale=true`. Default 5 minutes. */
  nonceLifetimeMs: number;
  /** Default `undefined`: never locks. */
  lockout: Lockout | undefined;
  /** The body of a 401. Default empty. */
  unauthorizedBody: string;
  /** What a locked phone answers. Default an empty 403. */
  lockedReply: VirtualReply;
}

/** Why a request was not let in. */
export type DenialReason = 'missing' | 'wrong' | 'stale' | 'locked';

/** The outcome of {@link Authenticator.check}. A request that is denied is answered with `reply`. */
export type Verdict =
  | { readonly allowed: true; readonly username: string | undefined }
  | { readonly allowed: false; readonly reason: DenialReason; readonly reply: VirtualReply };

/** Defaults of {@link AuthenticationSettings}: an open phone. */
export const openAuthentication = (): AuthenticationSettings => ({
  scheme: 'none',
  realm: 'phone',
  credentials: [],
  algorithms: ['MD5'],
  qop: 'auth',
  opaque: '',
  nonceLifetimeMs: 300_000,
  lockout: undefined,
  unauthorizedBody: '',
  lockedReply: { status: 403 },
});

/**
 * The login of a phone's web server: Basic (RFC 7617) and Digest (RFC 7616), with the lock that phones put on after
 * some wrong tries.
 */
export class Authenticator {
  /** Change it at any time; what was already let in stays let in. */
  readonly settings: AuthenticationSettings;
  readonly #now: () => number;
  readonly #nonces = new NonceBook();
  #failures = 0;
  #lockedUntil = Number.NEGATIVE_INFINITY;

  /** @param now the clock, milliseconds; for tests of nonce lifetime and lock without waiting. */
  constructor(settings: Partial<AuthenticationSettings>, now: () => number = Date.now) {
    this.settings = { ...openAuthentication(), ...settings };
    this.#now = now;
  }

  /** Wrong tries since the last good one. */
  get failures(): number {
    return this.#failures;
  }

  get locked(): boolean {
    return this.#now() < this.#lockedUntil;
  }

  /** Opens a locked phone and forgets wrong tries, as a power cycle does. */
  unlock(): void {
    this.#failures = 0;
    this.#lockedUntil = Number.NEGATIVE_INFINITY;
  }

  /** Makes every nonce given out so far stale. */
  expireNonces(): void {
    this.#nonces.clear();
  }

  /** Whether the request may pass, and what to answer if not. Counts wrong tries. */
  check(request: Pick<RecordedRequest, 'method' | 'target' | 'headers'>): Verdict {
    const { scheme, credentials, lockout } = this.settings;
    if (scheme === 'none' || credentials.length === 0) return { allowed: true, username: undefined };
    if (this.locked) return { allowed: false, reason: 'locked', reply: this.settings.lockedReply };
    const verdict = scheme === 'basic' ? this.#checkBasic(request.headers) : this.#checkDigest(request);
    if (verdict.allowed) this.#failures = 0;
    else if (verdict.reason === 'wrong' || (verdict.reason === 'missing' && lockout?.countsMissing))
      this.#countFailure();
    return verdict;
  }

  #countFailure(): void {
    this.#failures += 1;
    const { lockout } = this.settings;
    if (lockout === undefined || this.#failures < lockout.afterFailures) return;
    this.#failures = 0;
    this.#lockedUntil = this.#now() + lockout.forMs;
  }

  #checkBasic(headers: RecordedRequest['headers']): Verdict {
    const encoded = /^basic +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (encoded === undefined) return this.#deny('missing');
    const decoded = Buffer.from(encoded, 'base64').toString('utf8');
    const match = this.settings.credentials.find(({ username, password }) => decoded === `${username}:${password}`);
    return match ? { allowed: true, username: match.username } : this.#deny('wrong');
  }

  #checkDigest(request: Pick<RecordedRequest, 'method' | 'target' | 'headers'>): Verdict {
    const given = parseDigestAuthorization(request.headers.authorization ?? '');
    if (given === undefined) return this.#deny('missing');
    const { realm, opaque, algorithms, credentials, qop } = this.settings;
    const login = credentials.find(({ username }) => username === given.username);
    const algorithm = algorithms.find((known) => known.toLowerCase() === (given.algorithm ?? 'MD5').toLowerCase());
    const fits =
      login !== undefined &&
      algorithm !== undefined &&
      given.realm === realm &&
      given.uri === request.target &&
      (given.opaque ?? '') === opaque &&
      given.qop === (qop === 'auth' ? 'auth' : undefined) &&
      given.response === digestResponse({ ...given, ...login, algorithm, method: request.method });
    if (!fits) return this.#deny('wrong');
    // Looked at last: only one who knows the password may learn that the nonce is all that is wrong.
    const fresh = this.#nonces.use(given.nonce, given.nc, this.#now() - this.settings.nonceLifetimeMs);
    return fresh ? { allowed: true, username: login.username } : this.#deny('stale');
  }

  #deny(reason: Exclude<DenialReason, 'locked'>): Verdict {
    const { unauthorizedBody: body } = this.settings;
    const challenge =
      this.settings.scheme === 'basic' ? this.#basicChallenge() : this.#digestChallenges(reason === 'stale');
    return { allowed: false, reason, reply: { status: 401, headers: { 'WWW-Authenticate': challenge }, body } };
  }

  #basicChallenge(): string {
    return `Basic realm="${this.settings.realm}"`;
  }

  #digestChallenges(stale: boolean): string[] {
    const { realm, opaque, algorithms, qop } = this.settings;
    return algorithms.map((algorithm) => {
      const parts = [`realm="${realm}"`, `nonce="${this.#nonces.issue(this.#now())}"`, `algorithm=${algorithm}`];
      if (qop === 'auth') parts.push('qop="auth"');
      if (opaque !== '') parts.push(`opaque="${opaque}"`);
      if (stale) parts.push('stale=true');
      return `Digest ${parts.join(', ')}`;
    });
  }
}
