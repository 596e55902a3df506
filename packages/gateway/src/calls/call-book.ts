import { randomUUID } from 'node:crypto';
import type { CallEvent } from '@hookswitch/core';
import type { Call, LoggedEvent } from '../model.ts';
import type { CallStore, EventLog } from '../store/ports.ts';
import { type CallWriter, createCallWriter } from './call-writer.ts';
import { correlate, LATE_EVENT_MS } from './correlate.ts';
import { type CallFact, deriveCall } from './derive-call.ts';

/** What a book is made of. */
export interface CallBookOptions {
  readonly store: CallStore;
  readonly log: EventLog;
  /** Told where the store fails behind a change; it is written with the next one. */
  readonly onError: (error: unknown) => void;
}

interface Tracked {
  readonly facts: [CallFact, ...CallFact[]];
  call: Call;
}

const CATCH_UP_PAGE = 1_000;

/** The gateway's picture of all calls, derived from the event log. */
export class CallBook {
  readonly #store: CallStore;
  readonly #writer: CallWriter;
  readonly #byPhone = new Map<string, Tracked[]>();
  readonly #listeners = new Set<(call: Call) => void>();

  private constructor({ store, onError }: CallBookOptions) {
    this.#store = store;
    this.#writer = createCallWriter(store, onError);
  }

  /** Loads the open calls, and derives what the store has not seen of the log. */
  static async open(options: CallBookOptions): Promise<CallBook> {
    const book = new CallBook(options);
    const { store, log } = options;
    const open: Tracked[] = [];
    for (const call of await store.active()) {
      const tracked = trackedFrom(call, await store.eventsOf(call.id));
      if (tracked !== null) open.push(tracked);
    }
    // In the order in which they were first told, as they were before.
    open.sort((a, b) => a.facts[0].sequence - b.facts[0].sequence);
    for (const tracked of open) book.#add(tracked);
    for (let after = await store.throughSequence(); ; ) {
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
    const call = event.event.type === 'CALL' ? this.#track(event, event.event) : null;
    this.#writer.note(event.sequence, call);
    if (call !== null) for (const listener of this.#listeners) listener(call);
  }

  /** Calls of the phone that have not ended, oldest first. */
  active(phoneId: string): readonly Call[] {
    return (this.#byPhone.get(phoneId) ?? []).map(({ call }) => call).filter(({ state }) => state !== 'ENDED');
  }

  /** How many calls have not ended, of all phones. */
  get activeCount(): number {
    return [...this.#byPhone.keys()].reduce((sum, phoneId) => sum + this.active(phoneId).length, 0);
  }

  /** A call as it is now; null: there never was one. */
  async get(id: string): Promise<Call | null> {
    for (const tracked of this.#byPhone.values()) {
      const found = tracked.find(({ call }) => call.id === id);
      if (found !== undefined) return found.call;
    }
    return this.#store.get(id);
  }

  /** The call that an event belongs to, as it is now; null: none can be told. */
  async ofEvent(sequence: number): Promise<Call | null> {
    const id = this.#writer.unsavedCallOf(sequence) ?? (await this.#store.callIdOf(sequence));
    return id === null ? null : this.get(id);
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

  #add(tracked: Tracked): void {
    const { phoneId } = tracked.call;
    this.#byPhone.set(phoneId, [...(this.#byPhone.get(phoneId) ?? []), tracked]);
  }

  #track(event: LoggedEvent, callEvent: CallEvent): Call | null {
    const { phoneId, receivedAt } = event;
    const fact = factOf(event, callEvent);
    const tracked = (this.#byPhone.get(phoneId) ?? []).filter(
      ({ call }) => call.endedAt === null || receivedAt - call.endedAt <= LATE_EVENT_MS,
    );
    const found = correlate(
      tracked.map(({ call }) => call),
      callEvent,
      receivedAt,
    );
    if (found === null) return null;
    const known = tracked.find(({ call }) => call === found);
    if (known === undefined) {
      const call = this.#newCall(phoneId, fact);
      this.#byPhone.set(phoneId, [...tracked, { facts: [fact], call }]);
      return call;
    }
    known.facts.push(fact);
    known.call = { ...known.call, ...deriveCall(known.facts) };
    this.#byPhone.set(phoneId, tracked);
    return known.call;
  }

  #newCall(phoneId: string, fact: CallFact): Call {
    // A call that is placed while another is on hold was placed on its behalf.
    const held =
      fact.event.callEventKind === 'OUTGOING'
        ? this.active(phoneId).findLast(({ state }) => state === 'HELD')
        : undefined;
    return {
      id: randomUUID(),
      phoneId,
      consultationForId: held?.id ?? null,
      conferencedWithIds: null,
      ...deriveCall([fact]),
    };
  }
}

function trackedFrom(call: Call, events: readonly LoggedEvent[]): Tracked | null {
  const [first, ...rest] = events.flatMap((event) => (event.event.type === 'CALL' ? [factOf(event, event.event)] : []));
  return first === undefined ? null : { facts: [first, ...rest], call };
}

function factOf({ sequence, receivedAt, vendorEvent }: LoggedEvent, event: CallEvent): CallFact {
  return { sequence, receivedAt, event, inferred: vendorEvent === null };
}
