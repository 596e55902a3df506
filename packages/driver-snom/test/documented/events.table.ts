import type { DocumentedEvent, DocumentedPhone, DocumentedSettings } from '@hookswitch/driver-kit';

/*
 * Snom, "Remote phone control", "Action URLs" and its runtime variables; a dump of a snom720 (8.7.3.17) and client code for D3xx
 * and D7xx. Written from them, and never from the driver.
 */

const D785: DocumentedPhone = { model: 'D785', firmware: '10.1.33.33', options: { accounts: '101@pbx.example' } };
const SNOM720: DocumentedPhone = { model: '720', firmware: '8.7.3.17' };
const SCREENING: DocumentedPhone = { ...D785, options: { blacklistScreening: 'true' } };

/** What the phone puts for its variables. */
const VALUES: Readonly<Record<string, string>> = {
  csta_id: '-18',
  'call-id': '3c26a7e1',
  mac: '0004130000ab',
  phone_ip: '10.1.2.3',
  phone_type: 'snomD785',
  firmware_version: 'snomD785-SIP 10.1.33.33',
  nr_ongoing_calls: '2',
  active_key: 'P1',
  expansion_module: '0',
  active_url: '101@pbx.example',
  active_user: '101',
  active_host: 'pbx.example',
  context_url: 'sip:102@pbx.example',
  local: '101@pbx.example;line=1',
  remote: '+49301234@pbx.example',
  display_local: 'Anna',
  display_remote: 'Bert Beta',
  cancel_reason: 'SIP;cause=200;text="Call completed elsewhere"',
  longpress_key: 'F_SETTINGS',
};

const filled = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [`$${name}`, VALUES[name] ?? '']));

const IDENTITY = ['active_url', 'active_user', 'active_host'];
const CALL = [
  ...['csta_id', 'call-id', 'mac', 'phone_ip', 'nr_ongoing_calls', 'active_key', 'expansion_module'],
  ...IDENTITY,
  ...['local', 'remote', 'display_local', 'display_remote'],
];
const ENDING = [...CALL, 'cancel_reason'];
const AT_PHONE = ['mac', 'phone_ip', 'nr_ongoing_calls', ...IDENTITY];
const DEVICE = ['mac', 'phone_type', 'firmware_version', 'phone_ip'];
const REGISTRATION = ['context_url', ...DEVICE, ...IDENTITY];

const call = (callEventKind: string, callState: string | null, direction: string | null = null): unknown => ({
  type: 'CALL',
  callEventKind,
  callState,
  call: {
    direction,
    vendorIds: { csta_id: '-18', 'call-id': '3c26a7e1' },
    remote: { number: '+49301234', displayName: 'Bert Beta' },
    local: { number: '101', displayName: 'Anna' },
  },
});
const feature = (name: string, enabled: boolean): unknown => ({
  type: 'FEATURE',
  feature: name,
  enabled,
  target: null,
});
const registration = (registrationState: string): unknown => ({
  type: 'REGISTRATION',
  registrationState,
  accountUri: '102@pbx.example',
});
const user = (userEventKind: string, key: string | null = null): unknown => ({ type: 'USER', userEventKind, key });
const device = (deviceEventKind: string): unknown => ({ type: 'DEVICE', deviceEventKind });

type Row = readonly [setting: string, variables: readonly string[], means: unknown, phone?: DocumentedPhone];

const ROWS: readonly Row[] = [
  ['action_incoming_url', CALL, call('INCOMING', 'RINGING', 'INCOMING')],
  ['action_outgoing_url', CALL, call('OUTGOING', 'DIALING', 'OUTGOING')],
  ['action_connected_url', CALL, call('CONNECTED', 'CONNECTED')],
  ['action_disconnected_url', ENDING, call('ENDED', 'ENDED')],
  ['action_missed_url', ENDING, call('MISSED', 'ENDED', 'INCOMING')],
  ['action_hold', CALL, call('HELD', 'HELD')],
  ['action_unhold', CALL, call('RESUMED', 'CONNECTED')],
  ['action_transfer', CALL, call('TRANSFER_STARTED', null)],
  ['action_blind_transfer', CALL, call('TRANSFER_BLIND', null)],
  ['action_attended_transfer', CALL, call('TRANSFER_ATTENDED', null)],
  ['action_received_attended_transfer', CALL, call('TRANSFER_RECEIVED', null)],
  ['action_offhook_url', AT_PHONE, user('OFF_HOOK')],
  ['action_onhook_url', AT_PHONE, user('ON_HOOK')],
  ['action_longpress_url', ['longpress_key', ...AT_PHONE], user('KEY_LONG_PRESSED', 'snom:F_SETTINGS')],
  ['action_dnd_on_url', AT_PHONE, feature('DO_NOT_DISTURB', true)],
  ['action_dnd_off_url', AT_PHONE, feature('DO_NOT_DISTURB', false)],
  ['action_redirection_on_url', AT_PHONE, feature('FORWARD', true)],
  ['action_redirection_off_url', AT_PHONE, feature('FORWARD', false)],
  ['action_log_on_url', REGISTRATION, registration('REGISTERED')],
  ['action_log_off_url', REGISTRATION, registration('UNREGISTERED')],
  ['action_reg_failed', REGISTRATION, registration('FAILED')],
  ['action_setup_url', DEVICE, device('STARTED')],
  ['action_received_subscr_notify_url', DEVICE, device('SUBSCRIPTION_NOTIFIED')],
  ['action_firewall_test', DEVICE, device('EVENT_PATH_TESTED')],
  ['action_fwtest_url', DEVICE, device('EVENT_PATH_TESTED')],
  ['action_blacklist_url', CALL, call('SCREENING_REQUESTED', 'RINGING', 'INCOMING'), SCREENING],
  ['action_vision_url', DEVICE, { type: 'OTHER' }, SNOM720],
];

