import { type CallEventKind, type CallState, entryOf } from '@hookswitch/core';

/** What a state of a call means. */
export interface StateMeaning {
  readonly kind: CallEventKind;
  readonly state: CallState;
}

/**
 * States of calls, in small letters: firmware writes RingBack and Ringback. Setup, Ringback, Offering, Connected, Hold, Held,
 * Free, Disconnected are those of events, Call… those of a line's information (Web Application Developer's Guide, UC Software
 * 5.0.0, pages 29 and 36). Proceeding: public code for a VVX 300, ASSUMED. Hold is this end's, Held the far end's: ASSUMED
 * from the names. Left out, and so OTHER: Dialtone (no party yet), Ncas (unknown), CallRemoteActive (a shared line's other phone).
 */
const CALL_STATES: Readonly<Record<string, StateMeaning>> = {
  setup: { kind: 'OUTGOING', state: 'DIALING' },
  proceeding: { kind: 'OUTGOING', state: 'DIALING' },
  ringback: { kind: 'OUTGOING', state: 'DIALING' },
  offering: { kind: 'INCOMING', state: 'RINGING' },
  connected: { kind: 'CONNECTED', state: 'CONNECTED' },
  hold: { kind: 'HELD', state: 'HELD' },
  callhold: { kind: 'HELD', state: 'HELD' },
  callconfhold: { kind: 'HELD', state: 'HELD' },
  held: { kind: 'REMOTE_HELD', state: 'CONNECTED' },
  callheld: { kind: 'REMOTE_HELD', state: 'CONNECTED' },
  callconfheld: { kind: 'REMOTE_HELD', state: 'CONNECTED' },
  callconference: { kind: 'CONFERENCED', state: 'CONNECTED' },
  free: { kind: 'ENDED', state: 'ENDED' },
  disconnected: { kind: 'ENDED', state: 'ENDED' },
};

/** What a state means; undefined: nothing that the contract has a word for. */
export function meaningOf(state: string): StateMeaning | undefined {
  return entryOf(CALL_STATES, state.trim().toLowerCase());
}

const DIRECTIONS: Readonly<Record<string, 'INCOMING' | 'OUTGOING'>> = { incoming: 'INCOMING', outgoing: 'OUTGOING' };

/** `Incoming` and `Outgoing`, in REST and in events. */
export function directionOf(text: string | null): 'INCOMING' | 'OUTGOING' | null {
  return entryOf(DIRECTIONS, text?.trim().toLowerCase() ?? '') ?? null;
}
