import type { NewEvent } from '../ports.ts';
import type { StreamConnection } from './connection.ts';
import { messageIdOf } from './event-codec.ts';
import { DUPLICATES_MS } from './options.ts';
import { walk } from './stream-reader.ts';

/** The clocks of gateways and servers may differ by so much. */
const CLOCKS_MS = 60_000;

/** Finds events that are given again after the stream itself has forgotten what it was given. */
export class LateReceipts {
  readonly #connection: StreamConnection;
  readonly #now: () => number;
  #known = new Map<string, number>();
  #from = Number.POSITIVE_INFINITY;
  #through = 0;

  constructor(connection: StreamConnection, now: () => number) {
    this.#connection = connection;
    this.#now = now;
  }

  /** The places of those events that are in the log already, by what the stream knew them by. */
  async find(events: readonly NewEvent[]): Promise<ReadonlyMap<string, number>> {
    const latest = this.#now() - DUPLICATES_MS / 2;
    const late = events.filter(({ receipt, receivedAt }) => receipt !== undefined && receivedAt < latest);
    if (late.length === 0) {
      this.#forget();
      return this.#known;
    }
    const from = Math.min(...late.map(({ receivedAt }) => receivedAt)) - CLOCKS_MS;
    const { last_seq: through } = (await this.#connection.info()).state;
    // Pages of one spool begin later and later: what was read for the first one does for all.
    if (from < this.#from) this.#forget();
    const start = this.#through === 0 ? { time: from } : { sequence: this.#through + 1 };
    if (through > this.#through) {
      for await (const { sequence, messageId } of walk(this.#connection, start, { through, headersOnly: true })) {
        if (messageId !== '') this.#known.set(messageId, sequence);
      }
    }
    this.#from = Math.min(from, this.#from);
    this.#through = through;
    return this.#known;
  }

  /** What was given since, by this gateway. */
  note(receipt: Uint8Array | undefined, sequence: number): void {
    if (this.#through > 0 && receipt !== undefined) this.#known.set(messageIdOf(receipt), sequence);
  }

  #forget(): void {
    this.#known = new Map();
    this.#from = Number.POSITIVE_INFINITY;
    this.#through = 0;
  }
}
