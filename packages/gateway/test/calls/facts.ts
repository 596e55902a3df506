import { type CallEvent, type CallEventKind, type CallFacts, type CallState, UNKNOWN_PARTY } from '@hookswitch/core';
import { CallFact } from '../../src/calls/call-fact.ts';

const STATES: Partial<Record<CallEventKind, CallState>> = {
  INCOMING: 'RINGING',
  OUTGOING: 'DIALING',
  CONNECTED: 'CONNECTED',
  HELD: 'HELD',
  RESUMED: 'CONNECTED',
};

/** A step in a call's life, with what an event of that kind tells by itself. */
export function step(
  callEventKind: CallEventKind,
  told: Partial<CallFacts> & { readonly number?: string } = {},
): CallEvent {
  const { number, ...facts } = told;
  const direction = callEventKind === 'INCOMING' ? 'INCOMING' : callEventKind === 'OUTGOING' ? 'OUTGOING' : null;
  const remote = number === undefined ? UNKNOWN_PARTY : { ...UNKNOWN_PARTY, number };
  return {
    type: 'CALL',
    callEventKind,
    callState: STATES[callEventKind] ?? null,
    call: { vendorIds: {}, direction, remote, local: UNKNOWN_PARTY, target: null, ...facts },
  };
}

/** Steps as the log has them, a second apart. */
export function facts(...events: readonly (CallEvent | CallEventKind)[]): [CallFact, ...CallFact[]] {
  const [first, ...rest] = events.map((told, index) => {
    const event = typeof told === 'string' ? step(told) : told;
    return new CallFact({ sequence: index + 1, receivedAt: (index + 1) * 1_000, event, inferred: false });
  });
  if (first === undefined) throw new Error('a call has at least one event');
  return [first, ...rest];
}
