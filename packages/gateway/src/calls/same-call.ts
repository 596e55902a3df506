import { isDeepStrictEqual } from 'node:util';
import type { Call } from '../model.ts';

/** Whether nothing is told anew of a call. Nearly every event changes the state, which is quickly seen. */
export function isSameCall(call: Call, before: Call): boolean {
  return call === before || (call.state === before.state && isDeepStrictEqual(call, before));
}
