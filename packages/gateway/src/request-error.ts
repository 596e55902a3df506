import type { Scope } from './security/scopes.table.ts';

/** Thrown by the application where the caller gave something that cannot be: GraphQL makes it an error with that code. */
export class RequestError extends Error {
  /**
   * `UPSTREAM_UNAVAILABLE`: something that the gateway has to ask, such as a registrar, does not answer.
   * `STORE_UNAVAILABLE`: its own disk does not take or give what this needs.
   */
  readonly code:
    | 'NOT_FOUND'
    | 'BAD_USER_INPUT'
    | 'FORBIDDEN'
    | 'UNAUTHENTICATED'
    | 'UPSTREAM_UNAVAILABLE'
    | 'RATE_LIMITED'
    | 'STORE_UNAVAILABLE';

  constructor(code: RequestError['code'], message: string) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
  }
}

/** The caller lacks a scope. */
export class ForbiddenError extends RequestError {
  readonly scope: Scope;

  constructor(scope: Scope) {
    super('FORBIDDEN', `The scope ${scope} is needed.`);
    this.name = 'ForbiddenError';
    this.scope = scope;
  }
}

/** Too much was asked, or too many credentials were refused. */
export class RateLimitedError extends RequestError {
  /** The limit of the configuration that it is. */
  readonly limit: 'operationsPerMinute' | 'refusedLoginsPerMinute';
  readonly retryAfterSeconds: number;

  constructor(limit: RateLimitedError['limit'], waitMs: number) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    const what = limit === 'operationsPerMinute' ? 'Too many operations' : 'Too many credentials were refused';
    super('RATE_LIMITED', `${what}. Come back in ${seconds} s.`);
    this.name = 'RateLimitedError';
    this.limit = limit;
    this.retryAfterSeconds = seconds;
  }
}
