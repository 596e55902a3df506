import type {
  CallDirection,
  CallEventKind,
  CallState,
  DeviceEventKind,
  PhoneFeature,
  RegistrationState,
  UserEventKind,
} from '@hookswitch/core';

/** What a setting's URL reports. */
export type ActionUrlMeaning =
  | {
      readonly type: 'CALL';
      readonly kind: CallEventKind;
      /** The state that the event by itself tells. */
      readonly state: CallState | null;
      readonly direction: CallDirection | null;
    }
  | { readonly type: 'FEATURE'; readonly feature: PhoneFeature; readonly enabled: boolean }
  | { readonly type: 'REGISTRATION'; readonly state: RegistrationState }
  | { readonly type: 'USER'; readonly kind: UserEventKind }
  | { readonly type: 'DEVICE'; readonly kind: DeviceEventKind }
  | { readonly type: 'OTHER' };

/** Which phones have a setting. */
export type ActionUrlPresence =
  /** All that have action URLs. */
  | 'ALL'
  /** All but the 190, which a client's notes say had none for connect and disconnect. */
  | 'NOT_190'
  /** All but 1xx and 2xx. */
  | 'NOT_LEGACY'
  /** D series, and 8.9 and later: no earlier dump has it. */
  | 'FROM_8_9'
  /** From 8.9.3.70, and only by option: the HTTP status of the reply decides about the call. */
  | 'SCREENING'
  /** The 7xx with the Vision module: a dump of a snom720 has it, nothing else. */
  | 'VISION'
  /** Where Snom's own CSTA requests can fire it. */
  | 'FIRE_TEST';

/** One setting. */
export interface ActionUrlRow {
  readonly setting: string;
  /** Its word in the URL's path. */
  readonly path: string;
  readonly meaning: ActionUrlMeaning;
  /** Variables, in the order in which they stand in the URL. */
  readonly variables: readonly string[];
  readonly presence: ActionUrlPresence;
}

const call = (kind: CallEventKind, state: CallState | null, direction: CallDirection | null = null) =>
  ({ type: 'CALL', kind, state, direction }) as const;

/*
 * Order matters: what identifies stands first and what a caller chooses last, since phones do not document that they
 * escape anything. `$local` and `$remote` come as `user@host`, `+` raw.
 */
const identity = ['active_url', 'active_user', 'active_host'] as const;
const device = ['mac', 'phone_type', 'firmware_version', 'phone_ip'] as const;
const aboutCall = [
  'csta_id',
  'call-id',
  'mac',
  'phone_ip',
  'nr_ongoing_calls',
  'active_key',
  'expansion_module',
  ...identity,
  'local',
  'remote',
] as const;
const parties = [...aboutCall, 'display_local', 'display_remote'] as const;
const ended = [...aboutCall, 'cancel_reason', 'display_local', 'display_remote'] as const;
const atPhone = ['mac', 'phone_ip', 'nr_ongoing_calls', ...identity] as const;
const registered = ['context_url', ...device, ...identity] as const;

/**
 * The 26 settings that hold action URLs, and the other name of the last: "Remote phone control" (the CSTA list), a dump
 * of a snom720 (8.7.3.17), and client code for D3xx and D7xx. Mind the names without `_url`.
 */
