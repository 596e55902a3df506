import type { KnownCall } from '@hookswitch/core';
import type { Call } from '../model.ts';

/** A call as a driver is handed it. */
export function toKnownCall({ id, state, direction, remote, local, muted, vendorIds }: Call): KnownCall {
  return { id, state, direction, remote, local, muted, vendorIds };
}
