import type { Session } from '../../src/security/authenticator.ts';
import type { Principal } from '../../src/security/principal.ts';

/** A session of a caller who may do everything unless it is said, and that does not end. */
export function sessionOf(changed: Partial<Principal>): Session {
  const principal: Principal = {
    kind: 'API_KEY',
    id: 'k1',
    name: 'tests',
    scopes: ['admin'],
    tags: null,
    masksNumbers: false,
    expiresAt: null,
    ...changed,
  };
  return { principal, isOver: () => false, begin: () => {}, watch: () => {}, unwatch: () => {} };
}
