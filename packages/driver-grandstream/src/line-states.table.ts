import type { CallState } from '@hookswitch/core';

/**
 * What `state` of `api-get_line_status` means. The guide shows `idle` alone; the others are those of public code, which shows them to
 * people (ASSUMED). `null`: there is no call. A word that is not here is left alone.
 */
export const LINE_STATES: Readonly<Record<string, CallState | null>> = {
  idle: null,
  failed: null,
  dialing: 'DIALING',
  calling: 'DIALING',
  ringing: 'RINGING',
  connected: 'CONNECTED',
  onhold: 'HELD',
};
