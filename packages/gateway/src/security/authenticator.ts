import { type ApiLimits, DEFAULT_LIMITS } from '../config/api.ts';
import type { Instant } from '../model.ts';
import { RateLimitedError } from '../request-error.ts';
import type { ApiKeyStore } from '../store/ports.ts';
import { type ApiKeyDirectory, hashApiKey } from './api-keys.ts';
import type { JwtVerifier } from './jwt.ts';
import type { Principal } from './principal.ts';
import { createRefusalLimiter } from './refusal-limiter.ts';
import type { OnSecurityEvent } from './security-events.ts';
import { createTokenBuckets } from './token-buckets.ts';

/** A caller who has come in, for as long as the credential is good. */
export interface Session {
  readonly principal: Principal;
  /** Whether the key was revoked, or key or token has expired. */
  isOver(): boolean;
  /**
   * Called for each operation before it is read.
   * @throws RateLimitedError where the caller has had too many of them
   */
  begin(): void;
  /** Tells the watcher, which watches no other session, once, within {@link CHECK_MS} after the session is over. */
  watch(watcher: SessionWatcher): void;
  /** It is not told any more. */
  unwatch(watcher: SessionWatcher): void;
}

/** Who has to know when a {@link Session} is over. */
export interface SessionWatcher {
  sessionOver(): void;
}

/** Knows who comes in. */
export interface Authenticator {
  /**
   * @param from the address that it came from; left out: that is not counted
   * @returns the session that a credential opens; null: it is nobody's.
   * @throws RateLimitedError where too many were refused from there: then no token is looked at that was not good before
   */
  authenticate(credential: string, from?: string): Promise<Session | null>;
  /** The store's keys have changed: they are read again. Never rejects. */
  refresh(): Promise<void>;
  /** Ends no session, but looks for no more that are over. */
  close(): void;
}

/** What an {@link Authenticator} is made of. */
export interface AuthenticatorOptions {
  readonly directory: ApiKeyDirectory;
  readonly store: ApiKeyStore;
  /** Null: no tokens are taken. */
  readonly jwt: JwtVerifier | null;
  readonly now: () => Instant;
  /** Left out: {@link DEFAULT_LIMITS}. */
  readonly limits?: Pick<ApiLimits, 'operationsPerMinute' | 'refusedLoginsPerMinute'> | undefined;
  readonly onSecurityEvent: OnSecurityEvent;
  /** The store could not be read. */
  readonly onError: (error: unknown) => void;
}

/** How often sessions are looked at, in milliseconds. */
const CHECK_MS = 500;
/** How often the store is asked for keys that another process has made or revoked, in milliseconds. */
const REFRESH_MS = 2_000;

/** Of so many tokens it is known that they were good. */
const MOST_TOKENS = 10_000;

/** Of API keys and, where they are configured, JWTs. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { directory, store, jwt, now, limits = DEFAULT_LIMITS } = options;
  const operations = createTokenBuckets({ perMinute: limits.operationsPerMinute, now });
  const refusals = createRefusalLimiter({ perMinute: limits.refusedLoginsPerMinute, now });
  /** Hashes of tokens that were good: whoever shares an address with a guesser goes on. */
  const goodTokens = new Set<string>();
  const watched = new Map<SessionWatcher, Session>();
  const check = setInterval(() => {
    for (const [watcher, session] of watched) {
      if (!session.isOver()) continue;
      watched.delete(watcher);
      watcher.sessionOver();
    }
  }, CHECK_MS);
  const refresh = (): Promise<void> => store.all().then((records) => directory.replace(records), options.onError);
  const refreshing = setInterval(() => void refresh(), REFRESH_MS);
  for (const timer of [check, refreshing]) timer.unref();

  const begin = ({ id, name }: Principal): void => {
    const waitMs = operations.take(id);
    if (waitMs === 0) return;
    options.onSecurityEvent({ kind: 'OPERATION_LIMITED', caller: { id, name } });
    throw new RateLimitedError('operationsPerMinute', waitMs);
  };
  const rules: SessionRules = { now, begin, watched, isValid: (id) => directory.isValid(id, now()) };
  const sessionOf = (principal: Principal): Session => new OpenSession(principal, rules);
  return {
    async authenticate(credential, from) {
      // A key is looked up by its hash, which costs nothing, and nobody guesses one: it is never limited.
      const known = directory.find(credential, now());
      if (known !== null) return sessionOf(known);
      const hash = hashApiKey(credential);
      const waitMs = from === undefined || goodTokens.has(hash) ? 0 : refusals.wait(from);
      if (from !== undefined && waitMs > 0) {
        options.onSecurityEvent({ kind: 'LOGIN_LIMITED', from });
        throw new RateLimitedError('refusedLoginsPerMinute', waitMs);
      }
      const refused = jwt === null ? { reason: 'unknown API key' } : await jwt.verify(credential);
      if ('principal' in refused) {
        const [oldest] = goodTokens;
        if (goodTokens.size >= MOST_TOKENS && oldest !== undefined) goodTokens.delete(oldest);
        goodTokens.add(hash);
        return sessionOf(refused.principal);
      }
      if (from !== undefined) refusals.isTooMany(from);
      options.onSecurityEvent({ kind: 'CREDENTIAL_REFUSED', reason: refused.reason });
      return null;
    },
    refresh,
    close() {
      clearInterval(check);
      clearInterval(refreshing);
      watched.clear();
    },
  };
}

/** What holds for all sessions. */
interface SessionRules {
  readonly now: () => Instant;
  readonly isValid: (keyId: string) => boolean;
  readonly begin: (principal: Principal) => void;
  readonly watched: Map<SessionWatcher, Session>;
}

/** A class, since there is one a connection. */
class OpenSession implements Session {
  readonly principal: Principal;
  readonly #rules: SessionRules;

  constructor(principal: Principal, rules: SessionRules) {
    this.principal = principal;
    this.#rules = rules;
  }

  isOver(): boolean {
    const { kind, id, expiresAt } = this.principal;
    return (expiresAt !== null && this.#rules.now() >= expiresAt) || (kind === 'API_KEY' && !this.#rules.isValid(id));
  }

  begin(): void {
    this.#rules.begin(this.principal);
  }

  watch(watcher: SessionWatcher): void {
    this.#rules.watched.set(watcher, this);
  }

  unwatch(watcher: SessionWatcher): void {
    this.#rules.watched.delete(watcher);
  }
}
