import type { Call } from '../model.ts';
import type { CallStore } from '../store/ports.ts';

/** So many events are read ahead at first, and four times as many each time, up to so many: most who ask for one event ask for no other. */
const [FEWEST_AHEAD, MOST_AHEAD] = [16, 256];
/** Who asks for an event so close behind another one that was asked for reads on: events between them may have been of no interest. */
const NEAR = 64;
/** So many may be read ahead for at a time; who comes besides is read for event by event. */
const MOST_PARTS = 8;
/** So many of the events that were asked for last are remembered. */
const MOST_ASKED = 64;
/** A part that is older is read again: retention may have dropped what it tells. */
const FRESH_MS = 1_000;

/** A part of the log whose calls were read in one go. */
interface Part {
  readonly after: number;
  readonly through: number;
  /** On the clock of the {@link StoredCalls}. */
  readonly readAt: number;
  readonly calls: Promise<ReadonlyMap<number, Call>>;
  /** What was found, once it is there. */
  found: ReadonlyMap<number, Call>;
}

/** Calls of the store by their events. A subscriber who resumes asks for one event after the other: what follows is read with it. */
export class StoredCalls {
  readonly #store: Pick<CallStore, 'ofEvents'>;
  readonly #ticks: () => number;
  #parts: readonly Part[] = [];
  /** Events that were asked for by themselves, the newest last. */
  #asked: readonly number[] = [];

  /** @param ticks milliseconds of a clock that only runs forward */
  constructor(store: Pick<CallStore, 'ofEvents'>, ticks: () => number = () => performance.now()) {
    this.#store = store;
    this.#ticks = ticks;
  }

  /** The call that an event belongs to, as the store has it; null: none. At once where it has ended and was read ahead. */
  ofEvent(sequence: number): Call | Promise<Call | null> {
    const now = this.#ticks();
    this.#parts = this.#parts.filter(({ readAt }) => now - readAt < FRESH_MS);
    const known = this.#parts.find(({ after, through }) => sequence > after && sequence <= through);
    if (known !== undefined) {
      const call = known.found.get(sequence);
      return call !== undefined && isOver(call) ? call : this.#inPartOrSince(known, sequence);
    }
    const part = this.#readAhead(sequence, now);
    return part === null ? this.#justThat(sequence) : callIn(part.calls, sequence);
  }

  /** It may have been written, or have changed, since the part was read. */
  async #inPartOrSince({ calls }: Part, sequence: number): Promise<Call | null> {
    const call = await callIn(calls, sequence);
    return call !== null && isOver(call) ? call : this.#justThat(sequence);
  }

  #justThat(sequence: number): Promise<Call | null> {
    this.#asked = [...this.#asked, sequence].slice(-MOST_ASKED);
    return callIn(this.#store.ofEvents({ after: sequence - 1, through: sequence }), sequence);
  }

  /** @returns null where nobody reads on here, or others do at as many places as there may be */
  #readAhead(sequence: number, readAt: number): Part | null {
    const isNear = (before: number): boolean => sequence > before && sequence <= before + NEAR;
    const last = this.#parts.find(({ through }) => isNear(through));
    const others = this.#parts.filter((one) => one !== last);
    if (others.length >= MOST_PARTS || (last === undefined && !this.#asked.some(isNear))) return null;
    const events = last === undefined ? FEWEST_AHEAD : Math.min(MOST_AHEAD, 4 * (last.through - last.after));
    const range = { after: sequence - 1, through: sequence - 1 + events };
    const part: Part = { ...range, readAt, calls: this.#store.ofEvents(range), found: new Map() };
    this.#parts = [...others, part];
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

function isOver({ state }: Call): boolean {
  return state === 'ENDED';
}

async function callIn(calls: Part['calls'], sequence: number): Promise<Call | null> {
  return (await calls).get(sequence) ?? null;
}
