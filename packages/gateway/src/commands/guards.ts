import { type CommandName, type Failure, invalidCallState, stateUnknown } from '@hookswitch/core';
import { CALL_NEEDS } from './call-needs.table.ts';
import { type CallPicture, type CallPictures, fittingCalls, inFocus, namedCalls } from './call-picture.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/**
 * Why the phone's calls do not allow a command, whichever vendor made it; null: they do. While earlier commands wait for
 * their proof, the calls are judged as these would leave them; see `judgedBy` of {@link CALL_NEEDS}.
 */
export function guard(resolved: ResolvedCommand, { known, expected }: CallPictures): Failure | null {
  const need = CALL_NEEDS[resolved.name];
  if (need === undefined) return null;
  const asKnown = judge(resolved, known);
  const asExpected = judge(resolved, expected);
  const { judgedBy = 'EXPECTED' } = need;
  if (asExpected !== null && asKnown !== null) return asKnown;
  if (asExpected !== null && judgedBy !== 'EITHER') return pending(resolved, known);
  if (asKnown !== null && judgedBy === 'BOTH') return pending(resolved, known);
  if (asKnown !== null || asExpected !== null) return null;
  return isAmbiguous(resolved, { known, expected }) ? pending(resolved, known) : severalFor(resolved, expected);
}

/** Why one picture does not allow it. */
function judge(resolved: ResolvedCommand, picture: CallPicture): Failure | null {
  const { name, command } = resolved;
  const need = CALL_NEEDS[name];
  if (need === undefined) return null;
  const { states, atLeast = 1, otherwise } = need;
  const fitting = fittingCalls(resolved, picture);
  const unfit = namedCalls(command).find((named) => !fitting.some(({ id }) => id === named.id));
  if (unfit !== undefined) {
    const state = picture.find(({ id }) => id === unfit.id)?.state ?? unfit.state;
    return invalidCallState(`The call is ${state}, which does not allow ${name} now. Nothing was sent.`, state);
  }
  if (fitting.length >= atLeast) return null;
  const other = picture.find(({ state }) => !states.includes(state));
  return invalidCallState(`${otherwise} Nothing was sent.`, other?.state ?? fitting[0]?.state ?? null);
}

/** The phone has taken a command that makes this one wrong, or right, and has not told yet whether it came about. */
function pending({ name, command }: ResolvedCommand, known: CallPicture): Failure {
  const [named] = namedCalls(command);
  const state = named?.state ?? known[0]?.state ?? null;
  const failure = invalidCallState(
    `An earlier command about the phone’s calls is not proven yet, and whether ${name} fits depends on it. Nothing was sent; wait until that one is settled.`,
    state,
  );
  return { ...failure, retryable: true };
}

/** Whether it depends on what is still to be proven which call is in focus: the wrong one would be hit. */
function isAmbiguous(resolved: ResolvedCommand, { known, expected }: CallPictures): boolean {
  if (namedCalls(resolved.command).length > 0 || (CALL_NEEDS[resolved.name]?.atLeast ?? 1) > 1) return false;
  const now = inFocus(fittingCalls(resolved, known));
  const then = inFocus(fittingCalls(resolved, expected));
  return now !== null && then !== null && now.id !== then.id;
}

/** A caller who is sent to somebody else cannot be had back: no guess which one is meant. */
function severalFor(resolved: ResolvedCommand, picture: CallPicture): Failure | null {
  const { name, command } = resolved;
  if (name !== 'transfer' || namedCalls(command).length > 0) return null;
  const fitting = fittingCalls(resolved, picture);
  if (inFocus(fitting) !== null) return null;
  const what = 'Several calls could be transferred, and none of them is the only one that is not held.';
  return invalidCallState(`${what} Nothing was sent; name one with callId.`, fitting[0]?.state ?? null);
}

/**
 * The answer where nobody knows the phone's calls, it cannot be asked, and policy wants no guess; null: it may be sent,
 * since it does no harm without a call.
 * @param doubt why the calls that are known do not allow it
 */
export function refusedUnknown({ name }: ResolvedCommand, doubt: Failure): Failure | null {
  if (CALL_NEEDS[name]?.harmsWithout !== true) return null;
  return stateUnknown(
    `${doubt.message} But the phone does not report its calls and cannot be asked for them now, so that nobody knows: without such a call, ${name} might dial or hit another one. Let the phone report its calls (configureActionUrls), or set policy.unknownState to press.`,
  );
}

/** What policy forbids to everybody. */
export function denied(name: CommandName): Failure {
  return {
    code: 'POLICY_DENIED',
    message: `The operator’s policy forbids ${name}.`,
    rule: `deny:${name}`,
    retryable: false,
  };
}
