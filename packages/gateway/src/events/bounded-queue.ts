/** A queue between one who never waits and one who may be slow. */
export interface BoundedQueue<Item> {
  /** False where the queue was full: it is closed then, and what waits in it is dropped. */
  push(item: Item, bytes: number): boolean;
  /** Takes the next item; undefined where none waits. */
  take(): Item | undefined;
  /** Waits for the next item; null once the queue is closed and empty. */
  next(): Promise<Item | null>;
  /** No more items; what waits is still given out. */
  close(): void;
  readonly isEmpty: boolean;
  readonly overflowed: boolean;
}

/** How much may wait: items, and their size in bytes as the one who pushes counts it. */
export interface QueueLimits {
  readonly items: number;
  readonly bytes: number;
}

/** Who has to know when a queue is closed. */
export interface QueueOwner {
  /** Nothing more is taken. Called once. */
  queueClosed(): void;
}

const NOBODY: QueueOwner = { queueClosed() {} };

/** @param owner left out: nobody is told that it is closed */
export function createBoundedQueue<Item>(limits: QueueLimits, owner: QueueOwner = NOBODY): BoundedQueue<Item> {
  return new Queue(limits, owner);
}

interface Waiting<Item> {
  readonly item: Item;
  readonly bytes: number;
}

/** A class, since there is one a subscriber, and nearly all of them are empty. */
class Queue<Item> implements BoundedQueue<Item> {
  readonly #limits: QueueLimits;
  readonly #owner: QueueOwner;
  /** Null: nothing waits. */
  #waiting: Waiting<Item>[] | null = null;
  #bytes = 0;
  #closed = false;
  #wake: (() => void) | null = null;
  overflowed = false;

  constructor(limits: QueueLimits, owner: QueueOwner) {
    this.#limits = limits;
    this.#owner = owner;
  }

  get isEmpty(): boolean {
    return this.#waiting === null;
  }

  push(item: Item, bytes: number): boolean {
    if (this.#closed) return !this.overflowed;
    const count = this.#waiting?.length ?? 0;
    if (count >= this.#limits.items || this.#bytes + bytes > this.#limits.bytes) {
      this.overflowed = true;
      this.#waiting = null;
      this.close();
      return false;
    }
    this.#waiting ??= [];
    this.#waiting.push({ item, bytes });
    this.#bytes += bytes;
    this.#signal();
    return true;
  }

  take(): Item | undefined {
    const first = this.#waiting?.shift();
    if (this.#waiting?.length === 0) this.#waiting = null;
    this.#bytes -= first?.bytes ?? 0;
    return first?.item;
  }

  async next(): Promise<Item | null> {
    for (;;) {
      if (!this.isEmpty) return this.take() ?? null;
      if (this.#closed) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#owner.queueClosed();
    this.#signal();
  }

  #signal(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
