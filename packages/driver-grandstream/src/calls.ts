import {
  beforeToggle,
  type CallState,
  type Commands,
  type DriverContext,
  type Failure,
  failed,
  invalidArgument,
  invalidCallState,
  type KnownCall,
  type Outcome,
  parseParty,
  placeOfAccount,
  stateUnknown,
} from '@hookswitch/core';
import type { GrandstreamOptions } from './options.ts';
import { tell } from './wire/reply.ts';
import { dialRequest, operationRequest, type PhoneOperation } from './wire/requests.ts';

/** An operation acts on the call that the phone has in focus, whichever that is. */
interface Aim {
  /** The states of a call in which it does what is wished. */
  readonly states: readonly CallState[];
  /** Other calls in these states might be meant by the phone instead. */
  readonly rivals: readonly CallState[];
}

const RINGING: Aim = { states: ['RINGING'], rivals: ['RINGING'] };
const HOLDING: Aim = { states: ['CONNECTED'], rivals: ['CONNECTED'] };
const RESUMING: Aim = { states: ['HELD'], rivals: ['CONNECTED', 'DIALING', 'RINGING', 'HELD'] };

/** The operation that ends a call (CTI guide: `endcall` an established one, `rejectcall` an incoming one, `cancel` rejects or cancels). */
const ENDING: Readonly<Record<Exclude<CallState, 'ENDED'>, readonly [PhoneOperation, rivals: readonly CallState[]]>> = {
  RINGING: ['rejectcall', ['RINGING']],
  DIALING: ['cancel', ['DIALING', 'RINGING']],
  CONNECTED: ['endcall', ['CONNECTED']],
  HELD: ['endcall', ['CONNECTED', 'DIALING', 'HELD']],
};

/** Why the operation would not surely hit the call; null: it would. */
function missed(call: KnownCall, { calls }: DriverContext, { states, rivals }: Aim): Failure | null {
  if (!states.includes(call.state)) return invalidCallState(`The call is ${call.state}.`, call.state);
  const rival = calls.find(({ id, state }) => id !== call.id && rivals.includes(state));
  if (rival === undefined) return null;
  return stateUnknown(
    `The phone has another call (${rival.state}), and takes no name of a call: it might do that to the other one. Nothing was sent.`,
  );
}

/** The call that the phone most likely has in focus: one in the first of these states that a call is in. */
function meant({ calls }: DriverContext, states: readonly CallState[]): KnownCall | undefined {
  return states.flatMap((wanted) => calls.filter(({ state }) => state === wanted))[0];
}

async function operate(
  operation: PhoneOperation,
  { call, aim }: { readonly call: KnownCall | undefined; readonly aim: Aim },
  context: DriverContext,
): Promise<Outcome> {
  const failure = call === undefined ? null : missed(call, context, aim);
  return failure === null ? tell(context, operationRequest(operation)) : failed(failure);
}

/** Dials, from an account where one is named that the option `accounts` has. */
export async function dial(
  { accounts }: GrandstreamOptions,
  { to, from }: Commands['dial'],
  context: DriverContext,
): Promise<Outcome> {
  const { number } = parseParty(to);
  if (number === null) return failed(invalidArgument('to', 'The phone dials numbers: there is none in it.'));
  const account = placeOfAccount(from, accounts, 'accounts in the option accounts');
  if (account !== null && typeof account !== 'number') return account;
  return tell(context, dialRequest(number, account));
}

/** Answers the call, or whichever rings. */
export function answer({ call }: Commands['answer'], context: DriverContext): Promise<Outcome> {
  return operate('acceptcall', { call, aim: RINGING }, context);
}

/** Rejects the call, or whichever rings. */
export function reject({ call }: Commands['reject'], context: DriverContext): Promise<Outcome> {
  return operate('rejectcall', { call, aim: RINGING }, context);
}

/** Ends a call by the operation for its state. Where no call is known the phone is told to end what it has. */
export async function hangUp({ call }: Commands['hangUp'], context: DriverContext): Promise<Outcome> {
  const state = (call ?? meant(context, ['CONNECTED', 'DIALING', 'RINGING', 'HELD']))?.state ?? 'CONNECTED';
  if (state === 'ENDED') return failed(invalidCallState('The call has ended.', state));
  const [operation, rivals] = ENDING[state];
  return operate(operation, { call, aim: { states: [state], rivals } }, context);
}

/** `holdcall` is a toggle: public code holds and resumes by it. It is not sent where the call is as wished already. */
export async function setHold({ call, held }: Commands['setHold'], context: DriverContext): Promise<Outcome> {
  const wanted = held ? HOLDING : RESUMING;
  const one = call ?? meant(context, wanted.states) ?? meant(context, ['CONNECTED', 'HELD']);
  const known = one?.state === 'HELD' ? true : one?.state === 'CONNECTED' ? false : null;
  const decided = beforeToggle(context, { name: 'HOLD', wished: held, known });
  if (decided !== null) return decided;
  // Of a call in doubt nobody knows in which of the two it is.
  const states: readonly CallState[] = context.doubtful?.has('HOLD') === true ? ['CONNECTED', 'HELD'] : wanted.states;
  // Whoever names no call to hold means the one in focus; to resume one, none may be in focus.
  return operate('holdcall', { call: held ? call : one, aim: { ...wanted, states } }, context);
}
