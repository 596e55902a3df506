import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  createGraphqlHandler,
  type GraphqlHandler,
  type GraphqlHandlerOptions,
} from '../../src/http/graphql-handler.ts';
import {
  attachGraphqlWebSocket,
  type GraphqlWebSocket,
  type GraphqlWebSocketOptions,
} from '../../src/http/graphql-websocket.ts';
import { createAuthenticator } from '../../src/security/authenticator.ts';
import { createFakeApplication, type FakeState, KEY } from './fake-application.ts';

/** What GraphQL over HTTP answers. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** The API on a port of its own, until the test ends. */
export interface TestGateway {
  readonly url: string;
  readonly webSocketUrl: string;
  readonly state: FakeState;
  readonly handler: GraphqlHandler;
  readonly webSocket: GraphqlWebSocket;
  /** What was masked: the error and the id that the caller got. */
  readonly internalErrors: { readonly error: unknown; readonly requestId: string }[];
  /** Sends a request with the valid key. */
  fetch(init?: RequestInit, query?: string): Promise<Response>;
  /** Sends an operation by POST with the valid key. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

type Given = 'application' | 'authenticator' | 'onInternalError';
type Options = Partial<Omit<GraphqlHandlerOptions, Given>> & Partial<Omit<GraphqlWebSocketOptions, Given>>;

export async function startGateway(options: Options = {}): Promise<TestGateway> {
  const { application, state } = createFakeApplication();
  const internalErrors: { error: unknown; requestId: string }[] = [];
  const onInternalError = (error: unknown, requestId: string) => internalErrors.push({ error, requestId });
  const authenticator = createAuthenticator({
    directory: state.directory,
    // What is in the directory counts here.
    store: { all: () => Promise.reject(new Error('not asked')), put: () => Promise.resolve() },
    jwt: null,
    now: Date.now,
    onSecurityEvent: () => {},
    onError: () => {},
  });
  const shared = { application, authenticator, onInternalError, ...options };
  const handler = createGraphqlHandler(shared);
  const server = createServer(handler);
  const webSocket = attachGraphqlWebSocket(server, shared);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    authenticator.close();
    await webSocket.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql`;
  const send: TestGateway['fetch'] = (init = {}, query = '') =>
    fetch(`${url}${query}`, { ...init, headers: { authorization: `Bearer ${KEY}`, ...init.headers } });
  return {
    url,
    webSocketUrl: url.replace('http', 'ws'),
    state,
    handler,
    webSocket,
    internalErrors,
    fetch: send,
    async ask(query, variables) {
      const response = await send({
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
  };
}

/** The codes of an answer's errors. */
export function codesOf(answer: Answer): readonly unknown[] {
  return (answer.errors ?? []).map((error) => error.extensions?.code);
}
