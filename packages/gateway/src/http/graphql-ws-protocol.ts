import { type GraphQLError, getOperationAST, type OperationTypeNode } from 'graphql';
import type { Application } from '../application.ts';
import { createContext } from '../graphql/context.ts';
import { codedError, type OnInternalError, presentError, rateLimited, withoutHttp } from '../graphql/errors.ts';
import type { Executor, Operation } from '../graphql/executor.ts';
import { limitExceeded } from '../graphql/measure.ts';
import type { PersistedDocuments } from '../graphql/persisted.ts';
import { RateLimitedError } from '../request-error.ts';
import type { Authenticator, Session } from '../security/authenticator.ts';
import type { OnSecurityEvent } from '../security/security-events.ts';
import { bearerKey, payloadKey, sessionOf } from './credentials.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import type { WsConnection } from './graphql-ws-connection.ts';
import { CLOSE, type SubscribePayload } from './graphql-ws-messages.ts';
import { newRequestId } from './request-id.ts';

/** What a peer says who it is with. */
export interface Greeting {
  /** The payload of its `connection_init`. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Of the request that its socket was opened with. */
  readonly upgrade: { readonly authorization: string | undefined; readonly address: string | undefined };
}

/** A peer that is not let in, and with what its socket is closed. */
export interface Refused {
  readonly code: number;
  readonly refused: string;
}

/** An operation that may be run. */
export interface Prepared {
  readonly kind: OperationTypeNode;
  readonly operation: Operation;
}

/** What all connections share. */
export interface Protocol {
  readonly executor: Executor;
  /** Of those who have not said yet who they are. */
  readonly initDeadlines: Deadlines<WsConnection>;
  greet(greeting: Greeting): Promise<Session | Refused>;
  /**
   * Every operation is a request of its own, with an id of its own.
   * @param running how many run on that socket already
   * @returns the errors where it is not even begun
   */
  prepare(
    session: Session,
    payload: SubscribePayload,
    running: number,
  ): Prepared | { readonly errors: readonly GraphQLError[] };
  /** Whatever is running is waited for, see {@link idle}. */
  track<Result>(operation: Promise<Result>): Promise<Result>;
  /** Resolves as soon as no query and no mutation is running. */
  idle(): Promise<void>;
  /** Hears of what went wrong beside any operation. */
  onError(error: unknown): void;
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

/** The graphql-transport-ws protocol, for any number of sockets: who comes in, and what they may run. */
export function createProtocol(options: ProtocolOptions): Protocol {
  const { application, authenticator, executor, onInternalError, onSecurityEvent } = options;
  const running = new Set<Promise<unknown>>();
  return {
    executor,
    initDeadlines: createDeadlines(options.connectionInitTimeoutMs, (connection) => connection.tooLate()),
    async greet({ params, upgrade }) {
      const key = payloadKey(params) ?? bearerKey(upgrade.authorization);
      const session = await sessionOf(authenticator, key, upgrade.address);
      // As HTTP's 429.
      if (session instanceof RateLimitedError) return { code: CLOSE.tooManyRequests, refused: session.message };
      return session ?? { code: CLOSE.forbidden, refused: 'Forbidden' };
    },
    prepare(session, payload, others) {
      try {
        session.begin();
        if (others >= options.maxOperations) {
          return { errors: [limitExceeded('operationsPerSocket', options.maxOperations)] };
        }
        const text = options.persisted.textOf(payload);
        const document = executor.parse(typeof text === 'string' ? text : '');
        const errors = executor.validate(document);
        if (errors.length > 0) return { errors };
        const { operationName = null, variables: variableValues = null } = payload;
        const definition = getOperationAST(document, operationName);
        if (!definition) return { errors: [unidentified()] };
        const contextValue = createContext({ application, session, requestId: newRequestId, onSecurityEvent });
        return { kind: definition.operation, operation: { document, operationName, variableValues, contextValue } };
      } catch (error) {
        if (error instanceof RateLimitedError) return { errors: [withoutHttp(rateLimited(error))] };
        return { errors: [presentError(error, { requestId: newRequestId(), onInternalError })] };
      }
    },
    track(operation) {
      running.add(operation);
      operation.finally(() => running.delete(operation)).catch(() => {});
      return operation;
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
    onError: (error) => onInternalError(error, newRequestId()),
  };
}

function unidentified() {
  return codedError(
    'OPERATION_RESOLUTION_FAILURE',
    'The document has no operation of that name, or several and no name.',
  );
}
