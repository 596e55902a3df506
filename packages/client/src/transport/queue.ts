/** Holds what was pushed until somebody takes it; no more than a bound. */
export interface BoundedQueue<Item> {
  /** @returns false where it is full: the item is not taken */
  push(item: Item): boolean;
  /** After what is in it comes nothing more. */
  end(): void;
  /** After what is in it `next` rejects. */
  fail(error: Error): void;
  /** The next item; null: the end. */
  next(): Promise<Item | null>;
}

/** Makes a {@link BoundedQueue} for one reader. */
export function createQueue<Item>(bound: number): BoundedQueue<Item> {
  const items: Item[] = [];
  let over: { readonly error: Error | null } | null = null;
  let waiting: (() => void) | null = null;
  const wake = (): void => {
    waiting?.();
    waiting = null;
  };
  return {
    push(item) {
      if (over !== null || items.length >= bound) return false;
      items.push(item);
      wake();
      return true;
    },
    end() {
      over ??= { error: null };
      wake();
    },
    fail(error) {
      over ??= { error };
      wake();
    },
    async next() {
      while (items.length === 0 && over === null) {
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      }
      const item = items.shift();
      if (item !== undefined) return item;
      if (over?.error != null) throw over.error;
      return null;
    },
  };
}
