import type { PhoneEventUpdate, Stream } from '../../src/index.ts';

/** What has come out of a stream, as short words: the number of a report, or the name of what else it was. */
export interface Collected {
  readonly words: readonly string[];
  readonly updates: readonly PhoneEventUpdate[];
  /** Resolves when that word has come so often; rejects when the stream ends before. */
  until(word: string, times?: number): Promise<void>;
  /** When the stream ended; rejects with what it threw. */
  readonly ended: Promise<void>;
}

/** Reads a stream as fast as it goes. */
export function collect(stream: Stream<PhoneEventUpdate>): Collected {
  const words: string[] = [];
  const updates: PhoneEventUpdate[] = [];
  const waiting = new Set<() => void>();
  const ended = (async () => {
    for await (const update of stream) {
      words.push(wordOf(update));
      updates.push(update);
      for (const look of waiting) look();
    }
  })();
  ended.catch(() => {});
  return {
    words,
    updates,
    ended,
    until(word, times = 1) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = (): void => {
        if (words.filter((one) => one === word).length >= times) resolve();
      };
      waiting.add(look);
      look();
      ended.then(() => reject(new Error(`it ended before ${word}: ${words.join(' ')}`)), reject);
      return promise;
    },
  };
}

/** The number of a report; else the name of its type, with the reason where something was missed. */
export function wordOf(update: PhoneEventUpdate): string {
  if (update.__typename === 'EventsMissed') return update.reason;
  if (update.__typename === 'CaughtUp') return update.__typename;
  return update.variables.find(({ name }) => name === 'active_key')?.value ?? update.__typename;
}

/** The words of numbered reports. */
export function numbers(from: number, through: number): readonly string[] {
  return Array.from({ length: through - from + 1 }, (_, index) => String(from + index));
}
