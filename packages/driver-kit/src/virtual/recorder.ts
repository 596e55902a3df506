/** How long, and until what, {@link Recorder.waitFor} waits. */
export interface WaitOptions {
  /** Milliseconds until the wait fails. Default 2000. */
  readonly timeoutMs?: number;
  /** Ends the wait early; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** What is waited for, in words; it appears in the message of a wait that failed. */
  readonly what?: string;
}

const DEFAULT_TIMEOUT_MS = 2000;

/**
 * Keeps what happened, in the order it happened, and lets a test wait for what has still to happen.
 * Used for requests a phone received and for action URLs a phone fired.
 */
export class Recorder<Entry> {
  #entries: Entry[] = [];
  readonly #listeners = new Set<(entry: Entry) => void>();

  /** All that was recorded since the start or the last {@link clear}, oldest first. */
  get all(): readonly Entry[] {
    return [...this.#entries];
  }

  /** The newest entry, or `undefined` if there is none. */
  get last(): Entry | undefined {
    return this.#entries.at(-1);
  }

  /** How many entries there are. */
  get count(): number {
    return this.#entries.length;
  }

  /** Adds an entry and wakes those who wait for it. Called by the owner of the recorder, not by tests. */
  record(entry: Entry): void {
    this.#entries.push(entry);
    for (const listener of [...this.#listeners]) listener(entry);
  }

  /** Forgets all entries. Those who wait go on waiting. */
  clear(): void {
    this.#entries = [];
  }

  /**
   * Calls `listener` for each entry from now on.
   * @returns a function that ends it.
   */
  onEntry(listener: (entry: Entry) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * The first entry that `predicate` accepts: one already recorded, or else the next to come.
   * Rejects with an `Error` that lists what was recorded once `timeoutMs` is over.
   */
  async waitFor(predicate: (entry: Entry) => boolean, options: WaitOptions = {}): Promise<Entry> {
    const present = this.#entries.find(predicate);
    if (present !== undefined) return present;
    return await this.waitForNext(predicate, options);
  }

  /** All entries, once there are at least `count` of them. Rejects as {@link waitFor} does. */
  async waitForCount(count: number, options: WaitOptions = {}): Promise<readonly Entry[]> {
    const what = options.what ?? `${count} entries`;
    if (this.count < count) await this.waitForNext(() => this.count >= count, { ...options, what });
    return this.all;
  }

  /** The next entry that `predicate` accepts; those already recorded do not count. Rejects as {@link waitFor} does. */
  waitForNext(predicate: (entry: Entry) => boolean, options: WaitOptions = {}): Promise<Entry> {
    const { timeoutMs = DEFAULT_TIMEOUT_MS, signal, what = 'a matching entry' } = options;
    return new Promise<Entry>((resolve, reject) => {
      signal?.throwIfAborted();
      const stopListening = this.onEntry((entry) => {
        if (!predicate(entry)) return;
        finish();
        resolve(entry);
      });
      const timer = setTimeout(() => {
        finish();
        const seen = this.#entries.map((entry) => JSON.stringify(entry)).join('\n  ');
        reject(new Error(`Waited ${timeoutMs} ms for ${what}. Recorded so far:\n  ${seen || 'nothing'}`));
      }, timeoutMs);
      const onAbort = () => {
        finish();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const finish = () => {
        stopListening();
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
    });
  }
}
