import type { KnownCall, LedAction } from '@hookswitch/core';
import { UNKNOWN_PARTY } from '@hookswitch/core';

/** Where a hostile value is put, and what stands there when the intended request is recorded. */
export interface Slot {
  readonly command: string;
  readonly name: string;
  /** A value that every driver takes there, and that stands nowhere else. */
  readonly marker: string;
  readonly arguments: (value: string) => Readonly<Record<string, unknown>>;
  /** The one call that the phone has. Left out: none. */
  readonly call?: ((value: string) => KnownCall) | undefined;
  /** Only words of a list are taken: everything hostile must be refused. */
  readonly closed?: true;
  /** What the phone may be given instead of the value, since it means the same. */
  readonly same?: ((value: string) => readonly string[]) | undefined;
}

const NUMBER = '4711471147';
const ADDRESS = 'Marker4711@host4711.example';
const TEXT = 'Marker4711';
const URL = 'http://Marker4711.example/file.bin';

const callWith = (id: string, state: KnownCall['state'] = 'CONNECTED'): KnownCall => ({
  id: 'call-1',
  state,
  direction: 'INCOMING',
  remote: { ...UNKNOWN_PARTY, number: '101' },
  local: UNKNOWN_PARTY,
  muted: false,
  vendorIds: { csta_id: id, call_id: id },
});

/** The number of a URI, and what was around it. */
const bare = (value: string): readonly string[] => {
  const trimmed = value.replace(/^ +| +$/g, '');
  return [trimmed, trimmed.replace(/^(?:sips?|tel):/i, '')];
};

/** To XML all line ends are one (XML 1.0 section 2.11); Snom's documents have an element for them. */
const lines = (value: string): readonly string[] => [value.replace(/\r\n?/g, '\n')];

const press = (kind: LedAction['kind']) => (target: string) => ({
  key: 'FUNCTION_2',
  light: 'ON',
  onPress: { kind, target },
});

const onCall = (command: string): Slot => {
  const call = (id: string) => callWith(id, command === 'answer' || command === 'reject' ? 'RINGING' : 'CONNECTED');
  return { command, name: 'vendorIds', marker: NUMBER, call, arguments: (id) => ({ call: call(id), held: true }) };
};

const numbered = (
  place: readonly [command: string, name: string],
  make: Slot['arguments'],
  call?: Slot['call'],
): Slot => ({
  command: place[0],
  name: place[1],
  marker: NUMBER,
  same: bare,
  arguments: make,
  call,
});

/** Every argument of every command that is a text, and what phones themselves said of a call. */
export const SLOTS: readonly Slot[] = [
  numbered(['dial', 'to'], (to) => ({ to })),
  { command: 'dial', name: 'from', marker: ADDRESS, same: bare, arguments: (from) => ({ to: '101', from }) },
  numbered(
    ['deflect', 'to'],
    (to) => ({ call: { ...callWith('7'), state: 'RINGING' }, to }),
    () => callWith('7'),
  ),
  numbered(
    ['transfer', 'to'],
    (to) => ({ call: callWith('7'), to, kind: 'BLIND' }),
    () => callWith('7'),
  ),
  numbered(
    ['transfer', 'to, attended'],
    (to) => ({ call: callWith('7'), to, kind: 'ATTENDED' }),
    () => callWith('7'),
  ),
  ...['ALWAYS', 'BUSY', 'NO_ANSWER'].map((kind) =>
    numbered(['setForwarding', `target ${kind}`], (target) => ({
      kind,
      enabled: true,
      target,
      ...(kind === 'NO_ANSWER' ? { afterSeconds: 20 } : {}),
    })),
  ),
  { command: 'sendDtmf', name: 'digits', marker: NUMBER, arguments: (digits) => ({ call: callWith('7'), digits }) },
  { command: 'pressKeys', name: 'key', marker: '5', closed: true, arguments: (key) => ({ keys: [{ key }] }) },
  ...['answer', 'hangUp', 'reject', 'setHold'].map(onCall),
  { command: 'setLed', name: 'key', marker: 'FUNCTION_3', closed: true, arguments: (key) => ({ key, light: 'ON' }) },
  {
    command: 'setLed',
    name: 'label',
    marker: TEXT,
    arguments: (label) => ({ key: 'FUNCTION_2', light: 'ON', label }),
  },
  { command: 'setLed', name: 'onPress DIAL', marker: NUMBER, same: bare, arguments: press('DIAL') },
  { command: 'setLed', name: 'onPress MESSAGE', marker: TEXT, arguments: press('MESSAGE') },
  ...['SPEED_DIAL', 'BLF', 'BUTTON', 'DTMF'].map(
    (kind): Slot => ({
      command: 'configureKey',
      name: `value ${kind}`,
      marker: kind === 'BUTTON' ? URL : NUMBER,
      arguments: (value) => ({ key: 'FUNCTION_2', function: kind, value }),
    }),
  ),
  {
    command: 'configureKey',
    name: 'value URL',
    marker: URL,
    arguments: (value) => ({ key: 'FUNCTION_2', function: 'URL', value }),
  },
  {
    command: 'configureKey',
    name: 'label',
    marker: TEXT,
    arguments: (label) => ({ key: 'FUNCTION_2', function: 'SPEED_DIAL', value: '101', label }),
  },
  { command: 'showMessage', name: 'title', marker: TEXT, same: lines, arguments: (title) => ({ title, text: 'text' }) },
  { command: 'showMessage', name: 'text', marker: TEXT, same: lines, arguments: (text) => ({ title: 'title', text }) },
  {
    command: 'writeSettings',
    name: 'name',
    marker: 'account.1.marker4711',
    arguments: (name) => ({ settings: [{ name, value: '1' }] }),
  },
  {
    command: 'writeSettings',
    name: 'name, in one word',
    marker: 'marker4711',
    arguments: (name) => ({ settings: [{ name, value: '1' }] }),
  },
  ...['account.1.label', 'user_realname1', 'user_realname[1]'].map(
    (name): Slot => ({
      command: 'writeSettings',
      name: `value of ${name}`,
      marker: TEXT,
      arguments: (value) => ({ settings: [{ name, value }] }),
    }),
  ),
  { command: 'upgradeFirmware', name: 'url', marker: URL, arguments: (url) => ({ url }) },
  ...['action_incoming_url', 'action_url.incoming_call'].map(
    (setting): Slot => ({
      command: 'configureActionUrls',
      name: `url of ${setting}`,
      marker: URL,
      arguments: (url) => ({ urls: [{ setting, url }] }),
    }),
  ),
];
