/** A request that the phone sends within a dialog. */
export interface DialogRequest {
  /** By name in lower case; empty where it is not there. */
  readonly header: (name: string) => string;
  readonly body: string;
  /** Answers it; only the first time counts. */
  readonly answer: (status: number) => void;
}

/** What came and waits to be read, in the order in which it came. */
export class Inbox<Item> {
  readonly #signal: AbortSignal;
  readonly #waiting: Item[] = [];
  readonly #readers = new Set<PromiseWithResolvers<Item | null>>();
  #ended = false;

  /** @param signal of the command: ends all waiting */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  put(item: Item): void {
    const [reader] = this.#readers;
    if (reader === undefined) this.#waiting.push(item);
    else reader.resolve(item);
  }

  /**
   * The next one; null: no more will come, and all have been read. Rejects with the reason of the command's signal, or of
   * the one that is given.
   */
  async next(own?: AbortSignal): Promise<Item | null> {
    const first = this.#waiting.shift();
    if (first !== undefined) return first;
    if (this.#ended) return null;
    const signal = own === undefined ? this.#signal : AbortSignal.any([this.#signal, own]);
    signal.throwIfAborted();
    const reader = Promise.withResolvers<Item | null>();
    const abort = () => reader.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    this.#readers.add(reader);
    try {
      return await reader.promise;
    } finally {
      this.#readers.delete(reader);
      signal.removeEventListener('abort', abort);
    }
  }

  /** No more will come. */
  end(): void {
    this.#ended = true;
    for (const { resolve } of this.#readers) resolve(null);
  }

  /** Takes what nobody has read. */
  drain(): readonly Item[] {
    return this.#waiting.splice(0);
  }
}
