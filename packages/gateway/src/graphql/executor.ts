import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  subscribe,
} from 'graphql';
import { inRequest } from '../observability/request-scope.ts';
import type { GraphqlContext } from './context.ts';
import { createDocuments } from './documents.ts';
import { type ErrorScope, type OnInternalError, presentError } from './errors.ts';
import { checkVariables } from './variables.ts';

/** One operation, read and checked. */
export interface Operation extends Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'> {
  readonly contextValue: GraphqlContext;
}

/** The results of a subscription. `return()` ends its source at once. */
type ResultStream = AsyncIterableIterator<ExecutionResult>;

/** What every transport runs operations with, so that they answer alike. Its errors are fit to be sent as they are. */
export interface Executor {
  readonly schema: GraphQLSchema;
  /** Throws a GraphQLError GRAPHQL_PARSE_FAILED. */
  parse(source: string): DocumentNode;
  validate(document: DocumentNode): readonly GraphQLError[];
  execute(operation: Operation): Promise<ExecutionResult>;
  subscribe(operation: Operation): Promise<ExecutionResult | ResultStream>;
}

/** An {@link Executor} of that schema. */
export function createExecutor(schema: GraphQLSchema, onInternalError: OnInternalError): Executor {
  const documents = createDocuments(schema);
  const scopeOf = ({ contextValue }: Operation): ErrorScope => ({ requestId: contextValue.requestId, onInternalError });
  const refusal = ({ document, operationName, variableValues }: Operation): ExecutionResult | null => {
    const operation = getOperationAST(document, operationName);
    const errors = operation ? checkVariables(schema, operation, variableValues ?? {}) : [];
    return errors.length > 0 ? { errors } : null;
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
      const refused = refusal(operation);
      if (refused !== null) return refused;
      const result = await subscribe({ ...operation, schema });
      return Symbol.asyncIterator in result
        ? presentedStream(result, scopeOf(operation))
        : presented(result, scopeOf(operation));
    },
  };
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

/** Where the source fails, the stream says so in its last result: a broken stream would tell the client nothing. */
function presentedStream(results: AsyncGenerator<ExecutionResult, void, void>, scope: ErrorScope): ResultStream {
  let failed = false;
  return {
    async next() {
      if (failed) return { done: true, value: undefined };
      try {
        const result = await results.next();
        return result.done ? { done: true, value: undefined } : { done: false, value: presented(result.value, scope) };
      } catch (error) {
        failed = true;
        return { done: false, value: { errors: [presentError(error, scope)] } };
      }
    },
    async return() {
      failed = true;
      await results.return();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await results.return();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
