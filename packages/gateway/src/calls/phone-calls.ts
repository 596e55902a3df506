import { isDeepStrictEqual } from 'node:util';
import type { Call, Instant } from '../model.ts';
import { boundFacts } from './bound-facts.ts';
import type { CallFact } from './call-fact.ts';
import { callIdFor } from './call-id.ts';
import type { CallFacts } from './group-facts.ts';
import { type AddedFact, addFact, type ReducedCall, reduceCalls } from './reduce-calls.ts';

/** How long late events may still change a call that the phone ended. */
export const ENDED_MS = 60_000;
/** How long the phone's own word may still change a call that the gateway closed. */
export const CLOSED_MS = 3_600_000;
/** More facts than that of one phone are not kept. */
const MAX_FACTS = 500;
/** Such a share is left where there were more, so that not each one that comes has others looked through. */
const LEFT = 0.8;

/** What an event changed. */
export interface CallChange {
  /** Calls as they are now. */
  readonly calls: readonly Call[];
  /** To which call the facts belong that are of another one now. */
  readonly owners: readonly { readonly sequence: number; readonly callId: string }[];
}

interface Tracked {
  readonly call: Call;
  readonly facts: readonly CallFact[];
  /** What the facts tell by themselves; null: the call is as the store had it. */
  readonly told: ReducedCall['call'] | null;
}

/** The calls of one phone that facts may still change: those that go on, and those that ended lately. */
export class PhoneCalls {
  readonly #phoneId: string;
  readonly #mostFacts: number;
  #facts: readonly CallFact[] = [];
  /** What the facts tell; those of calls that were taken up as the store had them have not been looked at. */
  #reduced: readonly ReducedCall[] = [];
  #tracked: readonly Tracked[] = [];
  /** Those of `#tracked`; null: not asked for since. */
  #calls: readonly Call[] | null = null;
  /** Calls that were `inferred` when facts that said so were forgotten. */
  readonly #inferred = new Set<string>();

  /** @param mostFacts how many facts are kept at most */
  constructor(phoneId: string, mostFacts = MAX_FACTS) {
    this.#phoneId = phoneId;
    this.#mostFacts = mostFacts;
  }

  /** Oldest first. */
  get calls(): readonly Call[] {
    this.#calls ??= this.#tracked.map(({ call }) => call);
    return this.#calls;
  }

  /** The place of the earliest fact of calls that have not ended; null: there are none. */
  get openSince(): number | null {
    const open = this.#tracked.filter(({ call, facts }) => call.state !== 'ENDED' && facts.length > 0);
    return open.length === 0 ? null : Math.min(...open.flatMap(({ facts }) => facts.map(({ sequence }) => sequence)));
  }

  /** The call that a fact belongs to; null: none. */
  callOf(sequence: number): Call | null {
    return this.#tracked.find(({ facts }) => facts.some((fact) => fact.sequence === sequence))?.call ?? null;
  }

  /** When the phone last reported on one of these calls; null: it is none of them. */
  heardAt(callId: string): Instant | null {
    const heard = this.#tracked.find(({ call }) => call.id === callId)?.facts.filter(({ inferred }) => !inferred) ?? [];
    return heard.length === 0 ? null : Math.max(...heard.map(({ receivedAt }) => receivedAt));
  }

  /** Takes up a call as the store has it. */
  load(call: Call, facts: readonly CallFact[]): void {
    if (call.inferred) this.#inferred.add(call.id);
    this.#facts = [...this.#facts, ...facts];
    this.#track([...this.#tracked, { call, facts, told: null }].sort((a, b) => a.call.startedAt - b.call.startedAt));
  }

