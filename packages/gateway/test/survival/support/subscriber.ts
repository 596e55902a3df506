import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ADMIN_KEY } from '../../support/gateway.ts';

/** A client that is told all events, whatever becomes of its connection. */
export interface ResumingSubscriber {
  /** The numbers of the events in the order in which they came; '': one that has none. */
  readonly numbers: readonly string[];
  /** The cursor of each. */
  readonly cursors: readonly string[];
  /** The codes with which its sockets closed, those too that were not let in. */
  readonly closed: readonly number[];
  /** Those of them that had been let in: a gateway that is about to stop refuses new ones, and whoever asks again finds the next gateway. */
  readonly ended: readonly number[];
  /** Resolves once it listens for the first time. */
  readonly listening: Promise<void>;
  /** Resolves once it was told that number. */
  until(number: string): Promise<void>;
  stop(): Promise<void>;
}

const EVENTS = `subscription ($after: String) {
  phoneEvents(after: $after) {
    ... on PhoneEvent { cursor variables { name value } }
    ... on CaughtUp { caughtUp: cursor }
    ... on EventsMissed { resumeCursor }
  }
}`;

interface Update {
  readonly cursor?: string;
  readonly caughtUp?: string;
  readonly resumeCursor?: string;
  readonly variables?: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Subscribes, and after each end of its connection subscribes again behind the last that it was told.
 * @param whenUp resolves when a gateway runs again
 */
export function subscribeOn(url: string, whenUp: () => Promise<void>): ResumingSubscriber {
  const [numbers, cursors] = [[] as string[], [] as string[]];
  const [closed, ended] = [[] as number[], [] as number[]];
  const waiting = new Map<string, () => void>();
  let after: string | undefined;
  let stop = (): void => {};
  let stopped = false;
  const listening = Promise.withResolvers<void>();
  const take = ({ cursor, caughtUp, resumeCursor, variables = [] }: Update): void => {
    after = cursor ?? caughtUp ?? resumeCursor ?? after;
    if (caughtUp !== undefined) listening.resolve();
    if (cursor === undefined) return;
    const number = variables.find(({ name }) => name === 'n')?.value ?? '';
    numbers.push(number);
    cursors.push(cursor);
    waiting.get(number)?.();
    waiting.delete(number);
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      await whenUp();
      let wasLetIn = false;
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: ADMIN_KEY },
        retryAttempts: 0,
        on: {
          opened: () => {
            wasLetIn = true;
          },
          closed(event) {
            const { code } = event as { readonly code: number };
            closed.push(code);
            if (wasLetIn) ended.push(code);
          },
        },
      });
      const updates = client.iterate<{ phoneEvents: Update }>({ query: EVENTS, variables: { after } });
      stop = () => void client.dispose();
      if (stopped) stop();
      try {
        for await (const { data, errors } of updates) {
          if (errors !== undefined) throw new Error(JSON.stringify(errors));
          if (data?.phoneEvents != null) take(data.phoneEvents);
        }
      } catch (error) {
        // A socket that broke rejects with its close event; what the gateway refuses is a fault.
        if (error instanceof Error && !('code' in error)) throw error;
      }
    }
  };
  const running = run();
  return {
    numbers,
    cursors,
    closed,
    ended,
    listening: listening.promise,
    until: (number) =>
      Promise.race([
        running,
        new Promise<void>((resolve) => {
          if (numbers.includes(number)) resolve();
          else waiting.set(number, resolve);
        }),
      ]),
    async stop() {
      stopped = true;
      stop();
      await running;
    },
  };
}
