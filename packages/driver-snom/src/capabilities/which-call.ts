import {
  type CallState,
  type DriverContext,
  failed,
  invalidCallState,
  type KnownCall,
  notHere,
  type Outcome,
} from '@hookswitch/core';
import { hasControlCharacters } from '../wire/encode.ts';

/** The name under which action URLs bring the id that CSTA wants. */
const CSTA_ID = 'csta_id';

/** Which calls a command may be about. */
export type CallFilter = (call: KnownCall) => boolean;

/** Calls in one of these states. */
export function inState(...states: readonly CallState[]): CallFilter {
  return ({ state }) => states.includes(state);
}

/** A call's id for CSTA; null: the phone has not told one. */
export function cstaIdOf(call: KnownCall | undefined): string | null {
  const id = call?.vendorIds[CSTA_ID] ?? '';
  // It is what somebody reported who knows the phone's action URL: no id that a phone could have is sent back to it.
  return id === '' || hasControlCharacters(id) ? null : id;
}

/** Calls in which somebody talks, or did before they were held. */
export const talking = inState('CONNECTED', 'HELD');

/**
 * The call that a command is about: the one it names, else the only one that fits, else, where all others are held,
 * the one in conversation, which is in focus. Null: nobody can tell.
 */
export function chosenCall(call: KnownCall | undefined, context: DriverContext, fits: CallFilter): KnownCall | null {
  if (call !== undefined) return call;
  const fitting = context.calls.filter(fits);
  const [only = null, ...further] = fitting;
  if (further.length === 0) return only;
  const [active, ...others] = fitting.filter(({ state }) => state !== 'HELD');
  return active?.state === 'CONNECTED' && others.length === 0 ? active : null;
}

/**
 * Whether hold already is as wished: the call that is named is, or all are where none is. The HOLD key, a toggle, would
 * undo it.
 */
export function isAsWished(
  { call, held }: { readonly call?: KnownCall | undefined; readonly held: boolean },
  context: DriverContext,
): boolean {
  const calls = call === undefined ? context.calls.filter(talking) : [call];
  return calls.length > 0 && calls.every(inState(held ? 'HELD' : 'CONNECTED'));
}

/** The id for CSTA of the call that a command is about, or why there is none. */
export function chosenId(
  call: KnownCall | undefined,
  context: DriverContext,
  fits: CallFilter,
): { readonly id: string } | { readonly outcome: Outcome<never> } {
  const wrong = call === undefined ? null : wrongState(call, fits);
  if (wrong !== null) return { outcome: wrong };
  const chosen = chosenCall(call, context, fits);
  if (chosen === null)
    return { outcome: notHere('CSTA needs to be told which call; the gateway knows of none, or of several.') };
  const id = cstaIdOf(chosen);
  return id === null ? { outcome: notHere('The phone has not told the csta_id of this call.') } : { id };
}

/**
 * Why keys cannot do it: they act on the call in focus, so a command that names a call may use them only where the
 * phone has no other. Null: go on.
 */
export function outOfFocus(
  call: KnownCall | undefined,
  context: DriverContext,
  fits: CallFilter,
): Outcome<never> | null {
  if (call === undefined) return null;
  const wrong = wrongState(call, fits);
  if (wrong !== null) return wrong;
  return context.calls.some(({ id }) => id !== call.id)
    ? notHere('Keys act on the call in focus, and the phone has several calls.')
    : null;
}

function wrongState(call: KnownCall, fits: CallFilter): Outcome<never> | null {
  return fits(call)
    ? null
    : failed(invalidCallState(`The call is ${call.state}: that cannot be done now.`, call.state));
}
