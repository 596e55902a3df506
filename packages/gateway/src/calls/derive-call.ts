import {
  type CallEndReason,
  type CallEventKind,
  type CallState,
  type Party,
  type TransferKind,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import type { Call, CallTransfer, Instant } from '../model.ts';
import { byRank, type CallFact, ENDINGS, isEnding } from './call-fact.ts';
import type { CallFacts } from './group-facts.ts';
import { readToggle } from './toggle.ts';

/** What the events of one call tell of it. */
export type DerivedCall = Omit<Call, 'id' | 'phoneId' | 'consultationForId' | 'conferencedWithIds'>;

const ANSWERS: ReadonlySet<CallEventKind> = new Set([
  'CONNECTED',
  'ANSWERED_WAITING',
  'HELD',
  'RESUMED',
  'REMOTE_HELD',
  'REMOTE_RESUMED',
  'MUTED',
  'UNMUTED',
  'TRANSFER_RECEIVED',
]);

/** Which of several reasons counts: the more a phone tells, the better. */
const REASONS: readonly CallEndReason[] = ['FORWARDED', 'REJECTED', 'REMOTE_BUSY', 'CANCELED', 'MISSED'];

/** What a transfer has come to, the last step first. */
const TRANSFER_STATES: readonly [CallTransfer['state'], ReadonlySet<CallEventKind>][] = [
  ['FINISHED', new Set(['TRANSFER_FINISHED'])],
  ['FAILED', new Set(['TRANSFER_FAILED'])],
  ['STARTED', new Set(['TRANSFER_STARTED', 'TRANSFER_BLIND', 'TRANSFER_ATTENDED'])],
];
const TRANSFER_KINDS: readonly [TransferKind, CallEventKind][] = [
  ['ATTENDED', 'TRANSFER_ATTENDED'],
  ['BLIND', 'TRANSFER_BLIND'],
];

/** A phone that reports on a call that much later than the gateway has closed it still has that call. */
const ALIVE_MS = 2_000;

/**
 * A call as its events tell it, in whichever order they came: an ending stays an ending, and a call that was answered
 * does not ring again.
 */
export function deriveCall(facts: CallFacts): DerivedCall {
  const ranked = byRank(facts);
  const kinds = new Set(ranked.map(({ event }) => event.callEventKind));
  const answeredAt = earliest(facts.filter(({ event }) => ANSWERS.has(event.callEventKind)));
  const end = endOf(facts);
  const direction = ranked.find(({ event }) => event.call.direction !== null)?.event.call.direction ?? null;
  const transfer = transferOf(ranked);
  const known = { answered: answeredAt !== null, direction, transfer };
  return {
    direction,
    state: end === null ? stateOf(facts, ranked, known.answered) : 'ENDED',
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
    endReason: end === null || end.inferred ? null : reasonOf(kinds, known),
  };
}

function earliest(facts: readonly CallFact[]): Instant | null {
  return facts.length === 0 ? null : Math.min(...facts.map(({ receivedAt }) => receivedAt));
}

/** What the phone itself says of the end counts, even if the gateway had closed the call before. */
function endOf(facts: readonly CallFact[]): { readonly at: Instant; readonly inferred: boolean } | null {
  const endings = facts.filter(({ event }) => isEnding(event.callEventKind));
  const said = earliest(endings.filter(({ inferred }) => !inferred));
  if (said !== null) return { at: said, inferred: false };
  const signs = facts.filter((fact) => !endings.includes(fact)).map(({ receivedAt }) => receivedAt);
  const alive = Math.max(Number.NEGATIVE_INFINITY, ...signs) - ALIVE_MS;
  const closed = earliest(endings.filter(({ receivedAt }) => receivedAt >= alive));
  return closed === null ? null : { at: closed, inferred: true };
}

function stateOf(facts: readonly CallFact[], ranked: readonly CallFact[], answered: boolean): CallState {
  if (readToggle(facts, 'HELD', 'RESUMED') === true) return 'HELD';
  if (answered) return 'CONNECTED';
  return ranked.find(({ event }) => event.callState !== null)?.event.callState ?? 'CONNECTED';
}

function reasonOf(
  kinds: ReadonlySet<CallEventKind>,
  known: { readonly answered: boolean; readonly direction: Call['direction']; readonly transfer: CallTransfer | null },
): CallEndReason | null {
  const isTransferred = known.transfer !== null && known.transfer.state !== 'FAILED';
  if (known.answered) return isTransferred ? 'TRANSFERRED' : 'COMPLETED';
  const told = new Set([...kinds].map((kind) => ENDINGS[kind]));
  const reason = REASONS.find((one) => told.has(one));
  if (reason !== undefined) return reason;
  if (isTransferred) return 'TRANSFERRED';
  if (known.direction === 'INCOMING') return 'MISSED';
  return known.direction === 'OUTGOING' ? 'CANCELED' : null;
}

function transferOf(ranked: readonly CallFact[]): CallTransfer | null {
  const steps = ranked.filter(({ event }) => TRANSFER_STATES.some(([, kinds]) => kinds.has(event.callEventKind)));
  const has = (kinds: ReadonlySet<CallEventKind>) => steps.some(({ event }) => kinds.has(event.callEventKind));
  const state = TRANSFER_STATES.find(([, kinds]) => has(kinds))?.[0];
  if (state === undefined) return null;
  return {
    state,
    kind: TRANSFER_KINDS.find(([, kind]) => has(new Set([kind])))?.[0] ?? null,
    target: steps.find(({ event }) => event.call.target !== null)?.event.call.target ?? null,
  };
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
