import type { CallEndReason, CallEvent, CallEventKind } from '@hookswitch/core';
import type { Instant } from '../model.ts';

/** A call event of one phone, with its place in the log. */
export interface CallFact {
  readonly sequence: number;
  readonly receivedAt: Instant;
  readonly event: CallEvent;
  /** The gateway noticed it by itself; the phone never said so. */
  readonly inferred: boolean;
}

/**
 * How long an event may be under way: each is a request on a connection of its own. Up to this delay the order in which
 * events arrive counts for nothing, unless only time tells two stories apart: there {@link OVERTAKING_MS} holds.
 */
export const DELAY_MS = 10_000;

/** Two events within this time may have overtaken each other; further apart they come in their order, as a rule. */
export const OVERTAKING_MS = 2_000;

/** Whose word counts first where events of one call tell different things of it, whenever they came. */
const RANKS: Readonly<Record<CallEventKind, number>> = {
  // The phone that a call was handed to talks to somebody else from then on.
  TRANSFER_RECEIVED: 0,
  INCOMING: 1,
  OUTGOING: 1,
  ANSWERED_WAITING: 2,
  CONNECTED: 3,
  HELD: 4,
  RESUMED: 4,
  REMOTE_HELD: 4,
  REMOTE_RESUMED: 4,
  MUTED: 4,
  UNMUTED: 4,
  CONFERENCED: 4,
  MISSED: 5,
  REJECTED: 5,
  CANCELED: 5,
  REMOTE_CANCELED: 5,
  REMOTE_BUSY: 5,
  FORWARDED: 5,
  ENDED: 6,
  TRANSFER_STARTED: 7,
  TRANSFER_BLIND: 7,
  TRANSFER_ATTENDED: 7,
  TRANSFER_FINISHED: 7,
  TRANSFER_FAILED: 7,
  SCREENING_REQUESTED: 8,
};

/** The facts, those whose word counts most first: an order that does not depend on when they came. */
export function byRank(facts: readonly CallFact[]): readonly CallFact[] {
  if (facts.length < 2) return facts;
  return [...facts].sort((a, b) => {
    const ranks = RANKS[a.event.callEventKind] - RANKS[b.event.callEventKind];
    if (ranks !== 0) return ranks;
    const [one, other] = [keyOf(a), keyOf(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}

/** What facts of the same rank are put in order by. A fact never changes, and is looked at with each one that comes. */
const keys = new WeakMap<CallFact, string>();

function keyOf(fact: CallFact): string {
  const known = keys.get(fact);
  if (known !== undefined) return known;
  const { callEventKind, call } = fact.event;
  const key = JSON.stringify([callEventKind, fact.inferred, call]);
  keys.set(fact, key);
  return key;
}

/** The vendor's identifiers of a fact's call, as `NAME=VALUE`. */
const identifiers = new WeakMap<CallFact, readonly string[]>();

/** By which identifiers the phone named the call, each as `NAME=VALUE`. */
export function idsOf(fact: CallFact): readonly string[] {
  const known = identifiers.get(fact);
  if (known !== undefined) return known;
  const told = Object.entries(fact.event.call.vendorIds);
  const ids = told.flatMap(([name, value]) => (value === '' ? [] : [`${name}=${value}`]));
  identifiers.set(fact, ids);
  return ids;
}

/** Whether the phone named the call. */
export function hasId(fact: CallFact): boolean {
  return idsOf(fact).length > 0;
}

/** Kinds with which a call begins. */
const BEGINNINGS: ReadonlySet<CallEventKind> = new Set(['INCOMING', 'OUTGOING']);

/** Whether a fact is one with which a call begins. */
export function isBeginning({ event }: CallFact): boolean {
  return BEGINNINGS.has(event.callEventKind);
}

/** The facts in the order in which they came; those of one moment in an order that does not depend on it. */
export function byTime(facts: readonly CallFact[]): readonly CallFact[] {
  return byRank(facts).toSorted((a, b) => a.receivedAt - b.receivedAt);
}

/** Events that end a call, and why it ended then. ENDED alone tells no reason: that depends on what came before. */
export const ENDINGS: Partial<Record<CallEventKind, CallEndReason | null>> = {
  ENDED: null,
  MISSED: 'MISSED',
  REJECTED: 'REJECTED',
  CANCELED: 'CANCELED',
  REMOTE_CANCELED: 'MISSED',
  REMOTE_BUSY: 'REMOTE_BUSY',
  FORWARDED: 'FORWARDED',
};

/** Whether an event ends its call. */
export function isEnding(kind: CallEventKind): boolean {
  return kind in ENDINGS;
}