export const ACTION_URL_ROWS: readonly ActionUrlRow[] = [
  {
    setting: 'action_incoming_url',
    path: 'incoming',
    meaning: call('INCOMING', 'RINGING', 'INCOMING'),
    variables: parties,
    presence: 'ALL',
  },
  {
    setting: 'action_outgoing_url',
    path: 'outgoing',
    meaning: call('OUTGOING', 'DIALING', 'OUTGOING'),
    variables: parties,
    presence: 'ALL',
  },
  {
    setting: 'action_connected_url',
    path: 'connected',
    meaning: call('CONNECTED', 'CONNECTED'),
    variables: parties,
    presence: 'NOT_190',
  },
  {
    setting: 'action_disconnected_url',
    path: 'disconnected',
    meaning: call('ENDED', 'ENDED'),
    variables: ended,
    presence: 'NOT_190',
  },
  {
    setting: 'action_missed_url',
    path: 'missed',
    meaning: call('MISSED', 'ENDED', 'INCOMING'),
    variables: ended,
    presence: 'ALL',
  },
  { setting: 'action_hold', path: 'hold', meaning: call('HELD', 'HELD'), variables: parties, presence: 'ALL' },
  {
    setting: 'action_unhold',
    path: 'unhold',
    meaning: call('RESUMED', 'CONNECTED'),
    variables: parties,
    presence: 'ALL',
  },
  {
    setting: 'action_transfer',
    path: 'transfer',
    meaning: call('TRANSFER_STARTED', null),
    variables: parties,
    presence: 'ALL',
  },
  {
    setting: 'action_blind_transfer',
    path: 'blind_transfer',
    meaning: call('TRANSFER_BLIND', null),
    variables: parties,
    presence: 'ALL',
  },
  {
    setting: 'action_attended_transfer',
    path: 'attended_transfer',
    meaning: call('TRANSFER_ATTENDED', null),
    variables: parties,
    presence: 'ALL',
  },
  {
    setting: 'action_received_attended_transfer',
    path: 'received_attended_transfer',
    meaning: call('TRANSFER_RECEIVED', null),
    variables: parties,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_offhook_url',
    path: 'offhook',
    meaning: { type: 'USER', kind: 'OFF_HOOK' },
    variables: atPhone,
    presence: 'ALL',
  },
  {
    setting: 'action_onhook_url',
    path: 'onhook',
    meaning: { type: 'USER', kind: 'ON_HOOK' },
    variables: atPhone,
    presence: 'ALL',
  },
  {
    setting: 'action_longpress_url',
    path: 'longpress',
    meaning: { type: 'USER', kind: 'KEY_LONG_PRESSED' },
    variables: ['longpress_key', ...atPhone],
    presence: 'FROM_8_9',
  },
  {
    setting: 'action_dnd_on_url',
    path: 'dnd_on',
    meaning: { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled: true },
    variables: atPhone,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_dnd_off_url',
    path: 'dnd_off',
    meaning: { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled: false },
    variables: atPhone,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_redirection_on_url',
    path: 'redirection_on',
    meaning: { type: 'FEATURE', feature: 'FORWARD', enabled: true },
    variables: atPhone,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_redirection_off_url',
    path: 'redirection_off',
    meaning: { type: 'FEATURE', feature: 'FORWARD', enabled: false },
    variables: atPhone,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_log_on_url',
    path: 'log_on',
    meaning: { type: 'REGISTRATION', state: 'REGISTERED' },
    variables: registered,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_log_off_url',
    path: 'log_off',
    meaning: { type: 'REGISTRATION', state: 'UNREGISTERED' },
    variables: registered,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_reg_failed',
    path: 'reg_failed',
    meaning: { type: 'REGISTRATION', state: 'FAILED' },
    variables: registered,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_setup_url',
    path: 'setup',
    meaning: { type: 'DEVICE', kind: 'STARTED' },
    variables: device,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_received_subscr_notify_url',
    path: 'received_subscr_notify',
    meaning: { type: 'DEVICE', kind: 'SUBSCRIPTION_NOTIFIED' },
    variables: device,
    presence: 'NOT_LEGACY',
  },
  {
    setting: 'action_blacklist_url',
    path: 'blacklist',
    meaning: call('SCREENING_REQUESTED', 'RINGING', 'INCOMING'),
    variables: parties,
    presence: 'SCREENING',
  },
  { setting: 'action_vision_url', path: 'vision', meaning: { type: 'OTHER' }, variables: device, presence: 'VISION' },
  {
    setting: 'action_firewall_test',
    path: 'firewall_test',
    meaning: { type: 'DEVICE', kind: 'EVENT_PATH_TESTED' },
    variables: device,
    presence: 'FIRE_TEST',
  },
  {
    setting: 'action_fwtest_url',
    path: 'fwtest',
    meaning: { type: 'DEVICE', kind: 'EVENT_PATH_TESTED' },
    variables: device,
    presence: 'FIRE_TEST',
  },
];

/** Settings that the action URL for tests has: Snom's page says the first, phones' own dumps the second. */
export const TEST_SETTINGS = ['action_fwtest_url', 'action_firewall_test'] as const;
