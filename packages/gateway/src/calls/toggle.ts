import type { CallEventKind } from '@hookswitch/core';
import { type CallFact, DELAY_MS } from './call-fact.ts';

/** The same step within this time is the same step told twice. */
const TWICE_MS = 1_000;

/**
 * How a switch of a call stands that phones only report as turned on and off. The set of these reports alone does not
 * tell it: the times at which they came do, as long as none was under way for longer than {@link DELAY_MS}. A call begins
 * with the switch off, and its steps alternate: one that does not fit belongs to another one that is still to come.
 * @returns null where it was never reported
 */
export function readToggle(facts: readonly CallFact[], on: CallEventKind, off: CallEventKind): boolean | null {
  const told = facts.filter(({ event }) => event.callEventKind === on || event.callEventKind === off);
  const steps = told.sort((a, b) => a.receivedAt - b.receivedAt);
  if (steps.length === 0) return null;
  let isOn = false;
  /** When a step came that did not fit, for each side. */
  const early = { [on]: Number.NEGATIVE_INFINITY, [off]: Number.NEGATIVE_INFINITY };
  const last = { ...early };
  for (const { event, receivedAt } of steps) {
    const kind = event.callEventKind;
    const other = kind === on ? off : on;
    const isTwice = receivedAt - (last[kind] ?? Number.NEGATIVE_INFINITY) <= TWICE_MS;
    last[kind] = receivedAt;
    if (isTwice) continue;
    if (isOn === (kind === on)) early[kind] = receivedAt;
    else if (receivedAt - (early[other] ?? Number.NEGATIVE_INFINITY) <= DELAY_MS)
      early[other] = Number.NEGATIVE_INFINITY;
    else isOn = kind === on;
  }
  return isOn;
}
