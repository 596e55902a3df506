import type { CallDirection, CallState } from './call.ts';

/** One end of a call as a snapshot. */
export interface LegSnapshot {
  readonly id: string;
  readonly number: string;
  readonly remoteNumber: string;
  readonly direction: CallDirection;
  readonly state: CallState;
  readonly heldByRemote: boolean;
  readonly sipCallId: string;
  readonly conference: string | undefined;
}

/** A call as a snapshot: the leg that was there first, and its far end, if one was reached. */
export interface CallSnapshot {
  readonly legs: readonly [LegSnapshot] | readonly [LegSnapshot, LegSnapshot];
}
