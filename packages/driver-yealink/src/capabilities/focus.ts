import { type CallState, type Failure, invalidCallState, type KnownCall } from '@hookswitch/core';
import type { Traits } from '../traits.ts';
import { addressed } from '../wire/action-uri.ts';

/** A key acts on the call that the phone has in focus, whichever that is. */
export interface KeyAim {
  /** The states of a call in which the key does what is wished. */
  readonly states: readonly CallState[];
  /** Other calls in these states might have the focus instead. */
  readonly rivals: readonly CallState[];
  /** For people: "answered". */
  readonly verb: string;
}

/** Why the call that was named is in no state for it; null: it is, or no call was named. */
export function unfit(call: KnownCall | undefined, { states, verb }: KeyAim): Failure | null {
  if (call === undefined || states.includes(call.state)) return null;
  return invalidCallState(`The call is ${call.state} and cannot be ${verb}.`, call.state);
}

/**
 * Whether a key would surely act on the call that was named: that one or none. Null: it would, or no call was named.
 */
export function misses(call: KnownCall | undefined, calls: readonly KnownCall[], aim: KeyAim): Failure | null {
  const failure = unfit(call, aim);
  if (call === undefined || failure !== null) return failure;
  const rival = calls.find((other) => other.id !== call.id && aim.rivals.includes(other.state));
  if (rival === undefined) return null;
  return invalidCallState(
    `The phone has another call (${rival.state}) and its keys act on the one in focus. Leave callId out, or set the option callAddressedKeys if the phone takes keys that name their call.`,
    call.state,
  );
}

/**
 * `ASW:33093` where the phone's options allow it and the id of the call is known; null otherwise. An id that could end
 * the key and begin another is not used.
 */
export function addressedKey(
  traits: Traits,
  verb: 'ASW' | 'CANCEL' | 'HOLD' | 'UNHOLD',
  call: KnownCall | undefined,
): string | null {
  const id = call?.vendorIds['call_id'];
  if (!traits.options.callAddressedKeys || id === undefined || !/^[A-Za-z0-9._@-]{1,128}$/.test(id)) return null;
  return addressed(verb, id);
}
