import type { CallEventKind, CallState, PhoneEvent } from '@hookswitch/core';

/** What the phone's event means. */
export type EventMeaning =
  | { readonly type: 'CALL'; readonly kind: CallEventKind; readonly state: CallState | null }
  | { readonly type: 'REGISTRATION'; readonly state: 'REGISTERED' | 'UNREGISTERED' }
  | { readonly type: 'PLAIN'; readonly event: PhoneEvent };

/** An action URL: its option in the web interface under Settings, Outbound Notification, Action URL. */
export interface ActionUrlRow {
  readonly setting: string;
  readonly path: string;
  readonly meaning: EventMeaning;
}

const call = (kind: CallEventKind, state: CallState | null): EventMeaning => ({ type: 'CALL', kind, state });
const plain = (event: PhoneEvent): EventMeaning => ({ type: 'PLAIN', event });
const feature = (name: 'DO_NOT_DISTURB' | 'FORWARD', enabled: boolean): EventMeaning =>
  plain({ type: 'FEATURE', feature: name, enabled, target: null });
const row = (setting: string, path: string, meaning: EventMeaning): ActionUrlRow => ({ setting, path, meaning });

/**
 * The events of the Action URL guide, under the names of their options in the administration guides for GXP17xx and GRP26xx. What else the
 * Action URL guide has (syslog) is left out.
 */
export const ACTION_URLS: readonly ActionUrlRow[] = [
  row('Setup Completed', 'setup_completed', plain({ type: 'DEVICE', deviceEventKind: 'STARTED' })),
  row('Registered', 'registered', { type: 'REGISTRATION', state: 'REGISTERED' }),
  row('Unregistered', 'unregistered', { type: 'REGISTRATION', state: 'UNREGISTERED' }),
  row('Off Hook', 'off_hook', plain({ type: 'USER', userEventKind: 'OFF_HOOK', key: null })),
  row('On Hook', 'on_hook', plain({ type: 'USER', userEventKind: 'ON_HOOK', key: null })),
  row('Incoming Call', 'incoming_call', call('INCOMING', 'RINGING')),
  row('Outgoing Call', 'outgoing_call', call('OUTGOING', 'DIALING')),
  row('Missed Call', 'missed_call', call('MISSED', 'ENDED')),
  row('Established Call', 'established_call', call('CONNECTED', 'CONNECTED')),
  row('Terminated Call', 'terminated_call', call('ENDED', 'ENDED')),
  row('Open DND', 'open_dnd', feature('DO_NOT_DISTURB', true)),
  row('Close DND', 'close_dnd', feature('DO_NOT_DISTURB', false)),
  row('Open Forward', 'open_forward', feature('FORWARD', true)),
  row('Close Forward', 'close_forward', feature('FORWARD', false)),
  row('Blind Transfer', 'blind_transfer', call('TRANSFER_BLIND', null)),
  row('Attended Transfer', 'attended_transfer', call('TRANSFER_ATTENDED', null)),
  row('Hold Call', 'hold_call', call('HELD', 'HELD')),
  row('UnHold Call', 'unhold_call', call('RESUMED', 'CONNECTED')),
];

/** Of the variables (administration guides, "Supported Dynamic Variables") those that tell something. None of them names the call. */
export const VARIABLES: readonly string[] = [
  ...['mac', 'product', 'program_version', 'active_user'],
  ...['local', 'display_local', 'remote', 'display_remote'],
];
