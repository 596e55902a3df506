/** What the phone sent within a dialog. */
export interface SipContent {
  readonly contentType: string;
  readonly body: string;
}

/** Requests of one method that the phone sends within a dialog, in the order in which they come. */
export class DialogInbox {
  readonly #signal: AbortSignal;
  readonly #waiting: SipContent[] = [];
  readonly #readers: PromiseWithResolvers<SipContent | null>[] = [];
  #ended = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener(
      'abort',
      () => {
        for (const { reject } of this.#readers.splice(0)) reject(signal.reason);
      },
      { once: true },
    );
  }

  take(content: SipContent): void {
    const reader = this.#readers.shift();
    if (reader === undefined) this.#waiting.push(content);
    else reader.resolve(content);
  }

  /** The next one; null: the dialog is over and all have been read. Rejects with the signal's reason. */
  next(): Promise<SipContent | null> {
    const first = this.#waiting.shift();
    if (first !== undefined) return Promise.resolve(first);
    if (this.#ended) return Promise.resolve(null);
    if (this.#signal.aborted) return Promise.reject(this.#signal.reason);
    const reader = Promise.withResolvers<SipContent | null>();
    this.#readers.push(reader);
    return reader.promise;
  }

  end(): void {
    this.#ended = true;
    for (const { resolve } of this.#readers.splice(0)) resolve(null);
  }
}
