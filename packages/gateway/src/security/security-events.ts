import type { Caller } from '../model.ts';
import type { Scope } from './scopes.table.ts';

/** What happened to the rights of callers: for the log, and for whoever keeps an audit. None holds a secret. */
export type SecurityEvent =
  | { readonly kind: 'FORBIDDEN'; readonly caller: Caller; readonly scope: Scope }
  | { readonly kind: 'CREDENTIAL_REFUSED'; readonly reason: string }
  | { readonly kind: 'LOGIN_LIMITED'; readonly from: string }
  | { readonly kind: 'OPERATION_LIMITED'; readonly caller: Caller }
  | { readonly kind: 'API_KEY_CREATED' | 'API_KEY_REVOKED'; readonly caller: Caller; readonly key: Caller }
  | { readonly kind: 'JWKS_UNAVAILABLE'; readonly reason: string };

/** Hears of each {@link SecurityEvent}. */
export type OnSecurityEvent = (event: SecurityEvent) => void;
