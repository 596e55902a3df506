import { type CallFact, DELAY_MS, isBeginning, isEnding, isOfOneCall, OVERTAKING_MS } from './call-fact.ts';
import { joinedGroups } from './conference.ts';
import { type DerivedCall, deriveCall } from './derive-call.ts';
import { type CallFacts, groupFacts } from './group-facts.ts';
import { transferOf } from './transfer.ts';
import { undecided } from './undecided.ts';

/** A call with the facts that tell it. */
export interface ReducedCall {
  readonly facts: CallFacts;
  readonly call: DerivedCall;
  /** What its own facts tell, whatever the phone's other calls do. */
  readonly alone: DerivedCall;
  /** The held call on whose behalf this one was placed, among those of the same answer; null: none. */
  readonly consultationFor: ReducedCall | null;
  /** The calls that this one was joined with, among those of the same answer; null: nobody told that it was. */
  readonly conferencedWith: readonly ReducedCall[] | null;
  /** The facts do not decide which of the phone's calls they are about. */
  readonly inferred: boolean;
  /** How all of its facts name it, where each is about this one call; null: they are not so. */
  readonly name: CallName | null;
}

/** What a fact names its call by. */
interface CallName {
  /** The first identifier, as `NAME=VALUE`. */
  readonly firstId: string;
  /** See {@link CallFact.idNames}. */
  readonly idNames: string;
}

/**
 * The calls that a phone's facts tell, oldest first. A pure function of the set of facts.
 * @param before what some of these facts told already; of a phone's calls an event changes one, as a rule
 */
export function reduceCalls(facts: readonly CallFact[], before: readonly ReducedCall[] = []): readonly ReducedCall[] {
  const groups = groupFacts(facts);
  const doubtful = undecided({ groups, left: leftOut(facts, groups) });
  const calls: Draft[] = groups
    .map((group) => {
      const alone = before.find((one) => areSame(one.facts, group))?.alone ?? deriveCall(group);
      const inferred = doubtful.has(group);
      const name = nameOfAll(group);
      return { facts: group, call: alone, alone, consultationFor: null, conferencedWith: null, inferred, name };
    })
    .sort((a, b) => a.call.startedAt - b.call.startedAt || firstOf(a.facts) - firstOf(b.facts));
  for (const one of calls) one.consultationFor = calls.find((other) => other !== one && isFor(one, other)) ?? null;
  for (const one of calls) if (one.consultationFor !== null) joinTransfer(one, one.consultationFor);
  for (const [one, others] of joinedGroups(calls)) one.conferencedWith = others;
  return calls;
}

/** What one fact more has told. */
export interface AddedFact {
  /** What {@link reduceCalls} would tell of all facts. */
  readonly calls: readonly ReducedCall[];
  /** The call that the fact is about, and its index among those before; null: it began with the fact. */
  readonly call: ReducedCall;
  readonly index: number | null;
}

/**
 * {@link reduceCalls} with one fact more, where it is plain that it changes one call or begins the newest: all name theirs in the same way,
 * and none ties calls together. That is so of most phones at most times, and costs a fraction of telling all facts apart again.
 * @param before all that the facts before this one told
 * @returns null where it is not plain
 */
export function addFact(before: readonly ReducedCall[], fact: CallFact): AddedFact | null {
  const name = nameOfAll([fact]);
  if (name === null) return null;
  let index: number | null = null;
  // Of each call as little is looked at as can be: there are many, and most are not in the processor's cache.
  for (const [other, { name: its }] of before.entries()) {
    if (its?.idNames !== name.idNames) return null;
    if (its.firstId !== name.firstId) continue;
    // An identifier that was used again.
    if (index !== null) return null;
    index = other;
  }
  if (!before.every(isAlone)) return null;
  const home = index === null ? undefined : before[index];
  if (index === null || home === undefined) {
    const newest = before.at(-1);
    if (newest !== undefined && newest.call.startedAt >= fact.receivedAt) return null;
    const call = plainCall([fact], name);
    return { calls: [...before, call], call, index: null };
  }
  // An event that was overtaken, and a call that begins again, are looked at as a whole.
  const isLate = home.facts.some(({ receivedAt }) => receivedAt > fact.receivedAt);
  const isOver = home.facts.some(({ event }) => isEnding(event.callEventKind));
  if (isLate || (isOver && isBeginning(fact))) return null;
  const [first, ...rest] = home.facts;
  const call = plainCall([first, ...rest, fact], name);
  return { calls: before.with(index, call), call, index };
}

