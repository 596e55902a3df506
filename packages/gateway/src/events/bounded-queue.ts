/** A queue between one who never waits and one who may be slow. */
export interface BoundedQueue<Item> {
  /** False where the queue was full: it is closed then, and what waits in it is dropped. */
  push(item: Item, bytes: number): boolean;
  /** Waits for the next item; null once the queue is closed and empty. */
  next(): Promise<Item | null>;
  /** No more items; what waits is still given out. */
  close(): void;
  readonly overflowed: boolean;
}

/**
 * @param limits how much may wait: items, and their size in bytes as the one who pushes counts it
 * @param onClosed called once, when nothing more is taken
 */
export function createBoundedQueue<Item>(
  limits: { readonly items: number; readonly bytes: number },
  onClosed: () => void = () => {},
): BoundedQueue<Item> {
  let waiting: { readonly item: Item; readonly bytes: number }[] = [];
  let bytesWaiting = 0;
  let closed = false;
  let overflowed = false;
  let wake: (() => void) | null = null;
  const signal = (): void => {
    wake?.();
    wake = null;
  };
  const end = (): void => {
    if (closed) return;
    closed = true;
    onClosed();
    signal();
  };
  return {
    get overflowed() {
      return overflowed;
    },
    push(item, bytes) {
      if (closed) return !overflowed;
      if (waiting.length >= limits.items || bytesWaiting + bytes > limits.bytes) {
        overflowed = true;
        waiting = [];
        end();
        return false;
      }
      waiting.push({ item, bytes });
      bytesWaiting += bytes;
      signal();
      return true;
    },
    async next() {
      for (;;) {
        const first = waiting.shift();
        if (first !== undefined) {
          bytesWaiting -= first.bytes;
          return first.item;
        }
        if (closed) return null;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close: end,
  };
}
