import type {
  CallDirection,
  CallEventKind,
  CallState,
  DeviceEventKind,
  PhoneFeature,
  PhoneKey,
  RegistrationState,
  UserEventKind,
} from '@hookswitch/core';

/** What an action URL means. */
export type Meaning =
  | {
      readonly type: 'CALL';
      readonly kind: CallEventKind;
      /** The state that the event by itself tells; null: none. */
      readonly state: CallState | null;
      /** Null: the event fits both. */
      readonly direction: CallDirection | null;
    }
  | { readonly type: 'FEATURE'; readonly feature: PhoneFeature; readonly enabled: boolean }
  | { readonly type: 'REGISTRATION'; readonly state: RegistrationState }
  | { readonly type: 'USER'; readonly kind: UserEventKind; readonly key: PhoneKey | null }
  | { readonly type: 'DEVICE'; readonly kind: DeviceEventKind }
  | { readonly type: 'OTHER' };

/** A row: a setting without its `action_url.` and what a request to it means. */
export interface ActionUrlRow {
  readonly name: string;
  /** What it was called before V80. */
  readonly oldName?: string;
  readonly meaning: Meaning;
  /** Not in the guide of V80: only from this generation on. */
  readonly since?: number;
  /** Only read, never offered: one model's guide alone has it, or none. */
  readonly readOnly?: boolean;
}

function call(kind: CallEventKind, state: CallState | null, direction: CallDirection | null = null): Meaning {
  return { type: 'CALL', kind, state, direction };
}

const device = (kind: DeviceEventKind): Meaning => ({ type: 'DEVICE', kind });
const feature = (name: PhoneFeature, enabled: boolean): Meaning => ({ type: 'FEATURE', feature: name, enabled });
const registration = (state: RegistrationState): Meaning => ({ type: 'REGISTRATION', state });
const user = (kind: UserEventKind, key: PhoneKey | null): Meaning => ({ type: 'USER', kind, key });

/**
 * The 44 action URLs of the administrator guide V80 in its order, then `peripheral_information` (templates from V84
 * on), then names that are only understood.
 *
 * `vpn_ip` fires where the address that a VPN gave changes (administrator guide CP960, p. 443, 511 characters). It is not
 * offered: wazo's and tancredi's templates do not have it, and `ip_change` tells `$vpn_ip` from V84 on. The three names
 * behind it stand in templates, and no guide explains them.
 *
 * A call's end has four events: `call_terminated` where it was answered, `call_remote_canceled` (the caller gave up; the
 * guide's words are about "the outgoing call" of the remote party), `cancel_callout` and `remote_busy` for own calls.
 */
