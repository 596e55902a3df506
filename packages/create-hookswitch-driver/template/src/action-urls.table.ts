import type { CallEventKind, CallState } from '@hookswitch/core';

/** What an event of the manual's list means. */
export type EventMeaning =
  | { readonly type: 'CALL'; readonly kind: CallEventKind; readonly state: CallState }
  | { readonly type: 'DO_NOT_DISTURB'; readonly enabled: boolean };

/** Manual, "Events": by the word in the setting's name, `event.incoming`. */
export const EVENTS: Readonly<Record<string, EventMeaning>> = {
  incoming: { type: 'CALL', kind: 'INCOMING', state: 'RINGING' },
  dialing: { type: 'CALL', kind: 'OUTGOING', state: 'DIALING' },
  answered: { type: 'CALL', kind: 'CONNECTED', state: 'CONNECTED' },
  ended: { type: 'CALL', kind: 'ENDED', state: 'ENDED' },
  dnd_on: { type: 'DO_NOT_DISTURB', enabled: true },
  dnd_off: { type: 'DO_NOT_DISTURB', enabled: false },
};

/** Manual, "Events": the variables that the phone puts into a URL, each as `$name`. */
export const VARIABLES = ['mac', 'call', 'remote'] as const;
