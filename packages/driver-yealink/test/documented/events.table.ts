import type { DocumentedEvent, DocumentedSettings } from '@hookswitch/driver-kit';
import { T23G, T28P, T46U } from './phones.ts';

/*
 * The chapter "Action URL" of the administrator guide V80, names of V70 by a web client, templates from V84 on. Written from them,
 * and never from the driver.
 */

const VALUES: Readonly<Record<string, string>> = {
  mac: '00156500c0de',
  ip: '10.1.2.3',
  model: 'SIP-T46U',
  firmware: '108.86.0.45',
  call_id: '33093',
  active_url: '1001@pbx.example',
  active_user: '1001',
  active_host: 'pbx.example',
  local: 'sip:1001@pbx.example',
  remote: 'sip:2001@pbx.example',
  calledNumber: '2002',
  callerID: '2003',
  display_local: 'Anna',
  display_remote: 'Bert Beta',
  vpn_ip: '10.8.0.2',
  exp_number: '1',
  ehs_number: '0',
  udisk_number: '2',
  usbheadset_number: '3',
  wifi_number: '4',
  bluetooth_number: '5',
};

const DEVICE = ['mac', 'ip', 'model', 'firmware'];
const ACCOUNT = ['active_url', 'active_user', 'active_host'];
const CALL = [
  ...['call_id', ...ACCOUNT, 'local', 'remote', 'calledNumber', 'callerID', 'display_local', 'display_remote'],
];
const PERIPHERALS = [
  'exp_number',
  'ehs_number',
  'udisk_number',
  'usbheadset_number',
  'wifi_number',
  'bluetooth_number',
];

const filled = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries([...DEVICE, ...names].map((name) => [`$${name}`, VALUES[name] ?? '']));

type Row = readonly [setting: string, variables: readonly string[], means: unknown];

const call = (
  name: string,
  [kind, state, direction = null]: readonly [string, string | null, (string | null)?],
): Row => [
  name,
  CALL,
  {
    type: 'CALL',
    callEventKind: kind,
    callState: state,
    call: {
      direction,
      vendorIds: { call_id: '33093' },
      remote: { number: '2001', displayName: 'Bert Beta' },
      local: { number: '1001', displayName: 'Anna' },
    },
  },
];
const device = (name: string, kind: string, variables: readonly string[] = []): Row => [
  name,
  variables,
  { type: 'DEVICE', deviceEventKind: kind },
];
const feature = (name: string, of: string, enabled: boolean): Row => [
  name,
  ACCOUNT,
  { type: 'FEATURE', feature: of, enabled, target: null },
];
const registration = (name: string, state: string): Row => [
  name,
  ACCOUNT,
  { type: 'REGISTRATION', registrationState: state, accountUri: '1001@pbx.example' },
];
const user = (name: string, kind: string, key: string | null = null): Row => [
  name,
  [],
  { type: 'USER', userEventKind: kind, key },
];

