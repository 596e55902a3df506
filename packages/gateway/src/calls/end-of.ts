import type { Instant } from '../model.ts';
import { type CallFact, isEnding, OVERTAKING_MS } from './call-fact.ts';

/** The end that facts of one call tell. What the phone itself says of it counts, even if the gateway had closed the call before. */
export function endOf(facts: readonly CallFact[]): { readonly at: Instant; readonly inferred: boolean } | null {
  const endings = facts.filter(({ event }) => isEnding(event.callEventKind));
  const said = earliest(endings.filter(({ inferred }) => !inferred));
  if (said !== null) return { at: said, inferred: false };
  const signs = facts.filter((fact) => !endings.includes(fact)).map(({ receivedAt }) => receivedAt);
  // A phone that goes on to report on a call that the gateway closed still has it.
  const alive = Math.max(Number.NEGATIVE_INFINITY, ...signs) - OVERTAKING_MS;
  const closed = earliest(endings.filter(({ receivedAt }) => receivedAt >= alive));
  return closed === null ? null : { at: closed, inferred: true };
}

/** When the first of them came; null: there are none. */
export function earliest(facts: readonly CallFact[]): Instant | null {
  return facts.length === 0 ? null : Math.min(...facts.map(({ receivedAt }) => receivedAt));
}
