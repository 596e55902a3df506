import type { Client } from '@hookswitch/client';

/** A subscriber that outlives gateways: the client's own way of going on by its cursor. */
export interface Watcher {
  /** How often each event came, by its number. */
  readonly counts: Uint8Array;
  /** How often it was connected anew. */
  readonly reconnects: number;
  /** Where events were missed, by reason. */
  readonly missed: readonly string[];
  /** The cursor of the newest event, or of the place where it began. */
  readonly cursor: string;
}

/**
 * Subscribes to all phones. Resolves when it is live.
 * @param size numbers are below it
 * @param onEvent told of each event when it comes for the first time
 */
export async function watch(
  client: Client,
  {
    size,
    after,
    onEvent = () => {},
    onCaughtUp = () => {},
  }: {
    readonly size: number;
    readonly after?: string | undefined;
    readonly onEvent?: (number: number) => void;
    readonly onCaughtUp?: () => void;
  },
): Promise<Watcher> {
  const watcher = { counts: new Uint8Array(size), reconnects: 0, missed: [] as string[], cursor: '' };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const follow = async (): Promise<void> => {
    const stream = client.phoneEvents({
      after,
      onConnection: ({ state }) => {
        if (state === 'LOST') watcher.reconnects += 1;
      },
    });
    for await (const update of stream) {
      if (update.__typename === 'EventsMissed') {
        watcher.missed.push(update.reason);
        continue;
      }
      watcher.cursor = update.cursor;
      if (update.__typename === 'CaughtUp') {
        resolve();
        onCaughtUp();
      }
      if (update.__typename !== 'CallEvent') continue;
      const name = update.variables.find((variable) => variable.name === 'display_remote')?.value;
      const number = Number(name ?? Number.NaN);
      if (!(number >= 0 && number < size)) continue;
      const count = (watcher.counts[number] ?? 0) + 1;
      watcher.counts[number] = Math.min(count, 255);
      if (count === 1) onEvent(number);
    }
  };
  follow().catch(reject);
  await promise;
  return watcher;
}
