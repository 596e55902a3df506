import {
  type Commands,
  confirmed,
  type DriverContext,
  failed,
  invalidArgument,
  invalidCallState,
  type KnownCall,
  type Outcome,
} from '@hookswitch/core';
import { pressed } from '../wire/action-uri.ts';
import { takeAccount, takeDestination } from './arguments.ts';
import { addressedKey, type KeyAim, misses, unfit } from './focus.ts';
import { act, keyStep } from './press.ts';
import { inOrder, type Step } from './steps.ts';
import type { KeyWay } from './way.ts';

/** Dials from the account that is named, else from the first of the option `accountUris`, else from the phone's default. */
export async function dial(way: KeyWay, command: Commands['dial'], context: DriverContext): Promise<Outcome> {
  const to = takeDestination(command.to, 'to', way);
  if ('refusal' in to) return to.refusal;
  const wanted = command.from ?? way.traits.options.accountUris[0];
  const from = wanted === undefined ? { value: undefined } : takeAccount(wanted, 'from', way);
  if ('refusal' in from) return from.refusal;
  return way.dial(to.value, from.value, context);
}

const ANSWERING: KeyAim = { states: ['RINGING'], rivals: ['RINGING'], verb: 'answered' };
const REJECTING: KeyAim = { states: ['RINGING'], rivals: ['RINGING'], verb: 'rejected' };

/** Answers by `ASW:<id>` where options and call allow it, else by the phone's answer key. */
export async function answer(way: KeyWay, command: Commands['answer'], context: DriverContext): Promise<Outcome> {
  const { call } = command;
  const wrongState = unfit(call, ANSWERING);
  if (wrongState !== null) return failed(wrongState);
  const direct = addressedKey(way.traits, 'ASW', call);
  if (direct !== null) return act(way, direct, context);
  const failure = misses(call, context.calls, ANSWERING);
  if (failure !== null) return failed(failure);
  if (way.traits.model?.lacksKeys.includes(way.traits.answerKey)) {
    return failed(
      invalidArgument(
        'options.answerKey',
        `A ${way.traits.model.model} has no ${way.traits.answerKey} key: set the option answerKey to ASW or ANSWER.`,
      ),
    );
  }
  return act(way, pressed(way.traits.answerKey), context);
}

/** Rejects a ringing call by `CANCEL:<id>` or by the key `X` or `CANCEL`. */
export async function reject(way: KeyWay, command: Commands['reject'], context: DriverContext): Promise<Outcome> {
  const { call } = command;
  const wrongState = unfit(call, REJECTING);
  if (wrongState !== null) return failed(wrongState);
  const direct = addressedKey(way.traits, 'CANCEL', call);
  if (direct !== null) return act(way, direct, context);
  const failure = misses(call, context.calls, REJECTING);
  return failure === null ? act(way, pressed(way.traits.rejectKey), context) : failed(failure);
}

const isRinging = ({ state }: KnownCall): boolean => state === 'RINGING';

function hangUpAim(call: KnownCall | undefined): KeyAim {
  const live: KeyAim['rivals'] = ['CONNECTED', 'DIALING', 'RINGING'];
  return {
    states: ['RINGING', 'DIALING', 'CONNECTED', 'HELD'],
    rivals: call?.state === 'RINGING' ? ['RINGING'] : call?.state === 'HELD' ? [...live, 'HELD'] : live,
    verb: 'ended',
  };
}

/**
 * Ends a call by `CANCEL:<id>` or `CALLEND`. Where all that the phone has is ringing it presses `X` or `CANCEL`, since
 * `CALLEND` is only said to end a call.
 */
export async function hangUp(way: KeyWay, command: Commands['hangUp'], context: DriverContext): Promise<Outcome> {
  const { call } = command;
  const aim = hangUpAim(call);
  const wrongState = unfit(call, aim);
  if (wrongState !== null) return failed(wrongState);
  const direct = addressedKey(way.traits, 'CANCEL', call);
  if (direct !== null) return act(way, direct, context);
  const failure = misses(call, context.calls, aim);
  if (failure !== null) return failed(failure);
  const concerned = call === undefined ? context.calls : [call];
  const ringing = concerned.length > 0 && concerned.every(isRinging);
  return act(way, ringing ? pressed(way.traits.rejectKey) : 'CALLEND', context);
}

/** Some, but not all of the calls that one key would end. */
function splits(wanted: readonly KnownCall[], calls: readonly KnownCall[]): boolean {
  const ids = new Set(wanted.map(({ id }) => id));
  const part = calls.filter(({ id }) => ids.has(id)).length;
  return part > 0 && part < calls.length;
}

function endSteps(way: KeyWay, wanted: readonly KnownCall[]): readonly Step[] {
  const ringingFirst = [...wanted.filter(isRinging), ...wanted.filter((call) => !isRinging(call))];
  return ringingFirst.map((call, at) => {
    const key =
      addressedKey(way.traits, 'CANCEL', call) ?? (isRinging(call) ? pressed(way.traits.rejectKey) : 'CALLEND');
    return keyStep(way, key, {
      done: `ended ${at + 1} of ${wanted.length} calls`,
      pauseMs: at === wanted.length - 1 ? undefined : way.traits.options.stepPauseMs,
    });
  });
}

/**
 * Ends calls one key press each, since no value of the table ends all: first the ringing ones by `X` or `CANCEL`, then
 * the others by `CALLEND`, which ends the one in focus and leaves the next one there. A selection must hold all calls
 * that such a key may hit, unless keys name their calls. Without known calls: one `CALLEND`.
 */
export async function hangUpAll(way: KeyWay, command: Commands['hangUpAll'], context: DriverContext): Promise<Outcome> {
  const wanted = command.calls ?? context.calls;
  if (command.calls !== undefined && wanted.length === 0) return confirmed(false);
  if (wanted.length === 0) return act(way, 'CALLEND', context);
  const nameless = wanted.filter((call) => addressedKey(way.traits, 'CANCEL', call) === null);
  const ringing = context.calls.filter(isRinging);
  const others = context.calls.filter((call) => !isRinging(call));
  if (nameless.length > 0 && (splits(wanted, ringing) || splits(wanted, others))) {
    return failed(
      invalidCallState(
        "The phone's keys act on the call in focus and cannot end only some of its calls. Hang up all, or set the option callAddressedKeys if the phone takes keys that name their call.",
      ),
    );
  }
  if (nameless.length > 0 && !wanted.some(isRinging) && ringing.length > 0) {
    return failed(invalidCallState('A call is ringing and may be the one in focus: reject it first.', 'RINGING'));
  }
  return inOrder(endSteps(way, wanted), context);
}
