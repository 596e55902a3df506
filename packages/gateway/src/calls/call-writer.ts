import type { Call } from '../model.ts';
import type { CallStore } from '../store/ports.ts';
import type { CallChange } from './phone-calls.ts';

/** What is written of a change. */
type WrittenChange = Pick<CallChange, 'calls' | 'owners'>;

/** Writes calls behind: they are derived, so what a crash takes is derived again from the log. */
export interface CallWriter {
  /** An event of a phone has been applied, and this is what it changed. */
  note(event: { readonly sequence: number; readonly phoneId: string }, change: WrittenChange): void;
  /** The call of an event that is not known to be in the store yet. */
  unsavedCallOf(sequence: number): string | null;
  /** A call that is not known to be in the store as it is now. */
  unsaved(id: string): Call | null;
  /** Waits until all that was noted is in the store. */
  flush(): Promise<void>;
}

/** What a writer works with. */
export interface CallWriterOptions {
  readonly store: Pick<CallStore, 'save' | 'missing'>;
  /**
   * Whether this gateway is the one that writes a phone's calls. What another should have written is looked for later, and
   * written where it is missing: every gateway derives the same.
   */
  readonly owns: (phoneId: string) => boolean;
  /** Told where the store fails; the change is written with the next one. */
  readonly onError: (error: unknown) => void;
}

/**
 * What has changed is written so much later, all in one: a call changes several times in a row, and an event must not wait for the disk
 * because of calls.
 */
const WRITE_BEHIND_MS = 100;
/** So many calls that have changed are written at once: events that come meanwhile wait for as many, and for no more. */
const ENOUGH_CALLS = 64;
/** What another gateway should have written is looked for so much later. */
const LOOK_BEHIND_MS = 2_000;

interface Noted<Value> {
  readonly value: Value;
  /** The event with which it was noted. */
  readonly through: number;
}

/** Changes that wait: calls by their ids, and the calls of events. */
class Changes {
  readonly calls = new Map<string, Noted<Call>>();
  readonly eventCalls = new Map<number, Noted<string>>();

  get isEmpty(): boolean {
    return this.calls.size === 0 && this.eventCalls.size === 0;
  }

  note(through: number, { calls, owners }: WrittenChange): void {
    for (const call of calls) this.calls.set(call.id, { value: call, through });
    for (const { sequence, callId } of owners) this.eventCalls.set(sequence, { value: callId, through });
  }

  /** Takes back what could not be written: what has come since counts. */
  putBehind({ calls, eventCalls }: Changes): void {
    for (const [id, noted] of calls) if (!this.calls.has(id)) this.calls.set(id, noted);
    for (const [sequence, noted] of eventCalls)
      if (!this.eventCalls.has(sequence)) this.eventCalls.set(sequence, noted);
  }

  rows() {
    return {
      calls: [...this.calls.values()].map(({ value }) => value),
      eventCalls: [...this.eventCalls].map(([sequence, { value }]) => ({ sequence, callId: value })),
    };
  }
}

/** @returns a writer that has nothing to write yet */
export function createCallWriter(options: CallWriterOptions): CallWriter {
  return new BehindWriter(options);
}

class BehindWriter implements CallWriter {
  readonly #options: CallWriterOptions;
  #own = new Changes();
  #others = new Changes();
  #saving: readonly Changes[] = [];
  /** The newest event that was noted, and the newest through which the store is known to have everything. */
  #through = 0;
  #saved = 0;
  #timer: NodeJS.Timeout | null = null;
  #look: NodeJS.Timeout | null = null;
  #idle: Promise<void> = Promise.resolve();

  constructor(options: CallWriterOptions) {
    this.#options = options;
  }

  note({ sequence, phoneId }: { readonly sequence: number; readonly phoneId: string }, change: WrittenChange): void {
    const { owns, onError, store } = this.#options;
    this.#through = sequence;
    const before = this.#own.calls.size;
    (owns(phoneId) ? this.#own : this.#others).note(sequence, change);
    const save = (): void => void this.#inTurn(() => this.#saveOwn()).catch(onError);
    // Only where they become enough: what a store that fails has left here is tried again by the clock.
    if (before < ENOUGH_CALLS && this.#own.calls.size >= ENOUGH_CALLS) save();
    else this.#timer ??= setTimeout(save, WRITE_BEHIND_MS).unref();
    if (store.missing !== undefined) this.#lookLater();
  }

  unsavedCallOf(sequence: number): string | null {
    return this.#first(({ eventCalls }) => eventCalls.get(sequence))?.value ?? null;
  }

  unsaved(id: string): Call | null {
    return this.#first(({ calls }) => calls.get(id))?.value ?? null;
  }

  flush(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#saveOwn();
      await this.#saveOthers();
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#idle = this.#idle.then(work);
    return this.#idle;
  }

  #lookLater(): void {
    this.#look ??= setTimeout(() => {
      this.#look = null;
      void this.flush().catch(this.#options.onError);
    }, LOOK_BEHIND_MS).unref();
  }

  #first<Value>(find: (changes: Changes) => Noted<Value> | undefined): Noted<Value> | null {
    const found = [this.#own, this.#others, ...this.#saving].flatMap((changes) => find(changes) ?? []);
    return found.reduce<Noted<Value> | null>(
      (newest, one) => (newest === null || one.through > newest.through ? one : newest),
      null,
    );
  }

  async #saveOwn(): Promise<void> {
    const { store, onError } = this.#options;
    const through = this.#through;
    // How far the log was derived is said with it where nobody else writes.
    const isPartial = store.missing !== undefined;
    if (isPartial ? this.#own.isEmpty : through === this.#saved) return;
    const changes = this.#own;
    this.#own = new Changes();
    this.#saving = [changes];
    try {
      await store.save({ ...changes.rows(), throughSequence: through, isPartial });
      if (!isPartial) this.#saved = through;
    } catch (error) {
      this.#own.putBehind(changes);
      onError(error);
    } finally {
      this.#saving = [];
    }
  }

  async #saveOthers(): Promise<void> {
    const { store, onError } = this.#options;
    if (store.missing === undefined) return;
    const through = this.#through;
    if (through === this.#saved) return;
    // The own may have failed, or come meanwhile.
    const isPartial = !this.#own.isEmpty;
    const changes = this.#others;
    this.#others = new Changes();
    this.#saving = [changes];
    try {
      const missing = await missingOf(store.missing, changes);
      await store.save({ ...missing.rows(), throughSequence: through, isPartial });
      if (!isPartial) this.#saved = through;
    } catch (error) {
      this.#others.putBehind(changes);
      onError(error);
    } finally {
      this.#saving = [];
    }
    if (this.#through !== this.#saved) this.#lookLater();
  }
}

async function missingOf(ask: NonNullable<CallStore['missing']>, changes: Changes): Promise<Changes> {
  if (changes.isEmpty) return changes;
  const found = await ask({
    calls: [...changes.calls].map(([id, { through }]) => ({ id, through })),
    events: [...changes.eventCalls].map(([sequence, { through }]) => ({ sequence, through })),
  });
  const missing = new Changes();
  for (const id of found.calls) missing.calls.set(id, changes.calls.get(id) ?? raise(id));
  for (const one of found.events) missing.eventCalls.set(one, changes.eventCalls.get(one) ?? raise(one));
  return missing;
}

function raise(name: string | number): never {
  throw new Error(`the store misses ${name}, of which it was not asked`);
}
