import type { KnownCall } from './commands.ts';
import type { DriverContext } from './context.ts';
import { invalidCallState, stateUnknown } from './failures.ts';
import { confirmed, failed, type Outcome } from './outcome.ts';
import type { CallState } from './vocabulary.ts';

/** A call, and what the phone calls it. */
export interface NamedCall {
  readonly call: KnownCall;
  readonly id: string;
}

/** How a phone names its calls, and which calls a command may be about. */
export interface CallNaming {
  /** The name of the identifier in {@link KnownCall.vendorIds}. */
  readonly idName: string;
  /** The states in which the command makes sense, the likeliest first. */
  readonly states: readonly CallState[];
}

type Refused = Extract<Outcome<never>, { readonly status: 'FAILED' }>;

/**
 * The call that a command is about, for phones whose every command names its call: the one that the command names, else the only one of
 * the first of these states that a call is in. A failure, with nothing sent, where there is none, or several, or one whose name is not known.
 */
export function namedCall(
  call: KnownCall | undefined,
  { calls }: Pick<DriverContext, 'calls'>,
  { idName, states }: CallNaming,
): NamedCall | Refused {
  const state = states.find((wanted) => calls.some((one) => one.state === wanted));
  const [only, ...others] = call === undefined ? calls.filter((one) => one.state === state) : [call];
  if (only === undefined)
    return failed(invalidCallState('The gateway knows of no such call: refreshCalls asks for them.'));
  if (others.length > 0) return failed(stateUnknown('There are several such calls: name one of them.'));
  const id = only.vendorIds[idName] ?? '';
  return id === ''
    ? failed(stateUnknown('The phone has not named that call yet: refreshCalls has it do so.'))
    : { call: only, id };
}

/** Makes a command that acts on its {@link namedCall}. */
export function onNamedCall<Command extends { readonly call?: KnownCall | undefined }>(
  naming: CallNaming,
  act: (named: NamedCall, command: Command, context: DriverContext) => Promise<Outcome>,
): (command: Command, context: DriverContext) => Promise<Outcome> {
  return async (command, context) => {
    const found = namedCall(command.call, context, naming);
    return 'status' in found ? found : act(found, command, context);
  };
}

/**
 * Acts on one call after the other, all of the phone's where none are given, until the phone says no. Where one has no name nothing is
 * done at all; where there is none, all is as wished.
 */
export async function onEachNamedCall(
  given: readonly KnownCall[] | undefined,
  context: DriverContext,
  { idName, act }: { readonly idName: string; readonly act: (named: NamedCall) => Promise<Outcome> },
): Promise<Outcome> {
  const found = (given ?? context.calls).map((call) => namedCall(call, context, { idName, states: [] }));
  const refused = found.find((one) => 'status' in one);
  if (refused !== undefined) return refused;
  let outcome = confirmed(false);
  for (const one of found.filter((each) => 'id' in each)) {
    outcome = await act(one);
    if (outcome.status !== 'ACCEPTED') break;
  }
  return outcome;
}

/** Why tones cannot go into the call that is named: the phone sends them into the one that is connected. Null: they can. */
export function notForTones(call: KnownCall | undefined): Refused | null {
  return call === undefined || call.state === 'CONNECTED'
    ? null
    : failed(invalidCallState('The phone sends tones into the call that is connected.', call.state));
}
