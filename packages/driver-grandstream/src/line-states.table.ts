import type { CallDirection, CallState } from '@hookswitch/core';

/** A call's state, and which way it went where that follows. */
export interface LineState {
  readonly state?: CallState;
  readonly direction?: CallDirection;
}

/**
 * What `state` of `api-get_line_status` means. The guide shows `idle` alone; the others are those of public code, which shows them to
 * people (ASSUMED). Without a state there is no call. A word that is not here is left alone.
 */
export const LINE_STATES: Readonly<Record<string, LineState>> = {
  idle: {},
  failed: {},
  dialing: { state: 'DIALING', direction: 'OUTGOING' },
  calling: { state: 'DIALING', direction: 'OUTGOING' },
  ringing: { state: 'RINGING', direction: 'INCOMING' },
  connected: { state: 'CONNECTED' },
  onhold: { state: 'HELD' },
};
