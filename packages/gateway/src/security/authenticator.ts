import type { Instant } from '../model.ts';
import type { ApiKeyStore } from '../store/ports.ts';
import type { ApiKeyDirectory } from './api-keys.ts';
import type { JwtVerifier } from './jwt.ts';
import type { Principal } from './principal.ts';
import type { OnSecurityEvent } from './security-events.ts';

/** A caller who has come in, for as long as the credential is good. */
export interface Session {
  readonly principal: Principal;
  /** Whether the key was revoked, or key or token has expired. */
  isOver(): boolean;
  /** Calls `notify` once, within {@link CHECK_MS} after the session is over. @returns how to stop waiting for it */
  onOver(notify: () => void): () => void;
}

/** Knows who comes in. */
export interface Authenticator {
  /** @returns the session that a credential opens; null: it is nobody's. */
  authenticate(credential: string): Promise<Session | null>;
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
  readonly onSecurityEvent: OnSecurityEvent;
  /** The store could not be read. */
  readonly onError: (error: unknown) => void;
}

/** How often sessions are looked at, in milliseconds. */
const CHECK_MS = 500;
/** How often the store is asked for keys that another process has made or revoked, in milliseconds. */
const REFRESH_MS = 2_000;

/** Of API keys and, where they are configured, JWTs. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { directory, store, jwt, now } = options;
  const watched = new Map<() => void, Session>();
  const check = setInterval(() => {
    for (const [notify, session] of watched) {
      if (!session.isOver()) continue;
      watched.delete(notify);
      notify();
    }
  }, CHECK_MS);
  const refresh = setInterval(() => {
    store.all().then((records) => directory.replace(records), options.onError);
  }, REFRESH_MS);
  for (const timer of [check, refresh]) timer.unref();

  const sessionOf = (principal: Principal): Session => {
    const session: Session = {
      principal,
      isOver: () =>
        (principal.expiresAt !== null && now() >= principal.expiresAt) ||
        (principal.kind === 'API_KEY' && !directory.isValid(principal.id, now())),
      onOver(notify) {
        // A function of its own: the same one may be given for several sessions.
        const once = (): void => notify();
        watched.set(once, session);
        return () => watched.delete(once);
      },
    };
    return session;
  };
  return {
    async authenticate(credential) {
      const known = directory.find(credential, now());
      if (known !== null) return sessionOf(known);
      const refused = jwt === null ? { reason: 'unknown API key' } : await jwt.verify(credential);
      if ('principal' in refused) return sessionOf(refused.principal);
      options.onSecurityEvent({ kind: 'CREDENTIAL_REFUSED', reason: refused.reason });
      return null;
    },
    close() {
      clearInterval(check);
      clearInterval(refresh);
      watched.clear();
    },
  };
}
