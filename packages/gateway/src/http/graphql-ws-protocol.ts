import { GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import { CloseCode, type Context, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { Application } from '../application.ts';
import { createContext } from '../graphql/context.ts';
import { codedError, type OnInternalError, presentError, rateLimited, unauthenticated } from '../graphql/errors.ts';
import type { Executor, Operation } from '../graphql/executor.ts';
import type { Outlet } from '../graphql/followed-subscription.ts';
import { limitExceeded } from '../graphql/measure.ts';
import type { PersistedDocuments } from '../graphql/persisted.ts';
import { RateLimitedError } from '../request-error.ts';
import type { Authenticator, Session } from '../security/authenticator.ts';
import type { OnSecurityEvent } from '../security/security-events.ts';
import { bearerKey, payloadKey, sessionOf } from './credentials.ts';
import { newRequestId } from './request-id.ts';

/** What the protocol knows of a socket beside its messages. */
export interface SocketExtra {
  /** Of the request that it was opened with; null once it is known who it is. */
  upgrade: { readonly authorization: string | undefined; readonly address: string | undefined } | null;
  /** Null: nobody yet. */
  session: Session | null;
  /** Nobody has to be told any more when the session is over. */
  stopWaiting: (() => void) | null;
  close(code: number, reason: string): void;
  /** Where the results of a subscription of that id may be sent without the protocol's server. */
  outlet(id: string): Outlet;
}

/** What is prepared for the protocol's server, and handed back by it. */
interface Prepared extends Operation {
  readonly schema: GraphQLSchema;
  readonly outlet: Outlet;
}

/** The graphql-transport-ws protocol, for any number of sockets. */
export interface Protocol {
  readonly server: Server<SocketExtra>;
  /** Resolves as soon as no query and no mutation is running. */
  idle(): Promise<void>;
}

/** What a {@link Protocol} is made of. */
export interface ProtocolOptions {
  readonly application: Application;
  readonly authenticator: Authenticator;
  readonly onSecurityEvent?: OnSecurityEvent | undefined;
  readonly persisted: PersistedDocuments;
  /** That run at once on one socket. */
  readonly maxOperations: number;
  readonly executor: Executor;
  readonly onInternalError: OnInternalError;
  readonly connectionInitTimeoutMs: number;
}

/** As HTTP's 429; graphql-ws clients do not connect again at once. */
const TOO_MANY_REQUESTS = 4429;

type Socket = Context<Record<string, unknown>, SocketExtra>;

/** Makes the protocol's server. Every operation is a request of its own, with an id of its own. */
export function createProtocol(options: ProtocolOptions): Protocol {
  const { application, authenticator, executor, onInternalError, onSecurityEvent } = options;
  const running = new Set<Promise<unknown>>();
  const track = <Result>(operation: Promise<Result>): Promise<Result> => {
    running.add(operation);
    operation.finally(() => running.delete(operation)).catch(() => {});
    return operation;
  };
  const server = makeServer<Record<string, unknown>, SocketExtra>({
    connectionInitWaitTimeout: options.connectionInitTimeoutMs,
    async onConnect({ connectionParams, extra }) {
      const key = payloadKey(connectionParams) ?? bearerKey(extra.upgrade?.authorization);
      const session = await sessionOf(authenticator, key, extra.upgrade?.address);
      extra.upgrade = null;
      if (session instanceof RateLimitedError) {
        extra.close(TOO_MANY_REQUESTS, session.message);
        return false;
      }
      if (session === null) return false;
      // An idle socket is closed too: its client should learn that it is nobody any more.
      extra.stopWaiting = session.onOver(() => extra.close(CloseCode.Forbidden, 'Forbidden'));
      extra.session = session;
      return true;
    },
    onClose({ extra }) {
      extra.stopWaiting?.();
    },
    onSubscribe(socket, id, payload) {
      return prepare(socket, id, payload);
    },
    execute: (args) => track(executor.execute(prepared(args))),
    subscribe(args) {
      const operation = prepared(args);
      return executor.subscribe(operation, operation.outlet);
    },
  });

  function prepare(socket: Socket, id: string, payload: SubscribePayload): Prepared | readonly GraphQLError[] {
    const { session } = socket.extra;
    const requestId = newRequestId();
    if (session === null || session.isOver()) {
      socket.extra.close(CloseCode.Forbidden, 'Forbidden');
      return [unauthenticated()];
    }
    try {
      session.begin();
      if (Object.keys(socket.subscriptions).length > options.maxOperations) {
        return [limitExceeded('operationsPerSocket', options.maxOperations)];
      }
      const text = options.persisted.textOf(payload);
      const document = executor.parse(typeof text === 'string' ? text : '');
      const errors = executor.validate(document);
      if (errors.length > 0) return errors;
      const { operationName = null, variables = null } = payload;
      if (!getOperationAST(document, operationName)) return [unidentified()];
      return {
        schema: executor.schema,
        document,
        operationName,
        variableValues: variables,
        contextValue: createContext({ application, session, requestId, onSecurityEvent }),
        outlet: socket.extra.outlet(id),
      };
    } catch (error) {
      if (error instanceof RateLimitedError) return [withoutHttp(rateLimited(error))];
      // The library would close the socket, and with it what the client runs beside this.
      return [presentError(error, { requestId, onInternalError })];
    }
  }
  return {
    server,
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

/** What `prepare` made: the library passes it through as it is. */
function prepared(args: object): Prepared {
  return args as Prepared;
}

/** What HTTP alone needs is told to nobody. */
function withoutHttp({ message, extensions }: GraphQLError): GraphQLError {
  const { http: _http, ...rest } = extensions;
  return new GraphQLError(message, { extensions: rest });
}

function unidentified() {
  return codedError(
    'OPERATION_RESOLUTION_FAILURE',
    'The document has no operation of that name, or several and no name.',
  );
}
