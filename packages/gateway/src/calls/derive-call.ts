import { type CallEndReason, type CallEventKind, type CallState, type Party, UNKNOWN_PARTY } from '@hookswitch/core';
import type { Call, CallTransfer } from '../model.ts';
import { byRank, type CallFact, ENDINGS } from './call-fact.ts';
import { earliest, endOf } from './end-of.ts';
import type { CallFacts } from './group-facts.ts';
import { readToggle } from './toggle.ts';
import { transferOf } from './transfer.ts';

/** What the events of one call tell of it. */
export type DerivedCall = Omit<Call, 'id' | 'phoneId' | 'consultationForId' | 'conferencedWithIds' | 'inferred'>;

/** Kinds that tell that a call was answered. */
export const ANSWERS: ReadonlySet<CallEventKind> = new Set([
  'CONNECTED',
  'ANSWERED_WAITING',
  'HELD',
  'RESUMED',
  'REMOTE_HELD',
  'REMOTE_RESUMED',
  'MUTED',
  'UNMUTED',
  'TRANSFER_RECEIVED',
  'CONFERENCED',
]);

/** Which of several reasons counts: the more a phone tells, the better. */
const REASONS: readonly CallEndReason[] = ['FORWARDED', 'REJECTED', 'REMOTE_BUSY', 'CANCELED', 'MISSED'];

/**
 * A call as its events tell it, in whichever order they came: an ending stays an ending, and a call that was answered
 * does not ring again.
 */
export function deriveCall(facts: CallFacts): DerivedCall {
  const ranked = byRank(facts);
  const answeredAt = earliest(facts.filter(({ event }) => ANSWERS.has(event.callEventKind)));
  const end = endOf(facts);
  const direction = ranked.find(({ event }) => event.call.direction !== null)?.event.call.direction ?? null;
  const transfer = transferOf(facts, end !== null && !end.inferred);
  return {
    direction,
    state: end === null ? stateOf(facts, ranked, answeredAt !== null) : 'ENDED',
    heldByRemote: readToggle(facts, 'REMOTE_HELD', 'REMOTE_RESUMED'),
    muted: readToggle(facts, 'MUTED', 'UNMUTED'),
    remote: mergeParties(ranked.map(({ event }) => event.call.remote)),
    local: mergeParties(ranked.map(({ event }) => event.call.local)),
    vendorIds: mergeIds(ranked),
    transfer,
    startedAt: earliest(facts) ?? facts[0].receivedAt,
    answeredAt,
    endedAt: end?.at ?? null,
    endInferred: end?.inferred ?? false,
    endReason: end === null || end.inferred ? null : reasonOf(ranked, { answered: answeredAt !== null, transfer }),
  };
}

function stateOf(facts: readonly CallFact[], ranked: readonly CallFact[], answered: boolean): CallState {
  if (readToggle(facts, 'HELD', 'RESUMED') === true) return 'HELD';
  if (answered) return 'CONNECTED';
  return ranked.find(({ event }) => event.callState !== null)?.event.callState ?? 'CONNECTED';
}

function reasonOf(
  ranked: readonly CallFact[],
  { answered, transfer }: { readonly answered: boolean; readonly transfer: CallTransfer | null },
): CallEndReason | null {
  if (transfer?.state === 'FINISHED') return 'TRANSFERRED';
  if (answered) return 'COMPLETED';
  const told = new Set(ranked.flatMap(({ event }) => [ENDINGS[event.callEventKind], event.call.endReason]));
  return REASONS.find((one) => told.has(one)) ?? null;
}

/** The first number counts; the other fields come from what was told of that number. */
function mergeParties(parties: readonly Party[]): Party {
  const number = parties.find((party) => party.number !== null)?.number ?? null;
  return parties
    .filter((party) => party.number === null || party.number === number)
    .reduce<Party>(
      (known, { uri, displayName }) => ({
        number,
        uri: known.uri ?? uri,
        displayName: known.displayName ?? displayName,
      }),
      { ...UNKNOWN_PARTY, number },
    );
}

function mergeIds(ranked: readonly CallFact[]): Readonly<Record<string, string>> {
  const told = ranked.flatMap(({ event }) => Object.entries(event.call.vendorIds)).filter(([, value]) => value !== '');
  return Object.fromEntries(told.reverse());
}
