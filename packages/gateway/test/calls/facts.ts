import { type CallEvent, type CallEventKind, type CallState, parseParty } from '@hookswitch/core';
import type { CallFact } from '../../src/calls/derive-call.ts';

/** What an event of a call tells, in short. */
export interface Told {
  readonly state?: CallState;
  readonly remote?: string;
  readonly direction?: 'INCOMING' | 'OUTGOING';
  readonly target?: string;
  readonly ids?: Readonly<Record<string, string>>;
  readonly inferred?: boolean;
}

const STATES: Partial<Record<CallEventKind, CallState>> = {
  INCOMING: 'RINGING',
  OUTGOING: 'DIALING',
  CONNECTED: 'CONNECTED',
  ENDED: 'ENDED',
};

export function callEvent(kind: CallEventKind, told: Told = {}): CallEvent {
  const begun = kind === 'INCOMING' || kind === 'OUTGOING' ? kind : null;
  return {
    type: 'CALL',
    callEventKind: kind,
    callState: told.state ?? STATES[kind] ?? null,
    call: {
      vendorIds: told.ids ?? {},
      direction: told.direction ?? begun,
      remote: parseParty(told.remote),
      local: parseParty('sip:101@pbx.example'),
      target: told.target === undefined ? null : parseParty(told.target),
    },
  };
}

/** Facts one second apart, in the order in which they happened. */
export function facts(
  ...kinds: readonly (CallEventKind | readonly [CallEventKind, Told])[]
): [CallFact, ...CallFact[]] {
  const [first, ...rest] = kinds.map((entry, index): CallFact => {
    const [kind, told] = typeof entry === 'string' ? [entry, {}] : entry;
    return {
      sequence: index + 1,
      receivedAt: 1_000 * (index + 1),
      event: callEvent(kind, told),
      inferred: told.inferred ?? false,
    };
  });
  if (first === undefined) throw new Error('a call has at least one event');
  return [first, ...rest];
}
