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

/** The phone's calls that have not ended, when it was asked and when its answer came. */
export interface CallsAround {
  readonly before: readonly Call[];
  readonly now: readonly Call[];
}

const RANK: Readonly<Record<CallState, number>> = { RINGING: 0, DIALING: 0, CONNECTED: 1, HELD: 1, ENDED: 2 };

/**
 * The events that the gateway has missed, judging by what the phone says it has. Of a call that the phone reported on
 * while it was asked, its report counts and not the snapshot: nobody knows which is the newer.
 */
export function compareSnapshot({ before, now }: CallsAround, { calls }: CallSnapshot): readonly CallEvent[] {
  const settled = (call: Call): boolean => before.some(({ id, state }) => id === call.id && state === call.state);
  const gone = now.filter((call) => settled(call) && !calls.some((found) => isSame(call, found))).map(endingOf);
  const found = calls.flatMap((snapshot) => {
    const call = now.find((one) => isSame(one, snapshot));
    if (call === undefined)
      return before.some((one) => isSame(one, snapshot)) ? [] : [eventFor(leadsTo(snapshot), snapshot)];
    // A call does not go back to ringing.
    if (!settled(call) || call.state === snapshot.state || RANK[snapshot.state] < RANK[call.state]) return [];
    const resumed = call.state === 'HELD' && snapshot.state === 'CONNECTED';
    return [eventFor(resumed ? 'RESUMED' : leadsTo(snapshot), snapshot)];
  });
  return [...gone, ...found];
}

/** The event with which the gateway closes a call of which the phone tells no end. */
export function endingOf(call: Call): CallEvent {
  return eventFor('ENDED', call);
}

function leadsTo({ state }: SnapshotCall): CallEventKind {
  return LEADS_TO[state];
}

/** By an id that both have; where they have none in common, by the party. */
function isSame(call: Call, { vendorIds, remote }: SnapshotCall): boolean {
  const common = Object.entries(vendorIds).filter(([name]) => call.vendorIds[name] !== undefined);
  if (common.length > 0) return common.some(([name, value]) => call.vendorIds[name] === value);
  return remote.number !== null && remote.number === call.remote.number;
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
