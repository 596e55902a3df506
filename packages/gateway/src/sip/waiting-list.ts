/** Things in the order in which they came, for who waits for them one after another. */
export interface WaitingList<Item> {
  /** @returns false where too many wait already */
  put(item: Item): boolean;
  /** The next one; null: it is over and all have been taken. Rejects with the reason of whichever signal aborts first. */
  next(signal?: AbortSignal): Promise<Item | null>;
  /** No more will come. @returns those that nobody has taken, which nobody can take any more where `drop` is true */
  end(drop?: boolean): readonly Item[];
}

/**
 * @param signal ends all waits
 * @param capacity more than so many that nobody reads are refused: a phone must not fill the memory
 */
export function createWaitingList<Item>(signal: AbortSignal, capacity: number): WaitingList<Item> {
  const items: Item[] = [];
  const readers = new Set<PromiseWithResolvers<Item | null>>();
  let ended = false;
  return {
    put(item) {
      const [reader] = readers;
      if (reader !== undefined) {
        readers.delete(reader);
        reader.resolve(item);
        return true;
      }
      if (ended || items.length >= capacity) return false;
      items.push(item);
      return true;
    },
    next(own) {
      const first = items.shift();
      if (first !== undefined) return Promise.resolve(first);
      if (ended) return Promise.resolve(null);
      const signals = own === undefined ? [signal] : [signal, own];
      const aborted = signals.find((one) => one.aborted);
      if (aborted !== undefined) return Promise.reject(aborted.reason);
      const reader = Promise.withResolvers<Item | null>();
      readers.add(reader);
      const stops = signals.map((one) => {
        const stop = (): void => {
          if (readers.delete(reader)) reader.reject(one.reason);
        };
        one.addEventListener('abort', stop, { once: true });
        return () => one.removeEventListener('abort', stop);
      });
      return reader.promise.finally(() => {
        for (const stop of stops) stop();
      });
    },
    end(drop = false) {
      ended = true;
      for (const { resolve } of readers) resolve(null);
      readers.clear();
      return drop ? items.splice(0) : [...items];
    },
  };
}
