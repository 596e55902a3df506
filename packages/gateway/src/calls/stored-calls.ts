import type { Call, Instant } from '../model.ts';
import type { CallStore } from '../store/ports.ts';

/** What is read in one go for whoever reads the log on. */
const AHEAD = 256;
/** Who asks for an event so close behind another one that was asked for reads on: events between them may have been of no interest. */
const NEAR = 64;
/** So many parts are remembered: of as many who read at a time. */
const MOST_PARTS = 8;
/** A part that is older is read again: retention may have dropped what it tells. */
const FRESH_MS = 1_000;

interface Part {
  readonly after: number;
  readonly through: number;
  readonly readAt: Instant;
  readonly calls: Promise<ReadonlyMap<number, Call>>;
  /** What was found, once it is there. */
  found: ReadonlyMap<number, Call>;
}

/** Calls of the store by their events. A subscriber who resumes asks for one event after the other: what follows is read with it. */
export class StoredCalls {
  readonly #store: Pick<CallStore, 'ofEvents'>;
  readonly #ticks: () => number;
  /** The one that was read last stands first. */
  #parts: readonly Part[] = [];

  /** @param ticks milliseconds of a clock that only runs forward */
  constructor(store: Pick<CallStore, 'ofEvents'>, ticks: () => number = () => performance.now()) {
    this.#store = store;
    this.#ticks = ticks;
  }

  /** The call that an event belongs to, as the store has it; null: none. At once where it was read before. */
  ofEvent(sequence: number): Call | Promise<Call | null> {
    const now = this.#ticks();
    const fresh = this.#parts.filter(({ readAt }) => now - readAt < FRESH_MS);
    const known = fresh.find(({ after, through }) => sequence > after && sequence <= through);
    if (known === undefined) return callIn(this.#readPart(sequence, { fresh, now }).calls, sequence);
    return known.found.get(sequence) ?? this.#inPartOrSince(known, sequence);
  }

  /** It may have been written since the part was read. */
  async #inPartOrSince({ calls }: Part, sequence: number): Promise<Call | null> {
    return (await callIn(calls, sequence)) ?? (await callIn(this.#store.ofEvents(justThat(sequence)), sequence));
  }

  #readPart(sequence: number, { fresh, now }: { readonly fresh: readonly Part[]; readonly now: number }): Part {
    const before = fresh.find(({ through }) => sequence > through && sequence <= through + NEAR);
    const range = before === undefined ? justThat(sequence) : { after: sequence - 1, through: sequence + AHEAD };
    const part: Part = { ...range, readAt: now, calls: this.#store.ofEvents(range), found: new Map() };
    this.#parts = [part, ...fresh.filter((one) => one !== before)].slice(0, MOST_PARTS);
    part.calls.then(
      (found) => {
        part.found = found;
      },
      () => {
        // Whoever asks is told; the next one asks the store again.
        this.#parts = this.#parts.filter((one) => one !== part);
      },
    );
    return part;
  }
}

async function callIn(calls: Part['calls'], sequence: number): Promise<Call | null> {
  return (await calls).get(sequence) ?? null;
}

function justThat(sequence: number): { readonly after: number; readonly through: number } {
  return { after: sequence - 1, through: sequence };
}
