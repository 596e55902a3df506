import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { GraphqlContext } from '../graphql/context.ts';
import { codedError, type OnInternalError, rateLimited, unauthenticated } from '../graphql/errors.ts';
import type { Executor } from '../graphql/executor.ts';
import type { PersistedDocuments } from '../graphql/persisted.ts';
import { RateLimitedError } from '../request-error.ts';
import type { Session } from '../security/authenticator.ts';
import { presentResult } from './graphql-http-errors.ts';
import { isOriginAllowed } from './origin.ts';

/** What is known of a request before its GraphQL is read. */
export interface HttpExchange extends Record<string, unknown> {
  /** Null: nobody. */
  readonly session: Session | null;
  /** Too many credentials were refused from there; then there is no session. */
  readonly limited: RateLimitedError | null;
  /** The body is longer than allowed, and was not read to its end. */
  readonly isLarge: boolean;
  readonly requestId: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Answers whoever gives no valid key before anything of the request is read: all get the same answer to anything. */
export function refuseAnonymous(): Plugin<object, HttpExchange> {
  return {
    onRequestParse({ serverContext, setRequestParser }) {
      if (serverContext.session === null) setRequestParser(() => ({ query: '{ __typename }' }));
    },
    onParams({ context, setResult }) {
      if (context.session !== null) return;
      const { limited } = context;
      setResult({ errors: [limited === null ? unauthenticated() : rateLimited(limited)] });
    },
  };
}

/** Counts operations, by caller. */
export function limitOperations(): Plugin<object, HttpExchange> {
  return {
    onParams({ context, setResult }) {
      try {
        context.session?.begin();
      } catch (error) {
        if (!(error instanceof RateLimitedError)) throw error;
        setResult({ errors: [rateLimited(error)] });
      }
    },
  };
}

const JSON_TYPES = /^application\/(?:json|graphql|graphql\+json)\s*(?:;|$)/i;

/**
 * Lets no page of another host have anything done with a caller's rights: none of a foreign origin, and no request that
 * a browser sends without asking first (forms, plain text). The key in a header is the first guard; this is the second.
 */
export function refuseForeignPages(allowedOrigins: readonly string[]): Plugin<object, HttpExchange> {
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (serverContext.session === null) return;
      const refuse = (status: number, message: string): void =>
        setRequestParser(() => {
          throw new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status } } });
        });
      if (!isOriginAllowed(serverContext.request, allowedOrigins)) refuse(403, 'Pages of this origin may not ask.');
      else if (request.method === 'POST' && !JSON_TYPES.test(request.headers.get('content-type') ?? '')) {
        refuse(415, 'The body must be application/json.');
      }
    },
  };
}

/** Answers whoever sends a body that is longer than allowed. */
export function refuseLarge(): Plugin<object, HttpExchange> {
  return {
    onRequestParse({ serverContext, setRequestParser }) {
      if (!serverContext.isLarge) return;
      setRequestParser(() => {
        const extensions = { code: 'REQUEST_ENTITY_TOO_LARGE', http: { status: 413 } };
        throw new GraphQLError('Request body too large', { extensions });
      });
    },
  };
}

/** Puts the text of the document that is meant in the place of its id. */
export function usePersisted(persisted: PersistedDocuments): Plugin<object, HttpExchange> {
  return {
    onParams({ params, request, setParams, context }) {
      if (context.session === null || typeof params !== 'object' || params === null || Array.isArray(params)) return;
      const given: object = params;
      const fromBody = 'documentId' in given ? given.documentId : undefined;
      const documentId = fromBody ?? documentIdOf(request.url);
      const query = persisted.textOf({ ...params, documentId });
      // What is no text is refused by the checks that follow.
      setParams({ ...params, query: query as string, ...('documentId' in given && { documentId: undefined }) });
    },
  };
}

/** Most requests come by POST, without a query string. */
function documentIdOf(url: string): string | undefined {
  return url.includes('?') ? (new URL(url).searchParams.get('documentId') ?? undefined) : undefined;
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
