import type { Call, Instant, LoggedEvent } from '../model.ts';
import type { CallQuery, CallStore, EventLog, NewestFirst, Page } from '../store/ports.ts';
import type { CallFact } from './call-fact.ts';
import { type CallWriter, createCallWriter } from './call-writer.ts';
import { factsOf, loadFacts } from './load-facts.ts';
import { CLOSED_MS, ENDED_MS, PhoneCalls } from './phone-calls.ts';
import { StoredCalls } from './stored-calls.ts';

/** What a book is made of. */
export interface CallBookOptions {
  readonly store: CallStore;
  readonly log: EventLog;
  /** Whether this gateway writes a phone's calls (see {@link CallWriterOptions}). Left out: always. */
  readonly owns?: ((phoneId: string) => boolean) | undefined;
  /** Told where the store fails behind a change; it is written with the next one. */
  readonly onError: (error: unknown) => void;
}

const CATCH_UP_PAGE = 1_000;

/** The gateway's picture of all calls, derived from the event log. */
export class CallBook {
  readonly #store: CallStore;
  readonly #stored: StoredCalls;
  readonly #writer: CallWriter;
  readonly #byPhone = new Map<string, PhoneCalls>();
  /** Those of {@link PhoneCalls}, by id. */
  readonly #calls = new Map<string, Call>();
  readonly #listeners = new Set<(call: Call) => void>();

  /** The newest event that was taken in, and the newest that calls of the store were told by. */
  #through = 0;
  #loadedThrough = 0;

  private constructor({ store, owns = () => true, onError }: CallBookOptions) {
    this.#store = store;
    this.#stored = new StoredCalls(store);
    this.#writer = createCallWriter({ store, owns, onError });
  }

  /** Loads the calls that events may still change, and derives what the store has not seen of the log. */
  static async open(options: CallBookOptions): Promise<CallBook> {
    const book = new CallBook(options);
    const { store, log } = options;
    const { last: newestPlace } = await log.bounds();
    const newest = await log.get(newestPlace);
    // Where retention has left no event at all, none is left that might change a call that ended.
    const now = newest?.receivedAt ?? (newestPlace > 0 ? Number.MAX_SAFE_INTEGER : 0);
    const recent = await store.recent({ endedSince: now - ENDED_MS, closedSince: now - CLOSED_MS });
    const facts = await loadFacts(
      recent.map(({ id }) => id),
      options,
    );
    for (const call of recent) book.#load(call, facts.get(call.id) ?? []);
    book.#through = await store.throughSequence();
    for (let after = book.#through; ; ) {
      const events = await log.read({}, { after, limit: CATCH_UP_PAGE });
      for (const event of events) book.apply(event);
      const last = events.at(-1);
      if (last === undefined) break;
      after = last.sequence;
    }
    await book.flush();
    return book;
  }

  /** Takes in an event of the log, in the log's order. */
  apply(event: LoggedEvent): void {
    const [fact] = factsOf(event);
    this.#through = event.sequence;
    // One that was loaded with its call: another gateway has written further than all had.
    const isLoaded = event.sequence <= this.#loadedThrough && this.trackedCallOf(event) !== null;
    if (fact === undefined || isLoaded) {
      this.#writer.note(event, { calls: [], owners: [] });
      return;
    }
    const change = this.#phone(event.phoneId).apply(fact);
    for (const call of change.calls) this.#calls.set(call.id, call);
    for (const id of change.dropped) this.#calls.delete(id);
    this.#writer.note(event, change);
    for (const call of change.calls) for (const listener of this.#listeners) listener(call);
  }

  /** The place of the newest event that was taken in. */
  get throughSequence(): number {
    return this.#through;
  }

  /** Calls of the phone that have not ended, oldest first. */
  active(phoneId: string): readonly Call[] {
    return this.#byPhone.get(phoneId)?.active ?? [];
  }

  /** When the phone last reported on a call; null: it is long over, or there never was one. */
  heardAt(id: string): Instant | null {
    const call = this.#calls.get(id);
    return call === undefined ? null : (this.#byPhone.get(call.phoneId)?.heardAt(id) ?? null);
  }

  /** The place of the oldest event of calls of the phone that have not ended; null: there are none. */
  openSince(phoneId: string): number | null {
    return this.#byPhone.get(phoneId)?.openSince ?? null;
  }

  /** Whether events may still change a call. */
  tracks(id: string): boolean {
    return this.#calls.has(id);
  }

  /** The call that an event belongs to, among those that events may still change; null: none can be told. */
  trackedCallOf({ phoneId, sequence }: LoggedEvent): Call | null {
    return this.#byPhone.get(phoneId)?.callOf(sequence) ?? null;
  }

  /** How many calls have not ended, of all phones. */
  get activeCount(): number {
    return this.open().length;
  }

  /** A call as it is now; null: there never was one. */
  async get(id: string): Promise<Call | null> {
    return this.#calls.get(id) ?? this.#writer.unsaved(id) ?? this.#store.get(id);
  }

  /** Calls as they are now, newest first: those of which the store does not know yet, too. */
  async list(query: CallQuery, page: NewestFirst): Promise<Page<Call>> {
    await this.flush();
    return await this.#store.list(query, page);
  }

  /** The call that an event belongs to, as it is now; null: none can be told. At once where events may still change it, or where it was read ahead. */
  ofEvent(event: LoggedEvent): Call | null | Promise<Call | null> {
    return this.trackedCallOf(event) ?? this.#storedCallOf(event);
  }

  /** As {@link CallBook.ofEvent} for an event that has just been applied: its call's id. */
  callIdOfNew(sequence: number): string | null {
    return this.#writer.unsavedCallOf(sequence);
  }

  /** @returns stops listening */
  onChange(listener: (call: Call) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits until what was applied is in the store. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** Calls that have not ended, by phone. */
  open(): readonly Call[] {
    return [...this.#byPhone.values()].flatMap(({ active }) => active);
  }

  #storedCallOf({ sequence }: LoggedEvent): Call | Promise<Call | null> {
    const unsaved = this.#writer.unsavedCallOf(sequence);
    if (unsaved !== null) return this.get(unsaved);
    const now = (call: Call): Call => this.#calls.get(call.id) ?? this.#writer.unsaved(call.id) ?? call;
    const stored = this.#stored.ofEvent(sequence);
    return stored instanceof Promise ? stored.then((call) => call && now(call)) : now(stored);
  }

  #load(call: Call, facts: readonly CallFact[]): void {
    this.#phone(call.phoneId).load(call, facts);
    this.#calls.set(call.id, call);
    this.#loadedThrough = Math.max(this.#loadedThrough, ...facts.map(({ sequence }) => sequence));
  }

  #phone(phoneId: string): PhoneCalls {
    const known = this.#byPhone.get(phoneId);
    if (known !== undefined) return known;
    const phone = new PhoneCalls(phoneId);
    this.#byPhone.set(phoneId, phone);
    return phone;
  }
}
