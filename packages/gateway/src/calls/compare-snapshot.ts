import type { CallEvent, CallEventKind, CallSnapshot, CallState, SnapshotCall } from '@hookswitch/core';
import type { Call } from '../model.ts';

/** Which event leads to a state that was found, from the state that was known. */
const LEADS_TO: Readonly<Record<CallState, CallEventKind>> = {
  RINGING: 'INCOMING',
  DIALING: 'OUTGOING',
  CONNECTED: 'CONNECTED',
  HELD: 'HELD',
  ENDED: 'ENDED',
};

/**
 * The events that the gateway has missed, judging by what the phone says it has now.
 * @param known the phone's calls that have not ended
 */
export function compareSnapshot(known: readonly Call[], { calls }: CallSnapshot): readonly CallEvent[] {
  const gone = known
    .filter((call) => !calls.some((found) => isSame(call, found)))
    .map((call) => eventFor('ENDED', { ...call, vendorIds: call.vendorIds }));
  const found = calls.flatMap((snapshot) => {
    const call = known.find((one) => isSame(one, snapshot));
    if (call?.state === snapshot.state) return [];
    const kind = call?.state === 'HELD' && snapshot.state === 'CONNECTED' ? 'RESUMED' : LEADS_TO[snapshot.state];
    return [eventFor(kind, { ...snapshot, state: snapshot.state })];
  });
  return [...gone, ...found];
}

function isSame(call: Call, { vendorIds }: SnapshotCall): boolean {
  return Object.entries(vendorIds).some(([name, value]) => call.vendorIds[name] === value);
}

function eventFor(
  callEventKind: CallEventKind,
  call: Pick<Call, 'vendorIds' | 'direction' | 'remote' | 'local' | 'state'>,
): CallEvent {
  const { vendorIds, direction, remote, local } = call;
  return {
    type: 'CALL',
    callEventKind,
    callState: callEventKind === 'ENDED' ? 'ENDED' : call.state,
    call: { vendorIds, direction, remote, local, target: null },
  };
}
