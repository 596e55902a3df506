import type { CallEventKind } from '@hookswitch/core';
import type { Call } from '../model.ts';
import { byTime, type CallFact } from './call-fact.ts';

/** A call and the facts that tell it. */
export interface ToldCall {
  readonly call: Call;
  readonly facts: readonly CallFact[];
}

/** Steps that are repeated, each with the one that undoes it. */
const TOGGLES: readonly (readonly CallEventKind[])[] = [
  ['HELD', 'RESUMED'],
  ['REMOTE_HELD', 'REMOTE_RESUMED'],
  ['MUTED', 'UNMUTED'],
];
/** So many of them tell how it stands, doubles and overtaking ones included. */
const LAST_STEPS = 8;

/**
 * The facts without those that may go where there are too many: first what calls were told that are over, the one that
 * ended first before the others; then what no call was told; then what open calls were told again, or what was undone. Only
 * where open calls alone are told of by more, the oldest go: so many at once have lost their ends.
 * @param most how many are left at most
 */
export function boundFacts(facts: readonly CallFact[], calls: readonly ToldCall[], most: number): readonly CallFact[] {
  const kept = new Set(facts);
  const drop = (some: readonly CallFact[]): void => {
    for (const fact of some) if (kept.size > most) kept.delete(fact);
  };
  /** Half of what a call was told would tell another one. */
  const dropWhole = (some: readonly ToldCall[]): void => {
    for (const one of some) if (kept.size > most) for (const fact of one.facts) kept.delete(fact);
  };
  const over = calls.filter(({ call }) => call.endedAt !== null);
  const open = calls.filter(({ call }) => call.endedAt === null);
  dropWhole(over.toSorted((a, b) => (a.call.endedAt ?? 0) - (b.call.endedAt ?? 0)));
  const told = new Set(calls.flatMap((one) => one.facts));
  drop(facts.filter((fact) => !told.has(fact)).slice(0, -1));
  for (const one of open) if (kept.size > most) for (const fact of needless(one.facts)) kept.delete(fact);
  dropWhole(open.toSorted((a, b) => a.call.startedAt - b.call.startedAt));
  return facts.filter((fact) => kept.has(fact));
}

/** What changes nothing of an open call: what says the same as one before and one after it, and steps that were undone. */
function needless(facts: readonly CallFact[]): readonly CallFact[] {
  const ordered = byTime(facts);
  const others = ordered.filter(({ event }) => !TOGGLES.flat().includes(event.callEventKind));
  const same = Map.groupBy(others, ({ event, inferred }) => JSON.stringify([event, inferred]));
  const undone = TOGGLES.map((kinds) => ordered.filter(({ event }) => kinds.includes(event.callEventKind))).flatMap(
    middle,
  );
  return [...[...same.values()].flatMap((again) => again.slice(1, -1)), ...undone];
}

/** Steps between the first two and the last ones: what is left alternates at the seam, as it would have. */
function middle(steps: readonly CallFact[]): readonly CallFact[] {
  const kindOf = (step: CallFact | undefined): CallEventKind | undefined => step?.event.callEventKind;
  const end = steps.findIndex((step, index) => index >= steps.length - LAST_STEPS && kindOf(step) !== kindOf(steps[1]));
  return end === -1 ? [] : steps.slice(2, end);
}
