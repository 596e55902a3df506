/** Something that may end any number of waits, and is waited for beside each of them. */
export interface Interruption<End> {
  /**
   * What `work` comes to, or the end where that is earlier. `Promise.race()` with a promise that stays pending will not do: that promise
   * keeps every result that was ever raced with it, so that a subscription would keep all it has told.
   */
  race<Value>(work: Promise<Value>): Promise<Value | End>;
  /** Ends all waits, those to come too. The first one counts. */
  end(value: End): void;
}

export function createInterruption<End>(): Interruption<End> {
  const waiting = new Set<(end: End) => void>();
  let over: { readonly value: End } | null = null;
  return {
    race(work) {
      if (over !== null) {
        // Nobody is left to hear of it.
        work.catch(() => {});
        return Promise.resolve(over.value);
      }
      return new Promise((resolve, reject) => {
        waiting.add(resolve);
        work.then(resolve, reject).finally(() => waiting.delete(resolve));
      });
    },
    end(value) {
      over ??= { value };
      for (const resolve of waiting) resolve(over.value);
      waiting.clear();
    },
  };
}
