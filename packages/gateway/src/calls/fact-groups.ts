import type { CallDirection } from '@hookswitch/core';
import { type CallFact, isBeginning, isEnding } from './call-fact.ts';

/** The facts of one call. */
export type CallFacts = readonly [CallFact, ...CallFact[]];

/** Parts in the order of time. A beginning that comes that long after an end begins another call; after an end that no event told, at once. */
export function splitByTime(group: readonly CallFact[], pauseMs: number): CallFact[][] {
  if (group.length === 1) return [[...group]];
  const parts: CallFact[][] = [];
  let overAt = Number.POSITIVE_INFINITY;
  for (const fact of [...group].sort((a, b) => a.receivedAt - b.receivedAt)) {
    const isNext = isBeginning(fact) && fact.receivedAt > overAt;
    if (isNext) overAt = Number.POSITIVE_INFINITY;
    if (isEnding(fact.event.callEventKind)) overAt = fact.receivedAt + (fact.inferred ? 0 : pauseMs);
    const part = isNext ? undefined : parts.at(-1);
    if (part === undefined) parts.push([fact]);
    else part.push(fact);
  }
  return parts;
}

/** Whether a call with these facts may have that direction; null: any. */
export function fitsDirection(group: readonly CallFact[], direction: CallDirection | null): boolean {
  const known = group.flatMap(({ event }) => event.call.direction ?? []);
  return direction === null || known.length === 0 || known.includes(direction);
}

/** How far a fact lies outside of the time from a group's first fact to its end, in milliseconds. */
export function distance(group: readonly CallFact[], { receivedAt }: CallFact): number {
  const isOver = group.some(({ event }) => isEnding(event.callEventKind));
  const end = isOver ? lastOf(group) : Number.POSITIVE_INFINITY;
  return Math.max(0, startOf(group) - receivedAt, receivedAt - end);
}

/** When the first of them came. */
export function startOf(group: readonly CallFact[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { receivedAt } of group) if (receivedAt < first) first = receivedAt;
  return first;
}

function lastOf(group: readonly CallFact[]): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const { receivedAt } of group) if (receivedAt > last) last = receivedAt;
  return last;
}