/** RFC 3326 and Q.850: who did not want the call. */
const REASONS: readonly (readonly [reason: string, end: string | undefined])[] = [
  ['SIP;cause=200;text="Call completed elsewhere"', 'MISSED'],
  ['SIP;cause=487;text="ORIGINATOR_CANCEL"', 'MISSED'],
  ['SIP ;cause=486 ;text="Busy Here"', 'REMOTE_BUSY'],
  ['SIP;cause=600', 'REMOTE_BUSY'],
  ['SIP;cause=603;text="Decline"', 'REMOTE_BUSY'],
  ['Q.850;cause=17;text="User busy"', 'REMOTE_BUSY'],
  ['Q.850;cause=21;text="Call Rejected"', 'REMOTE_BUSY'],
  ['Q.850;cause=16;text="Normal call clearing"', undefined],
  ['', undefined],
];

/** What a phone fetches. */
export const EVENTS: readonly DocumentedEvent[] = [
  ...ROWS.map(
    ([setting, variables, means, phone = D785]): DocumentedEvent => ({
      phone,
      setting,
      fills: filled(variables),
      means,
      report: { vendorEvent: setting, device: { mac: '00:04:13:00:00:ab' } },
    }),
  ),
  ...REASONS.map(
    ([reason, endReason]): DocumentedEvent => ({
      name: `with the reason ${reason === '' ? 'left out' : reason}`,
      phone: D785,
      setting: 'action_disconnected_url',
      fills: { ...filled(ENDING), $cancel_reason: reason },
      means: { type: 'CALL', callEventKind: 'ENDED', ...(endReason === undefined ? {} : { call: { endReason } }) },
    }),
  ),
];

const EVERYWHERE = [
  ...['action_incoming_url', 'action_outgoing_url', 'action_missed_url', 'action_hold', 'action_unhold'],
  ...[
    'action_transfer',
    'action_blind_transfer',
    'action_attended_transfer',
    'action_offhook_url',
    'action_onhook_url',
  ],
];
const CONNECTIONS = ['action_connected_url', 'action_disconnected_url'];
const NEWER = [
  ...['action_received_attended_transfer', 'action_dnd_on_url', 'action_dnd_off_url', 'action_redirection_on_url'],
  ...['action_redirection_off_url', 'action_log_on_url', 'action_log_off_url', 'action_reg_failed', 'action_setup_url'],
  'action_received_subscr_notify_url',
];
const TESTS = ['action_firewall_test', 'action_fwtest_url'];
const settings = (name: string, phone: DocumentedPhone, has: readonly string[]): DocumentedSettings => ({
  name: `the settings of action URLs of ${name}`,
  phone,
  settings: has,
});

/** Which phones have which settings. */
export const SETTINGS: readonly DocumentedSettings[] = [
  settings('a 190', { model: '190', firmware: '3.60' }, EVERYWHERE),
  settings('a 220', { model: '220', firmware: '7.1.39' }, [...EVERYWHERE, ...CONNECTIONS]),
  settings('a 360 with 8.4', { model: '360', firmware: '8.4.35' }, [...EVERYWHERE, ...CONNECTIONS, ...NEWER]),
  settings('a 720 with 8.7.3', SNOM720, [...EVERYWHERE, ...CONNECTIONS, ...NEWER, ...TESTS, 'action_vision_url']),
  settings('a D785', D785, [...EVERYWHERE, ...CONNECTIONS, ...NEWER, ...TESTS, 'action_longpress_url']),
  settings('a D785 that asks who may ring', SCREENING, [
    ...[...EVERYWHERE, ...CONNECTIONS, ...NEWER, ...TESTS],
    ...['action_longpress_url', 'action_blacklist_url'],
  ]),
];
