import type { CallEventKind, TransferKind } from '@hookswitch/core';
import type { CallTransfer, Instant } from '../model.ts';
import { byRank, type CallFact } from './call-fact.ts';

const STEPS: ReadonlySet<CallEventKind> = new Set([
  'TRANSFER_STARTED',
  'TRANSFER_BLIND',
  'TRANSFER_ATTENDED',
  'TRANSFER_FINISHED',
  'TRANSFER_FAILED',
]);
const KINDS: readonly [CallEventKind, TransferKind][] = [
  ['TRANSFER_ATTENDED', 'ATTENDED'],
  ['TRANSFER_BLIND', 'BLIND'],
];

/**
 * The transfer that was tried on a call; null: none was.
 * @param ended the phone has told the call's end: a transfer that was sent is then over, and was not refused
 */
export function transferOf(facts: readonly CallFact[], ended: boolean): CallTransfer | null {
  const steps = byRank(facts.filter(({ event }) => STEPS.has(event.callEventKind)));
  if (steps.length === 0) return null;
  const kind = KINDS.find(([step]) => lastOf(steps, step) !== null)?.[1] ?? null;
  return {
    kind,
    state: stateOf(facts, { kind, ended }),
    target: steps.find(({ event }) => event.call.target !== null)?.event.call.target ?? null,
  };
}

function stateOf(
  facts: readonly CallFact[],
  { kind, ended }: { readonly kind: TransferKind | null; readonly ended: boolean },
): CallTransfer['state'] {
  if (lastOf(facts, 'TRANSFER_FINISHED') !== null) return 'FINISHED';
  if (lastOf(facts, 'TRANSFER_FAILED') !== null) return 'FAILED';
  if (kind === null) return 'STARTED';
  const sentAt = lastOf(facts, kind === 'BLIND' ? 'TRANSFER_BLIND' : 'TRANSFER_ATTENDED') ?? 0;
  // The phone took the call back.
  if ((lastOf(facts, 'RESUMED') ?? sentAt) > sentAt) return 'FAILED';
  return ended ? 'FINISHED' : 'STARTED';
}

function lastOf(facts: readonly CallFact[], kind: CallEventKind): Instant | null {
  const times = facts.filter(({ event }) => event.callEventKind === kind).map(({ receivedAt }) => receivedAt);
  return times.length === 0 ? null : Math.max(...times);
}
