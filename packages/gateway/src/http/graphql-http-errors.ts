import { type ExecutionResult, GraphQLError } from 'graphql';
import { codedError, type ErrorCode, type ErrorScope, presentError } from '../graphql/errors.ts';

interface Status {
  readonly status: number;
  readonly spec: boolean;
  readonly headers?: Record<string, string>;
}

/**
 * Statuses of operations that never began. `spec`: only for clients that accept `application/graphql-response+json`;
 * those of the older `application/json` get 200 for whatever is well-formed (GraphQL over HTTP).
 */
const STATUSES: ReadonlyMap<unknown, Status> = new Map<ErrorCode, Status>([
  ['GRAPHQL_PARSE_FAILED', { status: 400, spec: true }],
  ['GRAPHQL_VALIDATION_FAILED', { status: 400, spec: true }],
  ['OPERATION_RESOLUTION_FAILURE', { status: 400, spec: true }],
  ['BAD_USER_INPUT', { status: 400, spec: true }],
  ['NOT_FOUND', { status: 404, spec: true }],
  ['LIMIT_EXCEEDED', { status: 400, spec: true }],
  ['PERSISTED_QUERY_NOT_FOUND', { status: 404, spec: true }],
  ['PERSISTED_QUERY_ONLY', { status: 403, spec: true }],
  ['FORBIDDEN', { status: 403, spec: true }],
  ['RATE_LIMITED', { status: 429, spec: false }],
  ['UNAUTHENTICATED', { status: 401, spec: false, headers: { 'WWW-Authenticate': 'Bearer' } }],
  ['BAD_REQUEST', { status: 400, spec: false }],
  ['STORE_UNAVAILABLE', { status: 503, spec: true }],
  ['INTERNAL', { status: 500, spec: false }],
]);

/** A result as HTTP sends it: whatever went wrong before or beside the execution too, each request error with its status. */
export function presentResult(result: ExecutionResult, scope: ErrorScope): ExecutionResult {
  const { errors, ...rest } = result;
  if (errors === undefined) return result;
  const presented = errors.map((error) => presentHttpError(error, scope));
  return { ...rest, errors: 'data' in result ? presented : presented.map(withStatus) };
}

function presentHttpError(error: GraphQLError, scope: ErrorScope): GraphQLError {
  if (error.originalError instanceof SyntaxError) return codedError('BAD_REQUEST', 'The request holds malformed JSON.');
  const { http, code } = error.extensions;
  if (http === undefined) return presentError(error, scope);
  // Yoga's own. What it quotes of the body (`originalError`) stays here.
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    extensions: { ...error.extensions, originalError: undefined, code: code ?? 'BAD_REQUEST' },
  });
}

function withStatus(error: GraphQLError): GraphQLError {
  const { message, nodes = null, path = null, extensions } = error;
  const known = STATUSES.get(extensions.code);
  const http = { ...known, ...extensions.http, spec: known?.spec ?? false };
  return new GraphQLError(message, { nodes, path, extensions: { ...extensions, http } });
}
