import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { type ChildServer, startChild } from './child-server.ts';
import { type Listening, listen } from './clients/listener.ts';
import type { Asked } from './fan-out-operations.ts';
import type { GatewayReady } from './servers/gateway.ts';
import type { SubscribersNews, SubscribersOrder } from './servers/subscribers.ts';
import { targetOf } from './targets.ts';

/** A server with its subscribers, each in a process of its own. */
export interface FanOutSide {
  readonly server: ChildServer<unknown>;
  /** Has more of them subscribe; nobody waits for it. */
  connect(subscriptions: readonly Omit<Listening, 'url'>[]): void;
  /** Has one event reported; resolves when the server has it on disk. */
  report(target: string): Promise<void>;
  /** Resolves when the subscribers have had so many more messages than when it was called. */
  receive(messages: number): Promise<void>;
  stop(): Promise<void>;
}

/** What a side is made of. */
export interface FanOutOptions {
  readonly server: ChildServer<{ readonly url: string }>;
  readonly subscriptions: readonly Omit<Listening, 'url'>[];
  /** That report at once. */
  readonly connections?: number;
}

/** Starts the subscribers of a server that runs. */
export async function withSubscribers({ server, subscriptions, connections = 1 }: FanOutOptions): Promise<FanOutSide> {
  const { url } = server.ready;
  const subscribers = await startChild<object>('subscribers');
  const connected = Promise.withResolvers<void>();
  const pool = new Pool(url, { connections });
  let total = 0;
  let arrived = (): void => {};
  subscribers.onMessage((message) => {
    const news = message as SubscribersNews;
    if ('connected' in news) connected.resolve();
    else if ('received' in news) arrived();
    else if ('error' in news) connected.reject(new Error(news.error));
  });
  const order = (given: SubscribersOrder): void => subscribers.tell(given);
  const connect = (some: typeof subscriptions): void =>
    order({ subscriptions: some.map((subscription) => ({ url, ...subscription })) });
  connect(subscriptions);
  await connected.promise;
  return {
    server,
    connect,
    async report(target) {
      const { statusCode, body } = await pool.request({ method: 'GET', path: target });
      await body.dump();
      if (statusCode !== 200) throw new Error(`an action URL was answered ${statusCode}`);
    },
    receive(messages) {
      total += messages;
      return new Promise((resolve) => {
        arrived = resolve;
        order({ wanted: total });
      });
    },
    async stop() {
      await pool.close();
      await subscribers.stop();
    },
  };
}

/** Subscriptions of the gateway: as many as are wanted, with those operations in turn. */
export function gatewaySubscriptions(key: string, asked: readonly Asked[], count: number): Omit<Listening, 'url'>[] {
  return inTurn(asked, count, { path: '/graphql', key, saysCaughtUp: true });
}

/** The same of a peer, which has no keys. */
export function peerSubscriptions(asked: readonly Asked[], count: number): Omit<Listening, 'url'>[] {
  return inTurn(asked, count, { path: '/graphql', key: null, saysCaughtUp: false });
}

/** Sockets of the floor, which is asked for nothing. */
export function floorSubscriptions(count: number): Omit<Listening, 'url'>[] {
  return Array.from({ length: count }, () => ({ path: '/', key: null, operation: null, saysCaughtUp: false }));
}

function inTurn(
  asked: readonly Asked[],
  count: number,
  rest: Omit<Listening, 'url' | 'operation'>,
): Omit<Listening, 'url'>[] {
  return Array.from({ length: count }, (_, index) => ({ ...rest, operation: asked[index % asked.length] ?? null }));
}

/** The number of an event that no round sends. */
const MARK = 999_998;

/** The message that the gateway sends for an event to who asks so, `NUMBER` in the place of the event's. */
export async function captureMessage({ url, key, targets }: GatewayReady, operation: Asked): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = await listen({ url, path: '/graphql', key, operation, saysCaughtUp: true }, (data) =>
    resolve(data.toString()),
  );
  const response = await fetch(`${url}${targetOf(targets, MARK)}`);
  await response.text();
  const text = await promise;
  socket.terminate();
  return text.replace(`"value":"${MARK}"`, '"value":"NUMBER"');
}

/** How long a peer may take to have its subscriptions running after it has answered the pong that was sent behind them. */
const SETTLE_MS = 500;

/** Waits until a peer that does not say so listens for sure. */
export async function settle(): Promise<void> {
  await wait(SETTLE_MS);
}
