import {
  beforeToggle,
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
 * its state is not known, policy decides.
 */
export async function setHold(way: KeyWay, command: Commands['setHold'], context: DriverContext): Promise<Outcome> {
  const { call, held } = command;
  const concerned = call === undefined ? context.calls : [call];
  const isSo = alreadySo(concerned, held);
  if (isSo && context.doubtful?.has('HOLD') !== true) return confirmed(false);
  const aim = held ? HOLDING : RESUMING;
  const direct = addressedKey(way.traits, held ? 'HOLD' : 'UNHOLD', call);
  const wrongState = isSo ? null : unfit(call, aim);
  if (wrongState !== null) return failed(wrongState);
  if (direct !== null) return act(way, direct, context);
  const known = concerned.some(({ state }) => state === 'CONNECTED' || state === 'HELD') ? isSo === held : null;
  const unknown = beforeToggle(context, { name: 'HOLD', wished: held, known });
  if (unknown !== null) return unknown;
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
 * Whether the phone is muted. It reports both steps, and a call begins with the microphone on: where the phone told of
 * the beginning and not of mute, it is not muted. Null: not known, or not the same for all calls.
 */
function mutedNow(talking: readonly KnownCall[]): boolean | null {
  const told = new Set(talking.map(({ muted, direction }) => muted ?? (direction === null ? null : false)));
  const [only = null, ...others] = told;
  return others.length === 0 ? only : null;
}

/**
 * Mutes or unmutes by `MUTE`, a toggle that only works in a call. It is not pressed where the call is known to be as
 * wished; where that is not known, policy decides.
 */
export async function setMuted(way: KeyWay, command: Commands['setMuted'], context: DriverContext): Promise<Outcome> {
  const talking = context.calls.filter(({ state }) => state === 'CONNECTED' || state === 'HELD');
  if (context.calls.length > 0 && context.calls.every(({ state }) => state === 'RINGING')) {
    return failed(invalidCallState('The key works in a call only, and the call is still ringing.', 'RINGING'));
  }
  const unknown = beforeToggle(context, { name: 'MUTE', wished: command.muted, known: mutedNow(talking) });
  return unknown ?? act(way, pressed('MUTE'), context);
}
