import type { CallEndReason, CallEvent, CallEventKind } from '@hookswitch/core';
import type { Instant } from '../model.ts';

/** What a {@link CallFact} is made of. */
export type CallFactParts = Pick<CallFact, 'sequence' | 'receivedAt' | 'event' | 'inferred'>;

/** A call event of one phone, with its place in the log. It never changes. */
export class CallFact {
  readonly sequence: number;
  readonly receivedAt: Instant;
  readonly event: CallEvent;
  /** The gateway noticed it by itself; the phone never said so. */
  readonly inferred: boolean;
  // A fact is looked at with each one that comes. Kept here and not in a WeakMap: one entry a fact of the last minute is
  // what a collection of garbage would stop the gateway for.
  #ids: readonly string[] | null = null;
  #order: string | null = null;
  #names: string | null = null;

  constructor({ sequence, receivedAt, event, inferred }: CallFactParts) {
    this.sequence = sequence;
    this.receivedAt = receivedAt;
    this.event = event;
    this.inferred = inferred;
  }

  /** By which identifiers the phone named the call, each as `NAME=VALUE`. */
  get ids(): readonly string[] {
    this.#ids ??= Object.entries(this.event.call.vendorIds).flatMap(([name, value]) =>
      value === '' ? [] : [`${name}=${value}`],
    );
    return this.#ids;
  }

  /** The names of these identifiers, in their order, as `NAME=NAME`. */
  get idNames(): string {
    this.#names ??= this.ids.map(nameOf).join('=');
    return this.#names;
  }

  /** What facts of the same rank are put in order by: what it tells. */
  get order(): string {
    const { callEventKind, call } = this.event;
    this.#order ??= JSON.stringify([callEventKind, this.inferred, call]);
    return this.#order;
  }
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
    return a.order < b.order ? -1 : a.order > b.order ? 1 : 0;
  });
}

/** Kinds that tell something of the phone's other calls as well, or of none. */
const OF_OTHERS: ReadonlySet<CallEventKind> = new Set(['HELD', 'SCREENING_REQUESTED']);

/** Whether a fact that names its call is about that one alone, whatever else the phone tells. */
export function isOfOneCall(fact: CallFact): boolean {
  const { callEventKind, call } = fact.event;
  return hasId(fact) && !OF_OTHERS.has(callEventKind) && (call.conferencedWith ?? []).length === 0;
}

/** The name of an identifier that is given as `NAME=VALUE`. */
export function nameOf(id: string): string {
  return id.slice(0, id.indexOf('='));
}

/** Whether the phone named the call. */
export function hasId(fact: CallFact): boolean {
  return fact.ids.length > 0;
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
