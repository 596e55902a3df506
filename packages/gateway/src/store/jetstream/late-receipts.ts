import type { NewEvent } from '../ports.ts';
import type { StreamConnection } from './connection.ts';
import { messageIdOf } from './event-codec.ts';
import { DUPLICATES_MS } from './options.ts';
import { walk } from './stream-reader.ts';

/** The clocks of gateways and servers may differ by so much. */
const CLOCKS_MS = 60_000;
/** Messages that are remembered beside those that are looked for: some tens of megabytes. */
const MOST = 200_000;

/** An event that is given again late. */
interface Late {
  /** What the stream knows it by, where it has it. */
  readonly id: string;
  readonly receivedAt: number;
}

/** Finds events that are given again after the stream itself has forgotten what it was given. */
export class LateReceipts {
  readonly #connection: StreamConnection;
  readonly #now: () => number;
  readonly #most: number;
  /** Places of messages from a time on, through a place: of all whose ids begin with a number from `#low` on and below `#end`. */
  #known = new Map<string, number>();
  #from = Number.POSITIVE_INFINITY;
  #through = 0;
  #low = 0;
  #end = Number.POSITIVE_INFINITY;

  /** @param most how many messages are remembered at most, beside those that are looked for */
  constructor(connection: StreamConnection, now: () => number, most = MOST) {
    this.#connection = connection;
    this.#now = now;
    this.#most = most;
  }

  /** The places of those events that are in the log already, by what the stream knew them by. */
  async find(events: readonly NewEvent[]): Promise<ReadonlyMap<string, number>> {
    const late = this.#lateOf(events);
    if (late.length === 0) {
      this.#forget();
      return this.#known;
    }
    const numbers = late.map(({ id }) => numberOf(id));
    const low = numbers.reduce((least, number) => Math.min(least, number));
    const high = numbers.reduce((most, number) => Math.max(most, number));
    const from =
      late.reduce((first, { receivedAt }) => Math.min(first, receivedAt), late[0]?.receivedAt ?? 0) - CLOCKS_MS;
    // Pages of one spool begin later and later: what was read for one does for the next ones, as far as it is remembered.
    if (from < this.#from || low < this.#low || high >= this.#end) {
      this.#forget();
      this.#from = from;
      this.#low = low;
    }
    await this.#read(new Set(late.map(({ id }) => id)), low);
    return this.#known;
  }

  #lateOf(events: readonly NewEvent[]): readonly Late[] {
    const latest = this.#now() - DUPLICATES_MS / 2;
    return events.flatMap(({ receipt, receivedAt }) =>
      receipt === undefined || receivedAt >= latest ? [] : [{ id: messageIdOf(receipt), receivedAt }],
    );
  }

  /** @param wanted are kept in any case @param low nobody asks for what is below any more */
  async #read(wanted: ReadonlySet<string>, low: number): Promise<void> {
    const { last_seq: through } = (await this.#connection.info()).state;
    if (through <= this.#through) return;
    const start = this.#through === 0 ? { time: this.#from } : { sequence: this.#through + 1 };
    for await (const { sequence, messageId } of walk(this.#connection, start, { through, headersOnly: true })) {
      if (messageId === '' || !(wanted.has(messageId) || this.#isKept(messageId))) continue;
      this.#known.set(messageId, sequence);
      if (this.#known.size > this.#most + wanted.size) this.#bound(wanted, low);
    }
    this.#through = through;
  }

  #isKept(id: string): boolean {
    const number = numberOf(id);
    return number >= this.#low && number < this.#end;
  }

  /** Lets go what is behind, and of what is to come what comes last: it is read again when it is its turn. */
  #bound(wanted: ReadonlySet<string>, low: number): void {
    this.#low = low;
    const others = [...this.#known.keys()].filter((id) => !wanted.has(id));
    const ahead = others.map(numberOf).filter((number) => number >= low);
    if (ahead.length > this.#most / 2) this.#end = ahead.sort((a, b) => a - b)[Math.floor(this.#most / 2)] ?? this.#end;
    for (const id of others) if (!this.#isKept(id)) this.#known.delete(id);
  }

  #forget(): void {
    this.#known = new Map();
    this.#from = Number.POSITIVE_INFINITY;
    this.#through = 0;
    this.#low = 0;
    this.#end = Number.POSITIVE_INFINITY;
  }
}

const NUMBER_BYTES = 6;
/** So many characters of base64url are that. */
const NUMBER_CHARACTERS = 8;

/** By what ids are put in order: receipts begin with the time at which they were made. */
function numberOf(id: string): number {
  const bytes = Buffer.alloc(NUMBER_BYTES);
  bytes.write(id.slice(0, NUMBER_CHARACTERS), 'base64url');
  return bytes.readUIntBE(0, NUMBER_BYTES);
}
