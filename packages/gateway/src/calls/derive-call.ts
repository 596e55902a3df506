import {
  type CallEndReason,
  type CallEvent,
  type CallEventKind,
  type CallState,
  type Party,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import type { Call, CallTransfer, Instant } from '../model.ts';

/** One event of a call, with its place in the log. */
export interface CallFact {
  readonly sequence: number;
  readonly receivedAt: Instant;
  readonly event: CallEvent;
  /** The gateway noticed it by itself; the phone never said so. */
  readonly inferred: boolean;
}

/** What the events of one call tell of it. */
export type DerivedCall = Omit<Call, 'id' | 'phoneId' | 'consultationForId' | 'conferencedWithIds'>;

/** Events that end a call, and why it ended then. ENDED alone tells no reason: that depends on what came before. */
const ENDINGS: Partial<Record<CallEventKind, CallEndReason | null>> = {
  ENDED: null,
  MISSED: 'MISSED',
  REJECTED: 'REJECTED',
  CANCELED: 'CANCELED',
  REMOTE_CANCELED: 'MISSED',
  REMOTE_BUSY: 'REMOTE_BUSY',
  FORWARDED: 'FORWARDED',
};

const ANSWERS: ReadonlySet<CallEventKind> = new Set([
  'CONNECTED',
  'ANSWERED_WAITING',
  'HELD',
  'RESUMED',
  'REMOTE_HELD',
  'REMOTE_RESUMED',
  'MUTED',
  'UNMUTED',
]);

const TRANSFERS: Partial<Record<CallEventKind, Pick<CallTransfer, 'state'> & { readonly kind: CallTransfer['kind'] }>> =
  {
    TRANSFER_STARTED: { kind: null, state: 'STARTED' },
    TRANSFER_BLIND: { kind: 'BLIND', state: 'STARTED' },
    TRANSFER_ATTENDED: { kind: 'ATTENDED', state: 'STARTED' },
    TRANSFER_FINISHED: { kind: null, state: 'FINISHED' },
    TRANSFER_FAILED: { kind: null, state: 'FAILED' },
  };

/** Whether an event ends its call. */
export function isEnding(kind: CallEventKind): boolean {
  return kind in ENDINGS;
}

/**
 * A call as its events tell it. A pure function of the set of events: an ending stays an ending, and a call that was
 * answered does not ring again, in whichever order they are given.
 */
export function deriveCall(facts: readonly [CallFact, ...CallFact[]]): DerivedCall {
  const ordered = [...facts].sort((a, b) => a.receivedAt - b.receivedAt || a.sequence - b.sequence);
  const kinds = ordered.map(({ event }) => event.callEventKind);
  const answered = ordered.find(({ event }) => ANSWERS.has(event.callEventKind));
  const endings = ordered.filter(({ event }) => isEnding(event.callEventKind));
  // What the phone itself says of the end counts, even if the gateway had closed the call before.
  const ended = endings.find(({ inferred }) => !inferred) ?? endings[0];
  const direction = ordered.find(({ event }) => event.call.direction !== null)?.event.call.direction ?? null;
  const transfer = lastTransfer(ordered);
  const toggle = (on: CallEventKind, off: CallEventKind): boolean | null => {
    const last = kinds.findLast((kind) => kind === on || kind === off);
    return last === undefined ? null : last === on;
  };
  return {
    direction,
    state: ended === undefined ? stateOf(ordered, answered !== undefined, toggle('HELD', 'RESUMED') === true) : 'ENDED',
    heldByRemote: toggle('REMOTE_HELD', 'REMOTE_RESUMED'),
    muted: toggle('MUTED', 'UNMUTED'),
    remote: mergeParties(ordered.map(({ event }) => event.call.remote)),
    local: mergeParties(ordered.map(({ event }) => event.call.local)),
    vendorIds: Object.assign({}, ...ordered.map(({ event }) => event.call.vendorIds)) as Readonly<
      Record<string, string>
    >,
    transfer,
    startedAt: Math.min(...facts.map(({ receivedAt }) => receivedAt)),
    answeredAt: answered?.receivedAt ?? null,
    endedAt: ended?.receivedAt ?? null,
    endInferred: ended?.inferred ?? false,
    endReason:
      ended === undefined || ended.inferred
        ? null
        : reasonOf(kinds, { answered: answered !== undefined, direction, transfer }),
  };
}

function stateOf(ordered: readonly CallFact[], answered: boolean, held: boolean): CallState {
  if (held) return 'HELD';
  if (answered) return 'CONNECTED';
  return ordered.find(({ event }) => event.callState !== null)?.event.callState ?? 'CONNECTED';
}

function reasonOf(
  kinds: readonly CallEventKind[],
  known: { readonly answered: boolean; readonly direction: Call['direction']; readonly transfer: CallTransfer | null },
): CallEndReason | null {
  const told = kinds.map((kind) => ENDINGS[kind]).find((reason) => reason !== undefined && reason !== null);
  if (told !== undefined) return told ?? null;
  if (known.transfer !== null && known.transfer.state !== 'FAILED') return 'TRANSFERRED';
  if (known.answered) return 'COMPLETED';
  if (known.direction === 'INCOMING') return 'MISSED';
  return known.direction === 'OUTGOING' ? 'CANCELED' : null;
}

function lastTransfer(ordered: readonly CallFact[]): CallTransfer | null {
  return ordered.reduce<CallTransfer | null>((before, { event }) => {
    const step = TRANSFERS[event.callEventKind];
    if (step === undefined) return before;
    return {
      state: step.state,
      kind: step.kind ?? before?.kind ?? null,
      target: event.call.target ?? before?.target ?? null,
    };
  }, null);
}

/** Each field from the first event that tells it. */
function mergeParties(parties: readonly Party[]): Party {
  return parties.reduce<Party>(
    (known, party) => ({
      number: known.number ?? party.number,
      uri: known.uri ?? party.uri,
      displayName: known.displayName ?? party.displayName,
    }),
    UNKNOWN_PARTY,
  );
}
