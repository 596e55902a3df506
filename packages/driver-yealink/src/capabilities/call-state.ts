import {
  type Commands,
  confirmed,
  type DriverContext,
  failed,
  invalidCallState,
  type KnownCall,
  type Outcome,
} from '@hookswitch/core';
import { pressed } from '../wire/action-uri.ts';
import { addressedKey, type KeyAim, misses, unfit } from './focus.ts';
import { act } from './press.ts';
import type { KeyWay } from './way.ts';

const HOLDING: KeyAim = { states: ['CONNECTED'], rivals: ['CONNECTED', 'DIALING', 'RINGING'], verb: 'held' };
const RESUMING: KeyAim = { states: ['HELD'], rivals: ['CONNECTED', 'DIALING', 'RINGING', 'HELD'], verb: 'resumed' };

/** Whether the calls that the wish is about are known to be as wished already. */
function alreadySo(calls: readonly KnownCall[], held: boolean): boolean {
  return calls.length > 0 && calls.every(({ state }) => state === (held ? 'HELD' : 'CONNECTED'));
}

/**
 * Holds or resumes by `HOLD:<id>` and `UNHOLD:<id>` where options and call allow it, else by `F_HOLD`. That key is a
 * toggle on real phones (wazo-phoned, fspbx), so it is only pressed where the call is not known to be as wished; where
 * its state is not known, it is pressed.
 */
export async function setHold(way: KeyWay, command: Commands['setHold'], context: DriverContext): Promise<Outcome> {
  const { call, held } = command;
  if (alreadySo(call === undefined ? context.calls : [call], held)) return confirmed(false);
  const aim = held ? HOLDING : RESUMING;
  const wrongState = unfit(call, aim);
  if (wrongState !== null) return failed(wrongState);
  const direct = addressedKey(way.traits, held ? 'HOLD' : 'UNHOLD', call);
  if (direct !== null) return act(way, direct, context);
  const failure = misses(call, context.calls, aim);
  if (failure !== null) return failed(failure);
  const live = context.calls.find(({ state }) => state !== 'HELD');
  if (call === undefined && !held && live !== undefined && context.calls.some(({ state }) => state === 'HELD')) {
    return failed(
      invalidCallState(
        `The call in focus is ${live.state}: pressing the hold key would not resume another.`,
        live.state,
      ),
    );
  }
  return act(way, pressed('F_HOLD'), context);
}

/**
 * Mutes or unmutes by `MUTE`, a toggle that only works in a call. It is not pressed where the call is known to be as
 * wished; where that is not known, it is pressed.
 */
export async function setMuted(way: KeyWay, command: Commands['setMuted'], context: DriverContext): Promise<Outcome> {
  const talking = context.calls.filter(({ state }) => state === 'CONNECTED' || state === 'HELD');
  if (context.calls.length > 0 && context.calls.every(({ state }) => state === 'RINGING')) {
    return failed(invalidCallState('The key works in a call only, and the call is still ringing.', 'RINGING'));
  }
  if (talking.length > 0 && talking.every(({ muted }) => muted === command.muted)) return confirmed(false);
  return act(way, pressed('MUTE'), context);
}