export const ACTION_URL_TABLE: readonly ActionUrlRow[] = [
  { name: 'setup_completed', meaning: device('STARTED') },
  { name: 'registered', oldName: 'log_on', meaning: registration('REGISTERED') },
  { name: 'unregistered', oldName: 'log_off', meaning: registration('UNREGISTERED') },
  { name: 'register_failed', meaning: registration('FAILED') },
  { name: 'off_hook', meaning: user('OFF_HOOK', null) },
  { name: 'on_hook', meaning: user('ON_HOOK', null) },
  { name: 'incoming_call', meaning: call('INCOMING', 'RINGING', 'INCOMING') },
  { name: 'outgoing_call', meaning: call('OUTGOING', 'DIALING', 'OUTGOING') },
  { name: 'call_established', meaning: call('CONNECTED', 'CONNECTED') },
  { name: 'dnd_on', meaning: feature('DO_NOT_DISTURB', true) },
  { name: 'dnd_off', meaning: feature('DO_NOT_DISTURB', false) },
  { name: 'always_fwd_on', meaning: feature('FORWARD_ALWAYS', true) },
  { name: 'always_fwd_off', meaning: feature('FORWARD_ALWAYS', false) },
  { name: 'busy_fwd_on', meaning: feature('FORWARD_BUSY', true) },
  { name: 'busy_fwd_off', meaning: feature('FORWARD_BUSY', false) },
  { name: 'no_answer_fwd_on', meaning: feature('FORWARD_NO_ANSWER', true) },
  { name: 'no_answer_fwd_off', meaning: feature('FORWARD_NO_ANSWER', false) },
  { name: 'transfer_call', meaning: call('TRANSFER_STARTED', null) },
  { name: 'blind_transfer_call', meaning: call('TRANSFER_BLIND', null) },
  { name: 'attended_transfer_call', meaning: call('TRANSFER_ATTENDED', null) },
  { name: 'hold', meaning: call('HELD', 'HELD') },
  { name: 'unhold', meaning: call('RESUMED', 'CONNECTED') },
  { name: 'held', meaning: call('REMOTE_HELD', null) },
  { name: 'unheld', meaning: call('REMOTE_RESUMED', null) },
  { name: 'mute', meaning: call('MUTED', null) },
  { name: 'unmute', meaning: call('UNMUTED', null) },
  { name: 'missed_call', meaning: call('MISSED', 'ENDED', 'INCOMING') },
  { name: 'call_terminated', meaning: call('ENDED', 'ENDED') },
  { name: 'busy_to_idle', meaning: device('IDLE') },
  { name: 'idle_to_busy', meaning: device('BUSY') },
  { name: 'ip_change', meaning: device('ADDRESS_CHANGED') },
  { name: 'forward_incoming_call', meaning: call('FORWARDED', 'ENDED', 'INCOMING') },
  { name: 'reject_incoming_call', meaning: call('REJECTED', 'ENDED', 'INCOMING') },
  { name: 'answer_new_incoming_call', meaning: call('ANSWERED_WAITING', 'CONNECTED', 'INCOMING') },
  { name: 'transfer_finished', meaning: call('TRANSFER_FINISHED', null) },
  { name: 'transfer_failed', meaning: call('TRANSFER_FAILED', null) },
  { name: 'setup_autop_finish', meaning: device('PROVISIONED') },
  { name: 'call_waiting_on', meaning: feature('CALL_WAITING', true) },
  { name: 'call_waiting_off', meaning: feature('CALL_WAITING', false) },
  { name: 'headset', meaning: user('KEY_PRESSED', 'HEADSET') },
  { name: 'handfree', meaning: user('KEY_PRESSED', 'SPEAKER') },
  { name: 'cancel_callout', meaning: call('CANCELED', 'ENDED', 'OUTGOING') },
  { name: 'remote_busy', meaning: call('REMOTE_BUSY', 'ENDED', 'OUTGOING') },
  { name: 'call_remote_canceled', meaning: call('REMOTE_CANCELED', 'ENDED', 'INCOMING') },
  { name: 'peripheral_information', meaning: device('PERIPHERALS_CHANGED'), since: 84 },
  { name: 'vpn_ip', meaning: device('ADDRESS_CHANGED'), readOnly: true },
  { name: 'alarm.trigger', meaning: { type: 'OTHER' }, readOnly: true },
  { name: 'is_ume', meaning: { type: 'OTHER' }, readOnly: true },
  { name: 'reject_new_incoming_call', meaning: { type: 'OTHER' }, readOnly: true },
];

const DEVICE_VARIABLES = ['mac', 'ip', 'model', 'firmware'];
const ACCOUNT_VARIABLES = ['active_url', 'active_user', 'active_host'];
// The names of people come last: phones send their spaces, `&` and `#` as they are.
const CALL_VARIABLES = [
  'call_id',
  ...ACCOUNT_VARIABLES,
  'local',
  'remote',
  'calledNumber',
  'callerID',
  'display_local',
  'display_remote',
];
const PERIPHERAL_VARIABLES = [
  'exp_number',
  'ehs_number',
  'udisk_number',
  'usbheadset_number',
  'wifi_number',
  'bluetooth_number',
];

/**
 * The variables of an event: each `$name` of the guides goes out as `name=$name`. `$cfg_all` and `$cfg_local` are never
 * used: they send the phone's whole configuration, passwords included. `$vpn_ip` rides on `ip_change` from V84 on.
 */
export function variablesOf(row: ActionUrlRow, newerVariables: boolean): readonly string[] {
  switch (row.meaning.type) {
    case 'CALL':
      return [...DEVICE_VARIABLES, ...CALL_VARIABLES];
    case 'REGISTRATION':
    case 'FEATURE':
      return [...DEVICE_VARIABLES, ...ACCOUNT_VARIABLES];
    case 'DEVICE':
      if (row.name === 'peripheral_information') return [...DEVICE_VARIABLES, ...PERIPHERAL_VARIABLES];
      if (row.name === 'ip_change' && newerVariables) return [...DEVICE_VARIABLES, 'vpn_ip'];
      return DEVICE_VARIABLES;
    case 'USER':
    case 'OTHER':
      return DEVICE_VARIABLES;
  }
}
