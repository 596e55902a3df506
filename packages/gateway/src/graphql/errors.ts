import { GraphQLError } from 'graphql';
import { ForbiddenError, RequestError } from '../application.ts';
import type { RateLimitedError } from '../request-error.ts';
import { isStoreAway } from '../store/store-away.ts';

/**
 * Codes of `errors`: those of the contract, and for requests that are no valid GraphQL those that GraphQL servers and
 * clients have in common.
 */
export type ErrorCode =
  | RequestError['code']
  | 'INTERNAL'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'BAD_REQUEST'
  | 'LIMIT_EXCEEDED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_ONLY';

/** Called with whatever the caller was not told, and the id that the caller was told instead. */
export type OnInternalError = (error: unknown, requestId: string) => void;

/** Whose errors are presented, and who hears of those that are masked. */
export interface ErrorScope {
  readonly requestId: string;
  readonly onInternalError: OnInternalError;
}

/** An error with one of our codes. */
export function codedError(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** The one answer to whoever gives no valid credential, whatever was asked. */
export function unauthenticated(): GraphQLError {
  return codedError('UNAUTHENTICATED', 'A valid API key is needed: Authorization: Bearer KEY.');
}

/** Too much of something; over HTTP with the header that says when to come back. */
export function rateLimited({ message, limit, retryAfterSeconds }: RateLimitedError): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED' satisfies ErrorCode,
      limit,
      retryAfterSeconds,
      http: { status: 429, headers: { 'Retry-After': String(retryAfterSeconds) } },
    },
  });
}

/** What HTTP alone needs is told to nobody else. */
export function withoutHttp({ message, extensions }: GraphQLError): GraphQLError {
  const { http: _http, ...rest } = extensions;
  return new GraphQLError(message, { extensions: rest });
}

/** The last word of a subscription whose key was revoked or whose credential has expired. */
export function sessionOver(): GraphQLError {
  return codedError('UNAUTHENTICATED', 'The key was revoked, or the credential has expired.');
}

/**
 * Makes of anything thrown what the caller may see: a {@link RequestError} with its code, an error of ours as it is, and
 * everything else as INTERNAL with the request's id, after it has been reported.
 */
export function presentError(error: unknown, scope: ErrorScope): GraphQLError {
  const cause = causeOf(error);
  const place = error instanceof GraphQLError ? error : undefined;
  if (cause instanceof ForbiddenError) {
    return new GraphQLError(cause.message, {
      ...placeOf(place),
      extensions: { code: cause.code, scope: cause.scope },
    });
  }
  if (isStoreAway(cause)) {
    scope.onInternalError(cause, scope.requestId);
    return withCode(`${cause.message} ${ASK_AGAIN}`, 'STORE_UNAVAILABLE' satisfies ErrorCode, place);
  }
  if (cause instanceof RequestError) return withCode(cause.message, cause.code, place);
  if (cause instanceof GraphQLError) {
    const { code } = cause.extensions;
    if (typeof code === 'string') return cause === place ? cause : withCode(cause.message, code, place);
    // graphql-js points at the argument that it could not coerce while it executes; its other errors are ours.
    if (cause.nodes !== undefined) return withCode(cause.message, 'BAD_USER_INPUT', place);
  }
  scope.onInternalError(cause, scope.requestId);
  return new GraphQLError('Internal error', {
    ...placeOf(place),
    extensions: { code: 'INTERNAL' satisfies ErrorCode, requestId: scope.requestId },
  });
}

const ASK_AGAIN = 'No phone was told anything by this. Ask again when /health/ready says that the gateway is ready.';

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? causeOf(error.originalError) : error;
}

function withCode(message: string, code: string, place: GraphQLError | undefined): GraphQLError {
  return new GraphQLError(message, { ...placeOf(place), extensions: { code } });
}

function placeOf(place: GraphQLError | undefined) {
  return { nodes: place?.nodes ?? null, path: place?.path ?? null };
}
