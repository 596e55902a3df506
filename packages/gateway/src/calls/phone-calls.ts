import type { Call, Instant } from '../model.ts';
import { boundFacts } from './bound-facts.ts';
import type { CallFact } from './call-fact.ts';
import { callIdFor } from './call-id.ts';
import type { CallFacts } from './group-facts.ts';
import { type AddedFact, addFact, type ReducedCall, reduceCalls } from './reduce-calls.ts';
import { isSameCall } from './same-call.ts';

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
  /** Ids of calls that are followed no longer: over for good, or found to be part of another one. */
  readonly dropped: readonly string[];
}

interface Tracked {
  readonly call: Call;
  readonly facts: readonly CallFact[];
  /** What the facts tell by themselves; null: the call is as the store had it. */
  readonly told: ReducedCall['call'] | null;
  /** After that late events change it no more; infinite where it has not ended. */
  readonly settlesAt: Instant;
}

/** The calls of one phone that facts may still change: those that go on, and those that ended lately. */
export class PhoneCalls {
  readonly #phoneId: string;
  readonly #mostFacts: number;
  #facts: CallFact[] = [];
  /** What the facts tell; those of calls that were taken up as the store had them have not been looked at. */
  #reduced: readonly ReducedCall[] = [];
  #tracked: readonly Tracked[] = [];
  /** Whether each fact is told by a call of `#reduced`, and `#tracked` are these, in that order. */
  #isWhole = true;
  /** Those of `#tracked` that have not ended; null: not looked for since. */
  #active: readonly Call[] | null = null;
  /** Calls that were let go since the last change was told: their ids. */
  #dropped: string[] = [];
  /** Calls that were `inferred` when facts that said so were forgotten. */
  readonly #inferred = new Set<string>();

  /** @param mostFacts how many facts are kept at most */
  constructor(phoneId: string, mostFacts = MAX_FACTS) {
    this.#phoneId = phoneId;
    this.#mostFacts = mostFacts;
  }

  /** Oldest first. */
  get calls(): readonly Call[] {
    return this.#tracked.map(({ call }) => call);
  }

  /** Those that have not ended, oldest first. */
  get active(): readonly Call[] {
    this.#active ??= this.calls.filter(({ state }) => state !== 'ENDED');
    return this.#active;
  }

  /** The place of the earliest fact of calls that have not ended; null: there are none. */
  get openSince(): number | null {
    const open = this.#tracked.filter(({ call, facts }) => call.state !== 'ENDED' && facts.length > 0);
    return open.length === 0 ? null : Math.min(...open.flatMap(({ facts }) => facts.map(({ sequence }) => sequence)));
  }

  /** The call that a fact belongs to; null: none. */
  callOf(sequence: number): Call | null {
    // It is asked for of the newest.
    return this.#tracked.findLast(({ facts }) => facts.some((fact) => fact.sequence === sequence))?.call ?? null;
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
    this.#isWhole = false;
    this.#track([...this.#tracked, asTracked(call, facts, null)].sort((a, b) => a.call.startedAt - b.call.startedAt));
  }

