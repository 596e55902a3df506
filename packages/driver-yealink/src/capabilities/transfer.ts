import {
  type Commands,
  type DriverContext,
  failed,
  invalidArgument,
  invalidCallState,
  type Outcome,
} from '@hookswitch/core';
import { pressed, transferred } from '../wire/action-uri.ts';
import { takeDestination } from './arguments.ts';
import { addressedKey, type KeyAim, misses } from './focus.ts';
import { act, keyStep, strokeSteps } from './press.ts';
import { inOrder, type Step } from './steps.ts';
import type { KeyWay } from './way.ts';

const TRANSFERRING: KeyAim = {
  states: ['CONNECTED', 'HELD'],
  rivals: ['CONNECTED', 'DIALING', 'RINGING'],
  verb: 'transferred',
};

/** `BTrans=xxx`. Phones ignore it while a call still rings (fspbx). */
export async function transferBlind(
  way: KeyWay,
  command: Commands['transfer'],
  context: DriverContext,
): Promise<Outcome> {
  const to = takeDestination(command.to, 'to', way);
  if ('refusal' in to) return to.refusal;
  const failure = misses(command.call, context.calls, TRANSFERRING);
  return failure === null ? act(way, transferred('BTrans', to.value), context) : failed(failure);
}

/** The recipe of hands: Transfer (holds the call), the number, then OK; `POUND` on models without an OK key. */
function byKeys(way: KeyWay, to: string): readonly Step[] {
  const gap = way.traits.options.stepPauseMs;
  const digits = [...to].map((digit) => pressed(digit === '#' ? 'POUND' : digit));
  const go = way.traits.model?.lacksKeys.includes('OK') ? 'POUND' : 'OK';
  const keys = ['F_TRANSFER', ...digits, go];
  return strokeSteps(
    way,
    keys.map((key, at) => ({ key, pauseMs: at === 0 ? gap : undefined })),
  );
}

/**
 * Begins an attended transfer: `ATrans=xxx`, or by keys where the option says so. The guide calls `ATrans`
 * "semi-attended/attended": who completes it before the other side answers makes it semi-attended.
 */
export async function transferAttended(
  way: KeyWay,
  command: Commands['transfer'],
  context: DriverContext,
): Promise<Outcome> {
  const to = takeDestination(command.to, 'to', way);
  if ('refusal' in to) return to.refusal;
  const failure = misses(command.call, context.calls, TRANSFERRING);
  if (failure !== null) return failed(failure);
  if (way.traits.options.attendedTransfer === 'ATrans') return act(way, transferred('ATrans', to.value), context);
  if (!/^[0-9*#]+$/.test(to.value)) {
    return failed(
      invalidArgument('to', 'With the option attendedTransfer=keys the phone can dial 0 to 9, * and # only.'),
    );
  }
  return inOrder(byKeys(way, to.value), context);
}

/** A second press of the transfer key joins the held and the consulted party (fspbx). */
export async function completeTransfer(
  way: KeyWay,
  command: Commands['completeTransfer'],
  context: DriverContext,
): Promise<Outcome> {
  const { heldCall, consultationCall } = command;
  if (heldCall !== undefined && heldCall.state !== 'HELD') {
    return failed(invalidCallState(`The call to be transferred is ${heldCall.state}, not HELD.`, heldCall.state));
  }
  const consulted = consultationCall?.state;
  if (consulted !== undefined && consulted !== 'CONNECTED' && consulted !== 'DIALING') {
    return failed(invalidCallState(`The consultation is ${consulted}.`, consulted));
  }
  return act(way, pressed('F_TRANSFER'), context);
}

/**
 * Ends the consultation, then takes the held call back: `CALLEND` and `F_HOLD`, or `CANCEL:<id>` and `UNHOLD:<id>`.
 * No guide says whether a phone resumes by itself; should it, the toggle would hold again: see the option
 * `callAddressedKeys`.
 */
export async function cancelTransfer(
  way: KeyWay,
  command: Commands['cancelTransfer'],
  context: DriverContext,
): Promise<Outcome> {
  const { consultationCall } = command;
  if (consultationCall !== undefined && !['CONNECTED', 'DIALING'].includes(consultationCall.state)) {
    return failed(invalidCallState(`The consultation is ${consultationCall.state}.`, consultationCall.state));
  }
  const held = context.calls.filter(({ id, state }) => state === 'HELD' && id !== consultationCall?.id);
  if (held.length > 1) {
    return failed(invalidCallState('Several calls are held: the phone cannot be told which one to take back.', 'HELD'));
  }
  const end = addressedKey(way.traits, 'CANCEL', consultationCall) ?? 'CALLEND';
  const resume = addressedKey(way.traits, 'UNHOLD', held[0]) ?? pressed('F_HOLD');
  const steps = [
    keyStep(way, end, {
      done: 'the consultation was ended, the first call is still on hold',
      pauseMs: way.traits.options.stepPauseMs,
    }),
    keyStep(way, resume, { done: 'the first call was resumed' }),
  ];
  return inOrder(steps, context);
}

/** `F_CONFERENCE` joins all calls that the phone has; a choice among them cannot be sent. */
export async function conference(
  way: KeyWay,
  command: Commands['conference'],
  context: DriverContext,
): Promise<Outcome> {
  const chosen = new Set((command.calls ?? context.calls).map(({ id }) => id));
  if (command.calls !== undefined && chosen.size < 2) {
    return failed(invalidArgument('callIds', 'A conference needs at least two calls.'));
  }
  const leftOut = context.calls.find(({ id }) => !chosen.has(id));
  if (leftOut !== undefined) {
    return failed(invalidCallState("The phone's conference key joins all of its calls, not some.", leftOut.state));
  }
  return act(way, pressed('F_CONFERENCE'), context);
}
