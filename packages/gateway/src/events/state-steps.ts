import type { ParsedReport, PhoneEvent } from '@hookswitch/core';
import type { Call } from '../model.ts';

/**
 * The step of which a phone only told the state that it led to: what a held call that is CONNECTED again was, is decided by
 * who held it. All other reports are left as they are.
 * @param calls the phone's calls that have not ended
 */
export function stepOf({ event, tellsState }: ParsedReport, calls: readonly Call[]): PhoneEvent {
  if (tellsState !== true || event.type !== 'CALL' || event.callEventKind !== 'CONNECTED') return event;
  const ids = Object.entries(event.call.vendorIds).filter(([, value]) => value !== '');
  const call =
    ids.length === 0
      ? heldCallOf(event.call.remote.number, calls)
      : calls.find(({ vendorIds }) => ids.some(([name, value]) => vendorIds[name] === value));
  if (call?.state === 'HELD') return { ...event, callEventKind: 'RESUMED' };
  return call?.heldByRemote === true ? { ...event, callEventKind: 'REMOTE_RESUMED' } : event;
}

/**
 * The call on hold that a phone speaks of which does not name its calls.
 * @param number its party; null: the phone does not tell that either
 * @returns null where it may be another one: one that rings is answered, or several are on hold
 */
function heldCallOf(number: string | null, calls: readonly Call[]): Call | null {
  const possible = number === null ? calls : calls.filter(({ remote }) => remote.number === number);
  if (possible.some(({ state }) => state === 'RINGING' || state === 'DIALING')) return null;
  const held = possible.filter(({ state, heldByRemote }) => state === 'HELD' || heldByRemote === true);
  return held.length === 1 ? (held[0] ?? null) : null;
}

/** Runs what is given for one phone one after the other, and for different phones at once. */
export function createTurns(): <Value>(phoneId: string, run: () => Promise<Value>) => Promise<Value> {
  const last = new Map<string, Promise<unknown>>();
  return async (phoneId, run) => {
    const turn = (last.get(phoneId) ?? Promise.resolve()).then(run, run);
    last.set(phoneId, turn);
    try {
      return await turn;
    } finally {
      if (last.get(phoneId) === turn) last.delete(phoneId);
    }
  };
}
