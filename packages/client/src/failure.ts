import type { FailureFieldsFragment } from './generated/types.ts';

/** Codes of {@link RequestFailure}. Newer gateways may have more: match on those that you know. */
export type RequestFailureCode =
  /** The gateway could not be reached, or its reply was lost. */
  | 'GATEWAY_UNREACHABLE'
  /** What answered is no gateway. */
  | 'UNREADABLE_ANSWER'
  /** The own `signal` was aborted. */
  | 'ABORTED'
  /** The own `token` function failed. */
  | 'TOKEN_UNAVAILABLE'
  /** The command may or may not have reached the phone. It is never sent again by itself. */
  | 'OUTCOME_UNKNOWN'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'LIMIT_EXCEEDED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_ONLY'
  | 'INTERNAL'
  | (string & {});

/** A request that got no result: what the gateway says in `errors`, or what kept it from saying anything. */
export interface RequestFailure {
  readonly __typename: 'RequestFailure';
  /** To be matched on. */
  readonly code: RequestFailureCode;
  /** What happened and what to do next, for people. */
  readonly message: string;
  /** Whether the same may succeed if it is asked again, unchanged. */
  readonly retryable: boolean;
  /** All that the gateway said beside `message`: `scope`, `requestId`, `limit`, … */
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** A failure of the schema: match on `code` or `__typename`. */
export type DomainFailure = FailureFieldsFragment;

/** Whatever may go wrong, told apart by `__typename`; all have `code`, `message` and `retryable`. */
export type Failure = DomainFailure | RequestFailure;

/** A value, or why there is none. */
export type Outcome<Value, Problem = Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Problem };

/** Thrown by streams alone, where going on makes no sense: no right, no such phone, a cursor of another gateway. */
export class StreamError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'StreamError';
    this.failure = failure;
  }
}

/** An error as GraphQL answers hold it. */
export interface GraphqlError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

const RETRYABLE: readonly RequestFailureCode[] = ['GATEWAY_UNREACHABLE', 'UPSTREAM_UNAVAILABLE', 'INTERNAL'];

/** Makes a {@link RequestFailure}. */
export function requestFailure(
  code: RequestFailureCode,
  message: string,
  extensions: RequestFailure['extensions'] = {},
): RequestFailure {
  return { __typename: 'RequestFailure', code, message, retryable: RETRYABLE.includes(code), extensions };
}

/** The failure of an answer with `errors`: the first one counts. */
export function failureOfErrors([first]: readonly GraphqlError[]): RequestFailure {
  const { code, ...extensions } = first?.extensions ?? {};
  return requestFailure(typeof code === 'string' ? code : 'INTERNAL', first?.message ?? 'An error', extensions);
}