  /** Takes in a fact, and says what it changed. */
  apply(fact: CallFact): CallChange {
    this.#forget(fact.receivedAt);
    this.#facts = [...this.#facts, fact];
    if (this.#facts.length > this.#mostFacts) this.#bound();
    const added = this.#add(fact);
    this.#reduced = added?.calls ?? reduceCalls(this.#facts, this.#reduced);
    return (added === null ? null : this.#tellOne(added, fact)) ?? this.#tellAll(fact);
  }

  /** What is plain to see of one call; null: others have to be looked at for it. */
  #tellOne({ call: { facts, call: told }, before }: AddedFact, { sequence }: CallFact): CallChange | null {
    const was = this.#tracked.find((one) => one.facts === before?.facts);
    if (was !== undefined && !isAround(was.call, ALONE)) return null;
    const [first] = facts;
    const isTaken = (other: string): boolean => this.#tracked.some(({ call }) => call.id === other);
    const id = was?.call.id ?? callIdFor(this.#phoneId, first, isTaken);
    const call = { id, phoneId: this.#phoneId, ...ALONE, ...told };
    const now = { facts, told, call };
    this.#track(was === undefined ? [...this.#tracked, now] : this.#tracked.map((one) => (one === was ? now : one)));
    return { calls: isDeepStrictEqual(call, was?.call) ? [] : [call], owners: [{ sequence, callId: id }] };
  }

  /** What the facts tell of all calls, compared with what they told before this one. */
  #tellAll(fact: CallFact): CallChange {
    const before = new Map(this.#tracked.map((one) => [one.call.id, one]));
    const ownerOf = new Map<number, string>();
    for (const { call, facts } of this.#tracked) for (const { sequence } of facts) ownerOf.set(sequence, call.id);
    this.#track(this.#named(this.#reduced, ownerOf, before));
    const after = new Set(this.#tracked.map(({ call }) => call.id));
    const gone = [...before.values()]
      .filter(({ call }) => !after.has(call.id))
      .map(({ call }) => closed(call, fact.receivedAt));
    const changed = this.#tracked.filter(({ call }) => {
      const known = before.get(call.id)?.call;
      return known !== call && !isDeepStrictEqual(call, known);
    });
    return {
      calls: [...gone, ...changed.map(({ call }) => call)],
      owners: this.#tracked.flatMap(({ call, facts }) =>
        facts
          .filter(({ sequence }) => ownerOf.get(sequence) !== call.id)
          .map(({ sequence }) => ({ sequence, callId: call.id })),
      ),
    };
  }

  /** What the facts tell where it is plain what one more changes; null: it is not. */
  #add(fact: CallFact): AddedFact | null {
    // Else there is a call that was taken up as the store had it, or of which facts were let go.
    const isWhole =
      this.#reduced.length === this.#tracked.length &&
      this.#reduced.every(({ facts }, index) => facts === this.#tracked[index]?.facts);
    const told = this.#reduced.reduce((count, { facts }) => count + facts.length, 0);
    return isWhole && told === this.#facts.length - 1 ? addFact(this.#reduced, fact) : null;
  }

  /** A call keeps the id under which its earliest fact was first told. */
  #named(
    reduced: readonly ReducedCall[],
    ownerOf: ReadonlyMap<number, string>,
    before: ReadonlyMap<string, Tracked>,
  ): readonly Tracked[] {
    const ids = new Map<ReducedCall, string>();
    const taken = new Set<string>();
    for (const one of reduced) {
      const isTaken = (other: string): boolean => taken.has(other) || before.has(other);
      const id = earliestOwner(one.facts, ownerOf, taken) ?? callIdFor(this.#phoneId, earliestOf(one.facts), isTaken);
      taken.add(id);
      ids.set(one, id);
    }
    return reduced.map((one) => {
      const id = ids.get(one) ?? '';
      const held = one.consultationFor === null ? null : (ids.get(one.consultationFor) ?? null);
      const was = before.get(id);
      const known = was?.call.consultationForId ?? null;
      // The first call may have been forgotten meanwhile.
      const consultationForId = held ?? (known !== null && !before.has(known) ? known : null);
      const conferencedWithIds = conferencedWith(was?.call ?? null, { ids, before, now: one.conferencedWith });
      const inferred = one.inferred || this.#inferred.has(id);
      const { facts, call: told } = one;
      const around = { consultationForId, conferencedWithIds, inferred };
      if (was?.told === told && isAround(was.call, around)) return { facts, told, call: was.call };
      return { facts, told, call: { id, phoneId: this.#phoneId, ...around, ...told } };
    });
  }

  #track(tracked: readonly Tracked[]): void {
    this.#tracked = tracked;
    this.#calls = null;
  }

  /** Lets go what decides least. */
  #bound(): void {
    const kept = new Set(boundFacts(this.#facts, this.#tracked, Math.floor(LEFT * this.#mostFacts)));
    const isKept = ({ call, facts }: Tracked): boolean => call.endedAt === null || facts.some((fact) => kept.has(fact));
    this.#track(this.#tracked.filter(isKept));
    this.#rememberDoubts(this.#tracked, true);
    this.#facts = this.#facts.filter((fact) => kept.has(fact));
    this.#reduced = [];
  }

  /** Where nobody can say which of two calls a fact belongs to, that stays so when one of them is forgotten. */
  #rememberDoubts(kept: readonly Tracked[], isLost: boolean): void {
    const doubtful = kept.filter(({ call }) => call.inferred).map(({ call }) => call.id);
    const remembered = doubtful.filter((id) => isLost || this.#inferred.has(id));
    this.#inferred.clear();
    for (const id of remembered) this.#inferred.add(id);
  }

  #forget(now: Instant): void {
    if (this.#tracked.length > 0 && !this.#tracked.some(({ call }) => isSettled(call, now))) return;
    const kept = this.#tracked.filter(({ call }) => !isSettled(call, now));
    const gone = this.#tracked.filter((one) => !kept.includes(one));
    const settled = gone.flatMap(({ facts }) => facts);
    this.#track(kept);
    const isKept = (fact: CallFact): boolean =>
      // What no call was told from may belong to one that begins late.
      !settled.includes(fact) && (now - fact.receivedAt <= ENDED_MS || kept.some(({ facts }) => facts.includes(fact)));
    const [left, facts] = [
      this.#facts.filter((fact) => !isKept(fact) && !settled.includes(fact)),
      this.#facts.filter(isKept),
    ];
    this.#rememberDoubts(kept, gone.some(({ call }) => call.inferred) || left.length > 0);
    this.#facts = facts;
    this.#reduced = this.#reduced.filter((one) => kept.some((call) => call.facts === one.facts));
  }
}

/** Those that the facts tell, and those that they told before these calls were forgotten. */
function conferencedWith(
  call: Call | null,
  {
    ids,
    before,
    now,
  }: {
    readonly ids: ReadonlyMap<ReducedCall, string>;
    readonly before: ReadonlyMap<string, unknown>;
    readonly now: readonly ReducedCall[] | null;
  },
): readonly string[] | null {
  const gone = call?.conferencedWithIds?.filter((id) => !before.has(id)) ?? [];
  if (now === null && gone.length === 0) return null;
  return [...gone, ...(now ?? []).flatMap((one) => ids.get(one) ?? [])];
}

/** What is known of a call beside what its own facts tell. */
type Around = Pick<Call, 'consultationForId' | 'conferencedWithIds' | 'inferred'>;

/** Of a call that has nothing to do with others. */
const ALONE: Around = { consultationForId: null, conferencedWithIds: null, inferred: false };

function isAround(call: Call, { consultationForId, conferencedWithIds, inferred }: Around): boolean {
  // Of a conference nobody knows without looking.
  const isNone = conferencedWithIds === null && call.conferencedWithIds === null;
  return isNone && call.consultationForId === consultationForId && call.inferred === inferred;
}

/** To which call, of those that are free yet, the earliest of the facts belonged; undefined: to none. */
function earliestOwner(
  facts: readonly CallFact[],
  ownerOf: ReadonlyMap<number, string>,
  taken: ReadonlySet<string>,
): string | undefined {
  let found: string | undefined;
  let earliest = Number.POSITIVE_INFINITY;
  for (const { sequence } of facts) {
    const owner = ownerOf.get(sequence);
    if (owner === undefined || sequence >= earliest || taken.has(owner)) continue;
    found = owner;
    earliest = sequence;
  }
  return found;
}

/** The place of the earliest of them. */
function earliestOf(facts: CallFacts): CallFact {
  return facts.reduce((earliest, fact) => (fact.sequence < earliest.sequence ? fact : earliest), facts[0]);
}

function isSettled({ endedAt, endInferred }: Call, now: Instant): boolean {
  return endedAt !== null && now - endedAt > (endInferred ? CLOSED_MS : ENDED_MS);
}

/** Its facts turned out to be another call's. */
function closed(call: Call, endedAt: Instant): Call {
  return call.state === 'ENDED' ? call : { ...call, state: 'ENDED', endedAt, endInferred: true, endReason: null };
}
