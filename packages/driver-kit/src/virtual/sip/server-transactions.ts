/** RFC 3261 section 17.1.1.1, in milliseconds. */
export const T1_MS = 500;
const T2_MS = 4000;

interface Transaction {
  readonly openedAt: number;
  send: (() => void) | undefined;
}

/** Requests that came, with their responses, for as long as they may come again (RFC 3261 section 17.2, timer J). */
export class SipServerTransactions {
  readonly #open = new Map<string, Transaction>();
  readonly #unacknowledged = new Map<string, NodeJS.Timeout>();

  /** Whether it was opened in the last 32 seconds. */
  has(key: string): boolean {
    return this.#open.has(key);
  }

  open(key: string): void {
    const now = Date.now();
    for (const [old, { openedAt }] of this.#open) {
      if (now - openedAt < 64 * T1_MS) break;
      this.#open.delete(old);
    }
    this.#open.set(key, { openedAt: now, send: undefined });
  }

  /** Sends the response, and keeps it for retransmissions of the request. */
  answer(key: string, send: () => void): void {
    const transaction = this.#open.get(key);
    if (transaction !== undefined) transaction.send = send;
    send();
  }

  /** Sends the response again, if there is one. */
  repeat(key: string): void {
    this.#open.get(key)?.send?.();
  }

  /** Sends the final response to an INVITE again and again until {@link acknowledge} (RFC 3261 sections 13.3.1.4, 17.2.1). */
  repeatUntilAcknowledged(dialogKey: string, send: () => void): void {
    this.#repeat(dialogKey, send, { waitMs: T1_MS, waitedMs: 0 });
  }

  /** An ACK has come. */
  acknowledge(dialogKey: string): void {
    clearTimeout(this.#unacknowledged.get(dialogKey));
    this.#unacknowledged.delete(dialogKey);
  }

  /** Forgets all. */
  clear(): void {
    this.#open.clear();
    for (const key of [...this.#unacknowledged.keys()]) this.acknowledge(key);
  }

  #repeat(
    key: string,
    send: () => void,
    { waitMs, waitedMs }: { readonly waitMs: number; readonly waitedMs: number },
  ): void {
    if (waitedMs + waitMs > 64 * T1_MS) return;
    const timer = setTimeout(() => {
      send();
      this.#repeat(key, send, { waitMs: Math.min(2 * waitMs, T2_MS), waitedMs: waitedMs + waitMs });
    }, waitMs);
    timer.unref();
    this.#unacknowledged.set(key, timer);
  }
}
