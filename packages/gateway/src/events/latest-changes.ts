/** What has changed and nobody has taken yet: one state for each id, the latest, so that a slow taker costs no more. */
export class LatestChanges<Item> {
  readonly #waiting = new Map<string, Item>();
  readonly #signal: AbortSignal;
  #waiter: (() => void) | null = null;

  /** @param signal whose abort ends the waiting in `next` */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#wake, { once: true });
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Keeps the place of an earlier state that waits. */
  put(id: string, item: Item): void {
    this.#waiting.set(id, item);
    this.#wake();
  }

  /** Takes the state of that id out of turn; undefined: none waits. */
  take(id: string): Item | undefined {
    const item = this.#waiting.get(id);
    this.#waiting.delete(id);
    return item;
  }

  /** Takes the one that has waited longest; undefined: none waits. */
  takeOldest(): Item | undefined {
    const [id] = this.#waiting.keys();
    return id === undefined ? undefined : this.take(id);
  }

  clear(): void {
    this.#waiting.clear();
  }

  /** Resolves at the next change or abort. Not before: look first whether one waits. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }

  readonly #wake = (): void => {
    this.#waiter?.();
    this.#waiter = null;
  };

  close(): void {
    this.#signal.removeEventListener('abort', this.#wake);
  }
}
