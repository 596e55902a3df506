import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { GraphqlContext } from '../graphql/context.ts';
import { codedError, type OnInternalError, unauthenticated } from '../graphql/errors.ts';
import type { Executor } from '../graphql/executor.ts';
import type { Caller } from '../model.ts';
import { presentResult } from './graphql-http-errors.ts';

/** What is known of a request before its GraphQL is read. */
export interface HttpExchange extends Record<string, unknown> {
  /** Null: nobody. */
  readonly caller: Caller | null;
  readonly requestId: string;
  readonly response: ServerResponse;
}

/** Answers whoever gives no valid key before anything of the request is read: all get the same answer to anything. */
export function refuseAnonymous(): Plugin<object, HttpExchange> {
  return {
    onRequestParse({ serverContext, setRequestParser }) {
      if (serverContext.caller === null) setRequestParser(() => ({ query: '{ __typename }' }));
    },
    onParams({ context, setResult }) {
      if (context.caller === null) setResult({ errors: [unauthenticated()] });
    },
  };
}

/** Lets the executor do what it does for every transport. */
export function useExecutor(executor: Executor): Plugin<GraphqlContext, HttpExchange> {
  return {
    onParams({ params }) {
      // Yoga checks the other parameters.
      const operationName: unknown = params.operationName ?? undefined;
      if (operationName !== undefined && typeof operationName !== 'string') {
        throw codedError('BAD_REQUEST', 'Expected "operationName" to be a string.');
      }
    },
    onParse({ setParseFn }) {
      setParseFn((source) => executor.parse(typeof source === 'string' ? source : source.body));
    },
    onValidate({ setValidationFn }) {
      // Copies: the server writes a status into them, and the executor keeps them for others.
      setValidationFn((_schema, document) =>
        executor
          .validate(document)
          .map(
            ({ message, nodes = null, extensions }) =>
              new GraphQLError(message, { nodes, extensions: { ...extensions } }),
          ),
      );
    },
    onExecute({ setExecuteFn }) {
      setExecuteFn((args) => executor.execute({ ...args, contextValue: args.contextValue as GraphqlContext }));
    },
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn((args) => executor.subscribe({ ...args, contextValue: args.contextValue as GraphqlContext }));
    },
  };
}

/** Makes results fit to be sent, and tells of each response that is going to be a stream. */
export function useResults(
  onInternalError: OnInternalError,
  onStream: (response: ServerResponse) => void,
): Plugin<object, HttpExchange> {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      if (isAsyncIterable(result)) onStream(serverContext.response);
      else if (!Array.isArray(result))
        setResult(presentResult(result, { requestId: serverContext.requestId, onInternalError }));
    },
  };
}
