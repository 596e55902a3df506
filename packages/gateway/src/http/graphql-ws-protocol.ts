import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { getOperationAST } from 'graphql';
import { CloseCode, type Context, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { Application } from '../application.ts';
import { createContext } from '../graphql/context.ts';
import { codedError, type OnInternalError, presentError, unauthenticated } from '../graphql/errors.ts';
import type { Executor, Operation } from '../graphql/executor.ts';
import { bearerKey, callerOf, payloadKey } from './credentials.ts';

/** What the protocol knows of a socket beside its messages. */
export interface SocketExtra {
  /** The request that it was opened with. */
  readonly request: IncomingMessage;
  readonly close: (code: number, reason: string) => void;
}

/** The graphql-transport-ws protocol, for any number of sockets. */
export interface Protocol {
  readonly server: Server<SocketExtra>;
  /** Whether the key that the socket gave is still somebody's. */
  isAuthenticated(extra: SocketExtra): boolean;
  /** Resolves as soon as no query and no mutation is running. */
  idle(): Promise<void>;
}

/** What a {@link Protocol} is made of. */
export interface ProtocolOptions {
  readonly application: Application;
  readonly executor: Executor;
  readonly onInternalError: OnInternalError;
  readonly connectionInitTimeoutMs: number;
}

type Socket = Context<Record<string, unknown>, SocketExtra>;

/** Makes the protocol's server. Every operation is a request of its own, with an id of its own. */
export function createProtocol(options: ProtocolOptions): Protocol {
  const { application, executor, onInternalError } = options;
  const running = new Set<Promise<unknown>>();
  const keys = new WeakMap<SocketExtra, string | null>();
  const callerBehind = (extra: SocketExtra) => callerOf(application, keys.get(extra) ?? null);
  const track = <Result>(operation: Promise<Result>): Promise<Result> => {
    running.add(operation);
    operation.finally(() => running.delete(operation)).catch(() => {});
    return operation;
  };
  const server = makeServer<Record<string, unknown>, SocketExtra>({
    connectionInitWaitTimeout: options.connectionInitTimeoutMs,
    onConnect(socket) {
      keys.set(
        socket.extra,
        payloadKey(socket.connectionParams) ?? bearerKey(socket.extra.request.headers.authorization),
      );
      return callerBehind(socket.extra) !== null;
    },
    onSubscribe(socket, _id, payload) {
      return prepare(socket, payload);
    },
    execute: (args) => track(executor.execute(operationOf(args))),
    subscribe: (args) => executor.subscribe(operationOf(args)),
  });

  function prepare(socket: Socket, payload: SubscribePayload) {
    const caller = callerBehind(socket.extra);
    const requestId = randomUUID();
    if (caller === null) {
      socket.extra.close(CloseCode.Forbidden, 'Forbidden');
      return [unauthenticated()];
    }
    try {
      const document = executor.parse(payload.query);
      const errors = executor.validate(document);
      if (errors.length > 0) return errors;
      const { operationName = null, variables = null } = payload;
      if (!getOperationAST(document, operationName)) return [unidentified()];
      return {
        schema: executor.schema,
        document,
        operationName,
        variableValues: variables,
        contextValue: createContext({ application, caller, requestId }),
      };
    } catch (error) {
      // The library would close the socket, and with it what the client runs beside this.
      return [presentError(error, { requestId, onInternalError })];
    }
  }
  return {
    server,
    isAuthenticated: (extra) => !keys.has(extra) || callerBehind(extra) !== null,
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

function operationOf(args: { readonly contextValue?: unknown } & Omit<Operation, 'contextValue'>): Operation {
  return { ...args, contextValue: args.contextValue as Operation['contextValue'] };
}

function unidentified() {
  return codedError(
    'OPERATION_RESOLUTION_FAILURE',
    'The document has no operation of that name, or several and no name.',
  );
}
