import type { IncomingMessage, ServerResponse } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Application } from '../application.ts';
import { type ApiLimits, DEFAULT_LIMITS } from '../config/api.ts';
import { createContext, plainContext } from '../graphql/context.ts';
import { type OnInternalError, unauthenticated } from '../graphql/errors.ts';
import { createExecutor } from '../graphql/executor.ts';
import { createPersistedDocuments, type PersistedDocuments } from '../graphql/persisted.ts';
import { createSchema } from '../graphql/schema.ts';
import { RateLimitedError } from '../request-error.ts';
import type { Authenticator } from '../security/authenticator.ts';
import type { OnSecurityEvent } from '../security/security-events.ts';
import { bearerKey, sessionOf } from './credentials.ts';
import { type GraphiqlSetup, graphiqlPolicy, renderGraphiqlPage } from './graphiql.ts';
import {
  type HttpExchange,
  limitOperations,
  refuseAnonymous,
  refuseForeignPages,
  refuseLarge,
  useExecutor,
  usePersisted,
  useResults,
} from './graphql-plugins.ts';
import { guardPage } from './page-guard.ts';
import { readBody } from './read-body.ts';
import { exchangeId, REQUEST_ID_HEADER } from './request-id.ts';

/** What the HTTP side of the API is made of. */
export interface GraphqlHandlerOptions {
  readonly application: Application;
  readonly authenticator: Authenticator;
  readonly onSecurityEvent?: OnSecurityEvent | undefined;
  /** Left out: {@link DEFAULT_LIMITS}. */
  readonly limits?: ApiLimits | undefined;
  /** Left out: only those that clients bring. */
  readonly persisted?: PersistedDocuments | undefined;
  /** Hears of every error that the caller was shown as INTERNAL. */
  readonly onInternalError: OnInternalError;
  /** `/graphql` */
  readonly path?: string | undefined;
  /** What GraphiQL opens with; false: no page. */
  readonly graphiql?: GraphiqlSetup | false | undefined;
  /** Origins of other hosts whose pages may use the API, e.g. `https://console.example`. */
  readonly allowedOrigins?: readonly string[] | undefined;
}

/** Answers requests of `node:http`: GraphQL by GET, POST and server-sent events, and GraphiQL. */
export interface GraphqlHandler {
  (request: IncomingMessage, response: ServerResponse): void;
  /** Cuts the event streams that are open, so that their clients connect again, and every later one. */
  drain(): void;
}

/**
 * Makes the handler. It takes any path but answers only its own. The request's id is what `x-request-id` of the
 * response holds already, else what the request brings, else a new one.
 */
export function createGraphqlHandler(options: GraphqlHandlerOptions): GraphqlHandler {
  const { application, authenticator, onInternalError, onSecurityEvent, path = '/graphql' } = options;
  const { limits = DEFAULT_LIMITS, persisted = createPersistedDocuments(), allowedOrigins = [] } = options;
  const streams = new Set<ServerResponse>();
  let isDraining = false;
  const onStream = (response: ServerResponse) => {
    if (isDraining) response.destroy();
    streams.add(response);
    response.once('close', () => streams.delete(response));
  };
  const shown = page(options.graphiql ?? {});
  const yoga = createYoga<HttpExchange>({
    graphqlEndpoint: path,
    context: ({ session, requestId }) => {
      if (session === null) throw unauthenticated();
      return plainContext(createContext({ application, session, requestId, onSecurityEvent }));
    },
    graphiql: shown.graphiql,
    ...(shown.renderGraphiQL && { renderGraphiQL: shown.renderGraphiQL }),
    cors: crossOrigin(allowedOrigins),
    // Read, and limited, before: streams as Yoga reads them cost a tenth of a request.
    maxRequestBodySize: false,
    // The executor masks errors and keeps documents, over WebSocket too.
    maskedErrors: false,
    parserAndValidationCache: false,
    batching: false,
    extraParamNames: ['documentId'],
    multipart: false,
    landingPage: false,
    logging: false,
    plugins: [
      ...shown.guards,
      refuseAnonymous(),
      limitOperations(),
      refuseForeignPages(allowedOrigins),
      refuseLarge(),
      usePersisted(persisted),
      useExecutor(createExecutor(createSchema(), { limits, onInternalError })),
      useResults(onInternalError, onStream),
    ],
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = exchangeId(request, response);
    const key = bearerKey(request.headers.authorization);
    const found = await sessionOf(authenticator, key, request.socket.remoteAddress);
    const limited = found instanceof RateLimitedError ? found : null;
    const session = found instanceof RateLimitedError ? null : found;
    // Nothing is read of whoever is nobody.
    const isRead = session !== null && request.method === 'POST';
    const body = isRead ? await readBody(request, limits.bodyBytes) : undefined;
    // What is left of it is not waited for.
    if (body === null) response.setHeader('connection', 'close');
    // Where it stands, Yoga takes it from there.
    else if (body !== undefined && body.length > 0) Object.assign(request, { body: body.toString() });
    await yoga(request, response, { session, limited, isLarge: body === null, requestId, request, response });
  };
  const handler = (request: IncomingMessage, response: ServerResponse) => void answer(request, response);
  const drain = () => {
    isDraining = true;
    for (const response of streams) response.destroy();
  };
  return Object.assign(handler, { drain });
}

/** The page, rendered once, as Yoga takes it, and what guards it. */
function page(setup: GraphiqlSetup | false) {
  if (setup === false) return { graphiql: false, guards: [] };
  let rendered: Promise<string> | undefined;
  let policy: string | undefined;
  return {
    graphiql: true,
    renderGraphiQL: () => {
      rendered ??= renderGraphiqlPage(setup);
      return rendered;
    },
    guards: [
      guardPage(async () => {
        policy ??= graphiqlPolicy((await rendered) ?? '');
        return policy;
      }),
    ],
  };
}

function crossOrigin(origins: readonly string[]) {
  if (origins.length === 0) return false;
  return {
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'accept', REQUEST_ID_HEADER],
    exposedHeaders: [REQUEST_ID_HEADER, 'retry-after'],
  };
}
