import { type Client, createClient } from 'graphql-ws/client';
import type { Credentials } from '../credentials.ts';
import type { GraphqlError } from '../failure.ts';
import { type Operation, payloadOf } from '../operation.ts';
import { createQueue } from './queue.ts';
import { type Answer, LinkLost, type LossKind, type Transport } from './transport.ts';

/** What the WebSocket transport is made of. */
export interface WebSocketOptions {
  readonly endpoint: URL;
  readonly credentials: Credentials;
  readonly persisted: boolean;
  readonly maxQueued: number;
  readonly webSocket?: typeof globalThis.WebSocket | undefined;
}

/** An open socket is asked so often whether it still leads anywhere, and has so long to answer. */
const PING_MS = 10_000;
const PONG_MS = 5_000;
/** So long may it take until the gateway has said that the socket may be used. */
const OPENING_MS = 10_000;

/**
 * Subscriptions over one WebSocket (graphql-transport-ws), which is open only while there are any. Connecting again is
 * the caller's: it knows where to resume.
 */
export function createWebSocketTransport(options: WebSocketOptions): Transport {
  const { persisted, maxQueued } = options;
  const running = new Set<(loss: LinkLost) => void>();
  const client = connectLazily(options, (loss) => {
    for (const lose of running) lose(loss);
  });
  return {
    async *subscribe<Result, Variables extends object>(
      operation: Operation<Result, Variables>,
      variables: Variables,
      signal: AbortSignal,
    ) {
      if (signal.aborted) return;
      const queue = createQueue<Answer<Result>>(maxQueued);
      const lose = (loss: LinkLost): void => {
        queue.fail(loss);
        dispose();
      };
      const dispose = client.subscribe<Result>(
        { ...payloadOf(operation, { variables, persisted }), variables: Object.fromEntries(Object.entries(variables)) },
        {
          next: (answer) => {
            if (!queue.push(answer)) lose(new LinkLost('OVERFLOW', 'too much waits to be read'));
          },
          error: (error) => {
            if (!isErrorList(error)) return queue.fail(lossOf(error));
            queue.push({ errors: error });
            queue.end();
          },
          complete: queue.end,
        },
      );
      const stop = (): void => {
        queue.end();
        dispose();
      };
      running.add(lose);
      signal.addEventListener('abort', stop, { once: true });
      try {
        for (let answer = await queue.next(); answer !== null && !signal.aborted; answer = await queue.next()) {
          yield answer;
        }
      } finally {
        signal.removeEventListener('abort', stop);
        running.delete(lose);
        dispose();
      }
    },
  };
}

function connectLazily(
  { endpoint, webSocket, credentials }: WebSocketOptions,
  onClosedNormally: (loss: LinkLost) => void,
): Client {
  const url = new URL(endpoint);
  url.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const expect = (ms: number): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => client.terminate(), ms);
  };
  const client = createClient({
    url: url.href,
    retryAttempts: 0,
    keepAlive: PING_MS,
    ...(webSocket === undefined ? {} : { webSocketImpl: webSocket }),
    connectionParams: async () => {
      const authorization = await credentials.authorization();
      return authorization === null ? undefined : { authorization };
    },
    on: {
      connecting: () => expect(OPENING_MS),
      connected: () => clearTimeout(watchdog),
      ping: (received) => {
        if (!received) expect(PONG_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(watchdog);
      },
      error: () => clearTimeout(watchdog),
      closed: (event) => {
        clearTimeout(watchdog);
        const loss = lossOf(event);
        // By itself the library would subscribe again after that one, from where it did before: events would repeat.
        if (isNormal(event)) onClosedNormally(loss);
      },
    },
  });
  return client;
}

const NORMAL_CLOSURE = 1000;
const FORBIDDEN = 4403;
/** Close codes that say that the other side is no gateway, or this one no client of it. */
const FOREIGN_CODES: readonly number[] = [4004, 4400, 4406];

function isNormal(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'code' in event && event.code === NORMAL_CLOSURE;
}

function lossOf(error: unknown): LinkLost {
  if (typeof error !== 'object' || error === null) return new LinkLost('BROKEN', String(error));
  if ('code' in error && typeof error.code === 'number') {
    const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : '';
    const kind: LossKind =
      error.code === FORBIDDEN ? 'REFUSED' : FOREIGN_CODES.includes(error.code) ? 'FOREIGN' : 'BROKEN';
    return new LinkLost(kind, `the socket was closed: ${error.code} ${reason}`.trimEnd());
  }
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return new LinkLost('BROKEN', message === '' ? 'the socket could not be opened' : message);
}

function isErrorList(error: unknown): error is readonly GraphqlError[] {
  return Array.isArray(error);
}
