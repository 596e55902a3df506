import { Client, fetchExchange } from '@urql/core';
import { createClient, type Client as SocketClient } from 'graphql-ws';

/** The two ways to the gateway of one who has signed in. */
export interface Api {
  /** Queries and mutations. */
  readonly http: Client;
  /** Subscriptions. It does not connect again by itself: see {@link follow}. */
  readonly socket: SocketClient;
}

const PING_MS = 10_000;
const PONG_WITHIN_MS = 5_000;

/** Where the API is, seen from the page. */
export const GRAPHQL_PATH = '/graphql';

/**
 * Makes both ways. Nothing is kept between queries: what phones do is told by subscriptions.
 * @param signal aborted when the one who has signed in leaves
 */
export function createApi(key: string, signal: AbortSignal): Api {
  return { http: createHttpClient(key), socket: createSocketClient(key, signal) };
}

function createHttpClient(key: string): Client {
  return new Client({
    url: new URL(GRAPHQL_PATH, location.href).href,
    exchanges: [fetchExchange],
    requestPolicy: 'network-only',
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${key}`, accept: 'application/graphql-response+json' } },
  });
}

function createSocketClient(key: string, signal: AbortSignal): SocketClient {
  const url = new URL(GRAPHQL_PATH, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let overdue: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: url.href,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    keepAlive: PING_MS,
    on: {
      // A network that is gone does not say so: only a missing pong does.
      ping: (received) => {
        if (!received) overdue = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(overdue);
      },
      closed: () => clearTimeout(overdue),
    },
  });
  // A browser that knows that its network is gone need not wait for a pong.
  addEventListener('offline', () => client.terminate(), { signal });
  return client;
}
