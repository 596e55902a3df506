import type { CallDirection, CallEventKind, CallState } from '@hookswitch/core';

/*
 * The call control events of ECMA-269 with their elements as in ECMA-323. Snom's own list of what its phones send was not
 * readable, so all of it is ASSUMED.
 */

/** What an event says of the phone's own call; null: nothing that the contract has a word for. */
export type CstaStep = {
  readonly kind: CallEventKind;
  readonly state: CallState | null;
  readonly direction?: CallDirection;
} | null;

/** An event and whose doing it is: this phone's, or somebody else's in the same call. */
export interface CstaEventRow {
  readonly event: string;
  /** The element that names the call. */
  readonly connection: string;
  /** The element that names the device that did it, where `localConnectionInfo` does not tell; null: it is always ours. */
  readonly device: string | null;
  /** Values of `localConnectionInfo` with which it is this phone's; empty: it does not tell. */
  readonly ownWhen: readonly string[];
  /** Values of `localConnectionInfo` with which it is another's. */
  readonly notOwnWhen?: readonly string[];
  readonly own: NonNullable<CstaStep>;
  readonly other: CstaStep;
}

const step = (kind: CallEventKind, state: CallState | null, direction?: CallDirection): NonNullable<CstaStep> => ({
  kind,
  state,
  ...(direction === undefined ? {} : { direction }),
});
const ended = step('ENDED', 'ENDED');

/** The events that tell a step in a call's life. Those with causes and those that join calls are read further below. */
export const CSTA_EVENT_ROWS: readonly CstaEventRow[] = [
  {
    event: 'DeliveredEvent',
    connection: 'connection',
    device: 'alertingDevice',
    ownWhen: ['alerting'],
    notOwnWhen: ['connected', 'initiated', 'hold'],
    own: step('INCOMING', 'RINGING', 'INCOMING'),
    // It rings at the far end.
    other: step('OUTGOING', 'DIALING', 'OUTGOING'),
  },
  {
    event: 'OriginatedEvent',
    connection: 'originatedConnection',
    device: 'callingDevice',
    ownWhen: ['connected', 'initiated'],
    own: step('OUTGOING', 'DIALING', 'OUTGOING'),
    other: null,
  },
  {
    event: 'EstablishedEvent',
    connection: 'establishedConnection',
    device: 'answeringDevice',
    ownWhen: [],
    own: step('CONNECTED', 'CONNECTED'),
    other: step('CONNECTED', 'CONNECTED'),
  },
  {
    event: 'HeldEvent',
    connection: 'heldConnection',
    device: 'holdingDevice',
    ownWhen: ['hold'],
    notOwnWhen: ['connected'],
    own: step('HELD', 'HELD'),
    other: step('REMOTE_HELD', null),
  },
  {
    event: 'RetrievedEvent',
    connection: 'retrievedConnection',
    device: 'retrievingDevice',
    // `connected` says nothing: a phone that holds nothing is connected while the other end retrieves.
    ownWhen: [],
    notOwnWhen: ['hold'],
    own: step('RESUMED', 'CONNECTED'),
    other: step('REMOTE_RESUMED', null),
  },
  {
    event: 'ConnectionClearedEvent',
    connection: 'droppedConnection',
    device: null,
    ownWhen: ['null'],
    // Somebody else has left; this phone is still in the call.
    notOwnWhen: ['connected', 'hold', 'alerting', 'initiated', 'queued', 'fail'],
    own: ended,
    other: null,
  },
  { event: 'CallClearedEvent', connection: 'clearedCall', device: null, ownWhen: [], own: ended, other: null },
  {
    event: 'FailedEvent',
    connection: 'failedConnection',
    // The caller's own connection may fail because of the called: the device alone tells.
    device: 'failingDevice',
    ownWhen: [],
    own: ended,
    other: ended,
  },
  {
    event: 'DivertedEvent',
    connection: 'connection',
    device: 'divertingDevice',
    ownWhen: ['null'],
    notOwnWhen: ['connected', 'initiated'],
    own: step('FORWARDED', 'ENDED'),
    // The called party has sent this phone's call on.
    other: null,
  },
];

/** What an ending is by its cause, and by who brought it about; null: nothing else than ENDED. */
export interface CstaEndingRow {
  readonly own: CallEventKind | null;
  readonly other: CallEventKind | null;
}

const forwarded: CstaEndingRow = { own: 'FORWARDED', other: null };
const declined: CstaEndingRow = { own: 'REJECTED', other: 'REMOTE_BUSY' };

/** Causes (ECMA-323, event causes) that say more of an ending than that it is one. */
export const CSTA_ENDINGS: Readonly<Record<string, CstaEndingRow>> = {
  busy: declined,
  doNotDisturb: declined,
  callCancelled: { own: 'CANCELED', other: 'REMOTE_CANCELED' },
  callPickup: { own: null, other: 'REMOTE_CANCELED' },
  redirected: forwarded,
  callForward: forwarded,
  callForwardImmediate: forwarded,
  callForwardBusy: forwarded,
  callForwardNoAnswer: forwarded,
};