/** Whether none of the phone's other calls, those that were forgotten included, has to do with what is told of a call. */
function isAlone({ call, alone, consultationFor, conferencedWith, inferred }: ReducedCall): boolean {
  return call === alone && consultationFor === null && conferencedWith === null && !inferred;
}

function plainCall(facts: CallFacts, name: CallName): ReducedCall {
  const alone = deriveCall(facts);
  return { facts, call: alone, alone, consultationFor: null, conferencedWith: null, inferred: false, name };
}

/** How they all name their call; null: not all in the same way, or one is about others as well. */
function nameOfAll(facts: CallFacts): CallName | null {
  const [{ ids, idNames }] = facts;
  const [firstId] = ids;
  if (firstId === undefined) return null;
  const isAlike = facts.every((fact) => isOfOneCall(fact) && fact.ids[0] === firstId && fact.idNames === idNames);
  return isAlike ? { firstId, idNames } : null;
}

function areSame(one: CallFacts, other: CallFacts): boolean {
  return one.length === other.length && one.every((fact, index) => fact === other[index]);
}

/** Facts about calls that nobody can say of which call they are. */
function leftOut(facts: readonly CallFact[], groups: readonly CallFacts[]): readonly CallFact[] {
  if (groups.reduce((count, group) => count + group.length, 0) === facts.length) return [];
  const grouped = new Set(groups.flat());
  return facts.filter((fact) => !grouped.has(fact) && fact.event.callEventKind !== 'SCREENING_REQUESTED');
}

/** A call whose transfer and first call are still to be found. */
interface Draft {
  readonly facts: CallFacts;
  call: DerivedCall;
  readonly alone: DerivedCall;
  consultationFor: Draft | null;
  conferencedWith: readonly Draft[] | null;
  readonly inferred: boolean;
  readonly name: CallName | null;
}

/** Phones report an attended transfer on either of its calls: it is the held one that is handed over, to the other's party. */
function joinTransfer(consultation: Draft, first: Draft): void {
  const told = [...consultation.facts, ...first.facts];
  const ended = first.call.state === 'ENDED' && !first.call.endInferred;
  const transfer = transferOf(told, ended);
  if (transfer?.kind !== 'ATTENDED') return;
  const target = transfer.target ?? consultation.call.remote;
  const { answeredAt, endReason } = first.call;
  const isHandedOver = ended && transfer.state === 'FINISHED';
  first.call = {
    ...first.call,
    transfer: { ...transfer, target },
    endReason: isHandedOver ? 'TRANSFERRED' : answeredAt !== null && ended ? 'COMPLETED' : endReason,
  };
  const { call } = consultation;
  const over = call.state === 'ENDED' && !call.endInferred && call.answeredAt !== null;
  consultation.call = { ...call, transfer: null, endReason: over ? 'COMPLETED' : call.endReason };
}

/** A call that is placed while another one waits on hold was placed on its behalf. */
function isFor(consultation: Pick<ReducedCall, 'facts' | 'call'>, first: Pick<ReducedCall, 'facts' | 'call'>): boolean {
  const { startedAt, direction } = consultation.call;
  if (direction !== 'OUTGOING' || !wasHeld(first.facts)) return false;
  // Of two that were both held the one that began first is the one that waits.
  if (wasHeld(consultation.facts) && first.call.startedAt > startedAt) return false;
  const endedAt = first.call.endedAt ?? Number.POSITIVE_INFINITY;
  return first.call.startedAt <= startedAt + DELAY_MS && startedAt <= endedAt + OVERTAKING_MS;
}

function wasHeld(facts: CallFacts): boolean {
  return facts.some(({ event }) => event.callEventKind === 'HELD');
}

function firstOf(facts: CallFacts): number {
  return Math.min(...facts.map(({ sequence }) => sequence));
}
