/** What is due a fixed time after it was added, unless it is removed before. */
export interface Deadlines<Item> {
  add(item: Item): void;
  remove(item: Item): void;
}

/**
 * One timer for all: those that were added first are due first.
 * @param afterMs from its addition until it is due
 */
export function createDeadlines<Item>(afterMs: number, onDue: (item: Item) => void): Deadlines<Item> {
  /** By when each is due, on the monotonic clock, earliest first. */
  const waiting = new Map<Item, number>();
  let timer: NodeJS.Timeout | null = null;
  const look = (): void => {
    timer = null;
    const now = performance.now();
    for (const [item, dueAt] of waiting) {
      if (dueAt > now) {
        timer = setTimeout(look, dueAt - now);
        return;
      }
      waiting.delete(item);
      onDue(item);
    }
  };
  return {
    add(item) {
      waiting.set(item, performance.now() + afterMs);
      timer ??= setTimeout(look, afterMs);
    },
    remove(item) {
      waiting.delete(item);
      if (waiting.size > 0 || timer === null) return;
      clearTimeout(timer);
      timer = null;
    },
  };
}