/** The 44 of V80. */
const V80: readonly Row[] = [
  device('setup_completed', 'STARTED'),
  registration('registered', 'REGISTERED'),
  registration('unregistered', 'UNREGISTERED'),
  registration('register_failed', 'FAILED'),
  user('off_hook', 'OFF_HOOK'),
  user('on_hook', 'ON_HOOK'),
  call('incoming_call', ['INCOMING', 'RINGING', 'INCOMING']),
  call('outgoing_call', ['OUTGOING', 'DIALING', 'OUTGOING']),
  call('call_established', ['CONNECTED', 'CONNECTED']),
  feature('dnd_on', 'DO_NOT_DISTURB', true),
  feature('dnd_off', 'DO_NOT_DISTURB', false),
  feature('always_fwd_on', 'FORWARD_ALWAYS', true),
  feature('always_fwd_off', 'FORWARD_ALWAYS', false),
  feature('busy_fwd_on', 'FORWARD_BUSY', true),
  feature('busy_fwd_off', 'FORWARD_BUSY', false),
  feature('no_answer_fwd_on', 'FORWARD_NO_ANSWER', true),
  feature('no_answer_fwd_off', 'FORWARD_NO_ANSWER', false),
  call('transfer_call', ['TRANSFER_STARTED', null]),
  call('blind_transfer_call', ['TRANSFER_BLIND', null]),
  call('attended_transfer_call', ['TRANSFER_ATTENDED', null]),
  call('hold', ['HELD', 'HELD']),
  call('unhold', ['RESUMED', 'CONNECTED']),
  call('held', ['REMOTE_HELD', null]),
  call('unheld', ['REMOTE_RESUMED', null]),
  call('mute', ['MUTED', null]),
  call('unmute', ['UNMUTED', null]),
  call('missed_call', ['MISSED', 'ENDED', 'INCOMING']),
  call('call_terminated', ['ENDED', 'ENDED']),
  device('busy_to_idle', 'IDLE'),
  device('idle_to_busy', 'BUSY'),
  device('ip_change', 'ADDRESS_CHANGED', ['vpn_ip']),
  call('forward_incoming_call', ['FORWARDED', 'ENDED', 'INCOMING']),
  call('reject_incoming_call', ['REJECTED', 'ENDED', 'INCOMING']),
  call('answer_new_incoming_call', ['ANSWERED_WAITING', 'CONNECTED', 'INCOMING']),
  call('transfer_finished', ['TRANSFER_FINISHED', null]),
  call('transfer_failed', ['TRANSFER_FAILED', null]),
  device('setup_autop_finish', 'PROVISIONED'),
  feature('call_waiting_on', 'CALL_WAITING', true),
  feature('call_waiting_off', 'CALL_WAITING', false),
  user('headset', 'KEY_PRESSED', 'HEADSET'),
  user('handfree', 'KEY_PRESSED', 'SPEAKER'),
  call('cancel_callout', ['CANCELED', 'ENDED', 'OUTGOING']),
  call('remote_busy', ['REMOTE_BUSY', 'ENDED', 'OUTGOING']),
  call('call_remote_canceled', ['REMOTE_CANCELED', 'ENDED', 'INCOMING']),
];
const V84: readonly Row[] = [device('peripheral_information', 'PERIPHERALS_CHANGED', PERIPHERALS)];
const V70: readonly Row[] = [registration('log_on', 'REGISTERED'), registration('log_off', 'UNREGISTERED')];

const report = (vendorEvent: string): unknown => ({
  vendorEvent,
  device: { mac: '00:15:65:00:c0:de', model: 'T46U', firmware: '108.86.0.45' },
});
const rows = (given: readonly Row[], phone: DocumentedEvent['phone'], name?: string): readonly DocumentedEvent[] =>
  given.map(([setting, variables, means]) => ({
    ...(name === undefined ? {} : { name }),
    phone,
    setting: `action_url.${setting}`,
    fills: filled(variables),
    means,
    report: report(`action_url.${setting}`),
  }));

/** What a phone fetches. */
export const EVENTS: readonly DocumentedEvent[] = [
  ...rows([...V80, ...V84], T46U),
  ...rows(V70, T28P),
  // `$vpn_ip` came with V84.
  ...rows([device('ip_change', 'ADDRESS_CHANGED')], T23G, 'before V84'),
];

const named = (given: readonly Row[]): readonly string[] => given.map(([setting]) => `action_url.${setting}`);
const since70 = V80.filter(([setting]) => setting !== 'registered' && setting !== 'unregistered');

/** Which phones have which settings. */
export const SETTINGS: readonly DocumentedSettings[] = [
  { name: 'the action URLs of V71', phone: T28P, settings: named([...since70, ...V70]) },
  { name: 'the action URLs of V80', phone: T23G, settings: named(V80) },
  { name: 'the action URLs of V83', phone: { ...T46U, firmware: '66.83.0.5' }, settings: named(V80) },
  { name: 'the action URLs of V84', phone: { ...T46U, firmware: '66.84.0.5' }, settings: named([...V80, ...V84]) },
];
