import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
} from 'graphql';
import type { ApiLimits } from '../config/api.ts';
import { inRequest } from '../observability/request-scope.ts';
import type { Session } from '../security/authenticator.ts';
import type { GraphqlContext } from './context.ts';
import { costOf } from './cost.ts';
import { createDocuments } from './documents.ts';
import { type ErrorScope, type OnInternalError, presentError, sessionOver } from './errors.ts';
import { isFollowable } from './followable.ts';
import { type FollowedBy, followSubscription, type Outlet, type Running } from './followed-subscription.ts';
import { createInterruption } from './interruption.ts';
import { limitExceeded } from './measure.ts';
import { pumpResults } from './pump-results.ts';
import { createSharedResults } from './shared-results.ts';
import { checkVariables } from './variables.ts';

/** One operation, read and checked. */
export interface Operation extends Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'> {
  readonly contextValue: GraphqlContext;
}

/** The results of a subscription. `return()` ends its source at once. */
export type ResultStream = AsyncIterableIterator<ExecutionResult>;

/** What every transport runs operations with, so that they answer alike. Its errors are fit to be sent as they are. */
export interface Executor {
  readonly schema: GraphQLSchema;
  /** Throws a GraphQLError GRAPHQL_PARSE_FAILED. */
  parse(source: string): DocumentNode;
  validate(document: DocumentNode): readonly GraphQLError[];
  execute(operation: Operation): Promise<ExecutionResult>;
  subscribe(operation: Operation): Promise<ExecutionResult | ResultStream>;
  /** Sends the results to an outlet; of events what is the same for several subscribers is executed and serialised once. */
  follow(operation: Operation, outlet: Outlet): Promise<ExecutionResult | Running>;
}

/** An {@link Executor} of that schema. */
export function createExecutor(
  schema: GraphQLSchema,
  { limits, onInternalError }: { readonly limits: ApiLimits; readonly onInternalError: OnInternalError },
): Executor {
  const documents = createDocuments(schema, limits);
  const results = createSharedResults(schema);
  const followedBy: FollowedBy = { schema, onInternalError, present: presented };
  const scopeOf = ({ contextValue }: Operation): ErrorScope => ({ requestId: contextValue.requestId, onInternalError });
  const refusal = ({ document, operationName, variableValues }: Operation): ExecutionResult | null => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return null;
    const variables = variableValues ?? {};
    const errors = checkVariables(schema, operation, variables);
    if (errors.length > 0) return { errors };
    // With the defaults: what is left out may be the largest of all.
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    return costOf(schema, { document, operation }, coerced ?? variables) > limits.cost
      ? { errors: [limitExceeded('cost', limits.cost)] }
      : null;
  };
  const sourceOf = async (operation: Operation): Promise<AsyncIterable<unknown> | ExecutionResult> => {
    const refused = refusal(operation);
    if (refused !== null) return refused;
    const source = await createSourceEventStream({ ...operation, schema });
    return Symbol.asyncIterator in source ? source : presented(source, scopeOf(operation));
  };
  const streamOf = (source: AsyncIterable<unknown>, operation: Operation): ResultStream => {
    const run = (rootValue: unknown) => execute({ ...operation, schema, rootValue });
    return presentedStream(resultsOf(source, run), scopeOf(operation), operation.contextValue.session);
  };
  return {
    schema,
    parse: documents.parse,
    validate: documents.validate,
    async execute(operation) {
      const { requestId } = operation.contextValue;
      const run = async () => await execute({ ...operation, schema });
      return refusal(operation) ?? presented(await inRequest(requestId, run), scopeOf(operation));
    },
    async subscribe(operation) {
      const source = await sourceOf(operation);
      return Symbol.asyncIterator in source ? streamOf(source, operation) : source;
    },
    async follow(operation, outlet) {
      const source = await sourceOf(operation);
      if (!(Symbol.asyncIterator in source)) return source;
      const { requestId } = operation.contextValue;
      const onError = (error: unknown) => onInternalError(error, requestId);
      if (!isFollowable(source)) return pumpResults(streamOf(source, operation), outlet, onError);
      return followSubscription(source, followedBy, { operation, outlet, shared: results.of(operation) });
    },
  };
}

/** What the specification calls MapSourceToResponseEvent. */
function resultsOf(
  source: AsyncIterable<unknown>,
  run: (update: unknown) => ExecutionResult | Promise<ExecutionResult>,
): Results {
  const updates = source[Symbol.asyncIterator]();
  return {
    async next() {
      const { done, value } = await updates.next();
      return done === true ? { done: true, value: undefined } : { done: false, value: await run(value) };
    },
    async return() {
      await updates.return?.();
    },
  };
}

/** The results of a subscription as they are executed. */
interface Results {
  next(): Promise<IteratorResult<ExecutionResult, undefined>>;
  return(): Promise<void>;
}

function presented(result: ExecutionResult, scope: ErrorScope): ExecutionResult {
  if (result.errors === undefined) return result;
  // Without data the operation never began: it could not be identified.
  const present = (error: GraphQLError) => {
    if (!('data' in result) && error.path === undefined && error.originalError === undefined) {
      error.extensions.code ??= 'OPERATION_RESOLUTION_FAILURE';
    }
    return presentError(error, scope);
  };
  return { ...result, errors: result.errors.map(present) };
}

/**
 * Where the source fails, or the session is over, the stream says so in its last result: a broken stream would tell the
 * client nothing.
 */
function presentedStream(results: Results, scope: ErrorScope, session: Session): ResultStream {
  const done = { done: true, value: undefined } as const;
  let ended = false;
  const over = createInterruption<null>();
  const watcher = { sessionOver: () => over.end(null) };
  session.watch(watcher);
  const end = async (): Promise<void> => {
    ended = true;
    session.unwatch(watcher);
    await results.return();
  };
  const last = (error: GraphQLError): IteratorResult<ExecutionResult, undefined> => {
    // Not waited for: the source may be in the middle of a step.
    end().catch(() => {});
    return { done: false, value: { errors: [error] } };
  };
  return {
    async next() {
      if (ended) return done;
      try {
        const result = session.isOver() ? null : await over.race(results.next());
        if (result === null || session.isOver()) return last(sessionOver());
        if (!result.done) return { done: false, value: presented(result.value, scope) };
        await end();
        return done;
      } catch (error) {
        return last(presentError(error, scope));
      }
    },
    async return() {
      await end();
      return done;
    },
    async throw(error: unknown) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