  /** Takes in a fact, and says what it changed. */
  apply(fact: CallFact): CallChange {
    this.#forget(fact.receivedAt);
    this.#facts.push(fact);
    if (this.#facts.length > this.#mostFacts) this.#bound();
    const added = this.#isWhole ? addFact(this.#reduced, fact) : null;
    this.#reduced = added?.calls ?? reduceCalls(this.#facts, this.#reduced);
    const change = (added === null ? null : this.#tellOne(added, fact)) ?? this.#tellAll(fact);
    this.#dropped = [];
    return change;
  }

  /** What is plain to see of one call; null: others have to be looked at for it. */
  #tellOne({ call: { facts, call: told }, index }: AddedFact, { sequence }: CallFact): CallChange | null {
    const was = index === null ? undefined : this.#tracked[index];
    if (was !== undefined && !isAround(was.call, ALONE)) return null;
    const [first] = facts;
    const isTaken = (other: string): boolean => this.#tracked.some(({ call }) => call.id === other);
    const id = was?.call.id ?? callIdFor(this.#phoneId, first, isTaken);
    const call = { id, phoneId: this.#phoneId, ...ALONE, ...told };
    const now = asTracked(call, facts, told);
    const active = this.#activeAfter(was?.call, call);
    this.#track(index === null ? [...this.#tracked, now] : this.#tracked.with(index, now));
    this.#active = active;
    const calls = was !== undefined && isSameCall(call, was.call) ? [] : [call];
    return { calls, owners: [{ sequence, callId: id }], dropped: this.#dropped.filter((other) => other !== id) };
  }

  /** Those that have not ended, when this one is as it is now; null: they have to be looked for. */
  #activeAfter(was: Call | undefined, now: Call): readonly Call[] | null {
    const before = this.#active;
    if (before === null) return null;
    const hasEnded = now.state === 'ENDED';
    if (was === undefined) return hasEnded ? before : [...before, now];
    const index = before.indexOf(was);
    if (index === -1) return hasEnded ? before : null;
    return hasEnded ? before.toSpliced(index, 1) : before.with(index, now);
  }

  /** What the facts tell of all calls, compared with what they told before this one. */
  #tellAll(fact: CallFact): CallChange {
    const before = new Map(this.#tracked.map((one) => [one.call.id, one]));
    const ownerOf = new Map<number, string>();
    for (const { call, facts } of this.#tracked) for (const { sequence } of facts) ownerOf.set(sequence, call.id);
    this.#track(this.#named(this.#reduced, ownerOf, before));
    const told = this.#reduced.reduce((count, { facts }) => count + facts.length, 0);
    this.#isWhole = told === this.#facts.length;
    const after = new Set(this.#tracked.map(({ call }) => call.id));
    const gone = [...before.values()]
      .filter(({ call }) => !after.has(call.id))
      .map(({ call }) => closed(call, fact.receivedAt));
    const changed = this.#tracked.filter(({ call }) => {
      const known = before.get(call.id)?.call;
      return known === undefined || !isSameCall(call, known);
    });
    return {
      calls: [...gone, ...changed.map(({ call }) => call)],
      owners: this.#tracked.flatMap(({ call, facts }) =>
        facts
          .filter(({ sequence }) => ownerOf.get(sequence) !== call.id)
          .map(({ sequence }) => ({ sequence, callId: call.id })),
      ),
      dropped: [...this.#dropped, ...before.keys()].filter((id) => !after.has(id)),
    };
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
      if (was?.told === told && isAround(was.call, around)) return asTracked(was.call, facts, told);
      return asTracked({ id, phoneId: this.#phoneId, ...around, ...told }, facts, told);
    });
  }

  #track(tracked: readonly Tracked[]): void {
    this.#tracked = tracked;
    this.#active = null;
  }

  /** Lets go what decides least. */
  #bound(): void {
    const kept = new Set(boundFacts(this.#facts, this.#tracked, Math.floor(LEFT * this.#mostFacts)));
    const isKept = ({ call, facts }: Tracked): boolean => call.endedAt === null || facts.some((fact) => kept.has(fact));
    for (const one of this.#tracked) if (!isKept(one)) this.#dropped.push(one.call.id);
    this.#track(this.#tracked.filter(isKept));
    this.#rememberDoubts(this.#tracked, true);
    this.#facts = this.#facts.filter((fact) => kept.has(fact));
    this.#reduced = [];
    this.#isWhole = false;
  }

  /** Where nobody can say which of two calls a fact belongs to, that stays so when one of them is forgotten. */
  #rememberDoubts(kept: readonly Tracked[], isLost: boolean): void {
    if (!isLost && this.#inferred.size === 0) return;
    const doubtful = kept.filter(({ call }) => call.inferred).map(({ call }) => call.id);
    const remembered = doubtful.filter((id) => isLost || this.#inferred.has(id));
    this.#inferred.clear();
    for (const id of remembered) this.#inferred.add(id);
  }

  #forget(now: Instant): void {
    const gone = this.#tracked.filter(({ settlesAt }) => settlesAt < now);
    if (gone.length === 0 && (this.#tracked.length > 0 || this.#facts.length === 0)) return;
    const kept = this.#tracked.filter((one) => !gone.includes(one));
    const settled = gone.flatMap(({ facts }) => facts);
    const left = this.#facts.filter((fact) => !settled.includes(fact));
    // What no call was told from may belong to one that begins late.
    const isKept = (fact: CallFact): boolean =>
      now - fact.receivedAt <= ENDED_MS || kept.some(({ facts }) => facts.includes(fact));
    const facts = this.#isWhole ? left : left.filter(isKept);
    this.#rememberDoubts(kept, gone.some(({ call }) => call.inferred) || facts.length < left.length);
    for (const { call } of gone) this.#dropped.push(call.id);
    // None that goes on is among those that are gone.
    this.#tracked = kept;
    this.#facts = facts;
    this.#reduced = this.#reduced.filter((one) => !gone.some((call) => call.facts === one.facts));
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

function asTracked(call: Call, facts: Tracked['facts'], told: Tracked['told']): Tracked {
  const { endedAt, endInferred } = call;
  const settlesAt = endedAt === null ? Number.POSITIVE_INFINITY : endedAt + (endInferred ? CLOSED_MS : ENDED_MS);
  return { call, facts, told, settlesAt };
}

/** Its facts turned out to be another call's. */
function closed(call: Call, endedAt: Instant): Call {
  return call.state === 'ENDED' ? call : { ...call, state: 'ENDED', endedAt, endInferred: true, endReason: null };
}
