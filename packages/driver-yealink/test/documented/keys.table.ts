import type { DocumentedCommand, DocumentedPhone } from '@hookswitch/driver-kit';
import { T23G, T28P, T46S, T46U } from './phones.ts';

/*
 * The chapter "Action URI" of the administrator guides V80 and V81 with its table of values, and what public code knows of it.
 * Written from them, and never from the driver.
 */

/** Keys by their common names, and as the table has them. */
const KEYS: Readonly<Record<string, string>> = {
  OK: 'OK',
  SPEAKER: 'SPEAKER',
  TRANSFER: 'F_TRANSFER',
  VOLUME_UP: 'VOLUME_UP',
  VOLUME_DOWN: 'VOLUME_DOWN',
  MUTE: 'MUTE',
  HOLD: 'F_HOLD',
  CONFERENCE: 'F_CONFERENCE',
  CANCEL: 'CANCEL',
  '#': 'POUND',
  '*': '*',
  ...Object.fromEntries([...'0123456789'].map((digit) => [digit, digit])),
  MESSAGE: 'MSG',
  HEADSET: 'HEADSET',
  REDIAL: 'RD',
  UP: 'UP',
  DOWN: 'DOWN',
  LEFT: 'LEFT',
  RIGHT: 'RIGHT',
  OFF_HOOK: 'OFFHOOK',
  ON_HOOK: 'ONHOOK',
  FUNCTION_27: 'L27',
  SOFT_4: 'F4',
};
/** Names of the table that no common key has. */
const OWN = ['ENTER', 'HOLD', 'X', 'CANCEL', 'OK', 'F_HOLD', 'L27'];
const NONE = [
  'DND',
  'MENU',
  'DIRECTORY',
  'RECORD',
  'SOFT_5',
  'FUNCTION_28',
  'MEMORY_1',
  'EXPANSION_1',
  'yealink:L28',
  'snom:REC',
];

/** Values of the table that are no keys, with the command for each. */
const COMMANDS: Readonly<Record<string, string>> = {
  Reset: 'factoryReset',
  Reboot: 'reboot',
  AutoP: 'provision',
  AUTOP: 'provision',
  DNDOn: 'setDoNotDisturb',
  DNDOff: 'setDoNotDisturb',
  ANSWER: 'answer',
  ASW: 'answer',
  CALLEND: 'hangUp',
  UNHOLD: 'setHold',
  number: 'dial',
  outgoing_uri: 'dial',
  ATrans: 'transfer',
  BTrans: 'transfer',
  AlwaysFwdOn: 'setForwarding',
  AlwaysFwdOff: 'setForwarding',
  BusyFwdOn: 'setForwarding',
  BusyFwdOff: 'setForwarding',
  NoAnswFwdOn: 'setForwarding',
  NoAnswFwdOff: 'setForwarding',
  CallWaitingOn: 'writeSettings',
  CallWaitingOff: 'writeSettings',
  phonecfg: 'phoneInfo',
};

/** The vendor's keys that do what a command does. */
export const COMMAND_KEYS = [...Object.keys(COMMANDS), 'HOLD:33093', 'CANCEL:33093', 'ASW:33093', 'ATrans=2001'];

const get = (value: string): string => `GET /servlet?key=${value}`;

const press = (key: string, sent: string | null, says = ''): DocumentedCommand => ({
  name: `the key ${key}`,
  phone: T46U,
  capability: 'PRESS_KEYS',
  member: 'pressKeys',
  command: () => ({ keys: [{ key }] }),
  exchange: sent === null ? [] : [get(sent)],
  outcome: sent === null ? 'INVALID_ARGUMENT' : 'ACCEPTED',
  says,
});

const presses: readonly DocumentedCommand[] = [
  ...Object.entries(KEYS).map(([key, name]) => press(key, encodeURIComponent(name))),
  ...OWN.map((name) => press(`yealink:${name}`, name)),
  ...NONE.map((key) => press(key, null)),
  ...Object.entries(COMMANDS).map(([name, command]) => press(`yealink:${name}`, null, `use ${command}`)),
];

type States = readonly ('RINGING' | 'DIALING' | 'CONNECTED' | 'HELD')[];
type What = 'answer' | 'reject' | 'hangUp' | 'hold' | 'resume' | 'transfer' | 'begin';

/**
 * A key acts on the call in focus: where another call might have it, nothing may be sent for the first of these; `unnamed`: whichever
 * call has the focus is meant.
 */
const SITUATIONS: readonly (readonly [what: What, calls: States, key: string, unnamed?: true])[] = [
  ['answer', ['RINGING'], 'ASW'],
  ['answer', ['RINGING', 'CONNECTED', 'HELD', 'DIALING'], 'ASW'],
  ['answer', ['RINGING', 'RINGING'], 'INVALID_CALL_STATE'],
  ['answer', ['CONNECTED'], 'INVALID_CALL_STATE'],
  ['answer', ['RINGING', 'RINGING'], 'ASW', true],
  ['reject', ['RINGING'], 'CANCEL'],
  ['reject', ['RINGING', 'CONNECTED', 'HELD', 'DIALING'], 'CANCEL'],
  ['reject', ['RINGING', 'RINGING'], 'INVALID_CALL_STATE'],
  ['reject', ['DIALING'], 'INVALID_CALL_STATE'],
  ['hangUp', ['RINGING'], 'CANCEL'],
  ['hangUp', ['CONNECTED'], 'CALLEND'],
  ['hangUp', ['DIALING'], 'CALLEND'],
  ['hangUp', ['HELD'], 'CALLEND'],
  ['hangUp', ['CONNECTED', 'HELD'], 'CALLEND'],
  ['hangUp', ['HELD', 'HELD'], 'INVALID_CALL_STATE'],
  ['hangUp', ['HELD', 'CONNECTED'], 'INVALID_CALL_STATE'],
  ['hangUp', ['CONNECTED', 'RINGING'], 'INVALID_CALL_STATE'],
  ['hangUp', ['CONNECTED', 'DIALING'], 'INVALID_CALL_STATE'],
  ['hangUp', ['RINGING', 'CONNECTED'], 'CANCEL'],
  ['hold', ['CONNECTED'], 'F_HOLD'],
  ['hold', ['CONNECTED', 'HELD'], 'F_HOLD'],
  ['hold', ['CONNECTED', 'CONNECTED'], 'INVALID_CALL_STATE'],
  ['hold', ['CONNECTED', 'DIALING'], 'INVALID_CALL_STATE'],
  ['hold', ['CONNECTED', 'RINGING'], 'INVALID_CALL_STATE'],
  ['hold', ['RINGING'], 'INVALID_CALL_STATE'],
  ['hold', ['DIALING'], 'INVALID_CALL_STATE'],
  ['hold', ['HELD'], 'CONFIRMED'],
  ['resume', ['HELD'], 'F_HOLD'],
  ['resume', ['HELD', 'CONNECTED'], 'INVALID_CALL_STATE'],
  ['resume', ['HELD', 'DIALING'], 'INVALID_CALL_STATE'],
  ['resume', ['HELD', 'RINGING'], 'INVALID_CALL_STATE'],
  ['resume', ['HELD', 'HELD'], 'INVALID_CALL_STATE'],
  ['resume', ['CONNECTED'], 'CONFIRMED'],
  ['resume', ['DIALING'], 'INVALID_CALL_STATE'],
  ['transfer', ['CONNECTED'], 'BTrans=2001'],
  ['transfer', ['HELD'], 'BTrans=2001'],
  ['transfer', ['CONNECTED', 'HELD'], 'BTrans=2001'],
  ['transfer', ['CONNECTED', 'CONNECTED'], 'INVALID_CALL_STATE'],
  ['transfer', ['CONNECTED', 'DIALING'], 'INVALID_CALL_STATE'],
  ['transfer', ['CONNECTED', 'RINGING'], 'INVALID_CALL_STATE'],
  ['transfer', ['RINGING'], 'INVALID_CALL_STATE'],
  ['transfer', ['DIALING'], 'INVALID_CALL_STATE'],
  ['begin', ['CONNECTED'], 'ATrans=2001'],
  ['begin', ['HELD'], 'ATrans=2001'],
];

const MEMBERS = {
  answer: ['ANSWER', 'answer', {}],
  reject: ['REJECT', 'reject', {}],
  hangUp: ['HANG_UP', 'hangUp', {}],
  hold: ['HOLD', 'setHold', { held: true }],
  resume: ['HOLD', 'setHold', { held: false }],
  transfer: ['TRANSFER_BLIND', 'transfer', { to: '2001', kind: 'BLIND' }],
  begin: ['TRANSFER_ATTENDED', 'transfer', { to: '2001', kind: 'ATTENDED' }],
} as const;

const DONE: Readonly<Record<What, string>> = {
  answer: 'answered',
  reject: 'rejected',
  hangUp: 'ended',
  hold: 'held',
  resume: 'resumed',
  transfer: 'transferred',
  begin: 'transferred',
};

interface Situation {
  readonly phone?: DocumentedPhone;
  readonly unnamed?: boolean;
  readonly ids?: readonly string[];
}

const situation = (
  [what, states, key]: readonly [What, States, string],
  { phone = T46U, unnamed = false, ids = [] }: Situation,
): DocumentedCommand => {
  const [capability, member, command] = MEMBERS[what];
  const isSent = !/^[A-Z]+_[A-Z_]+$|^CONFIRMED$/.test(key) || key === 'F_HOLD';
  return {
    name: `${what} ${unnamed ? 'whichever' : 'the first'} of [${states.join(', ')}] of a ${phone.model}: ${key}`,
    phone,
    capability,
    member,
    calls: states.map((state, place) => {
      const id = ids[place];
      return id === undefined ? { state } : { state, ids: { call_id: id } };
    }),
    command: ([first]) => ({ ...command, ...(unnamed ? {} : { call: first }) }),
    exchange: isSent ? [get(key)] : [],
    outcome: isSent ? 'ACCEPTED' : key,
    // Where it is the only call, its own state is in the way.
    ...(key === 'INVALID_CALL_STATE' && states.length === 1 ? { says: `cannot be ${DONE[what]}` } : {}),
  };
};

/** Keys that name their call (V81), and the words of other generations. */
const addressed: readonly DocumentedCommand[] = [
  ...(
    [
      ['answer', ['RINGING', 'RINGING'], 'ASW:33093'],
      ['reject', ['RINGING', 'RINGING'], 'CANCEL:33093'],
      ['hangUp', ['HELD', 'CONNECTED'], 'CANCEL:33093'],
      ['hold', ['CONNECTED', 'CONNECTED'], 'HOLD:33093'],
      ['resume', ['HELD', 'CONNECTED'], 'UNHOLD:33093'],
    ] as const
  ).map((row) => situation(row, { phone: T46S, ids: ['33093', '33094'] })),
  situation(['answer', ['RINGING'], 'ANSWER'], { phone: T23G }),
  situation(['reject', ['RINGING'], 'X'], { phone: T23G }),
  situation(['answer', ['RINGING'], 'OK'], { phone: T28P }),
];

/** Presses and what they do in each situation. */
export const KEYS_AND_CALLS: readonly DocumentedCommand[] = [
  ...presses,
  ...SITUATIONS.map(([what, states, key, unnamed = false]) => situation([what, states, key], { unnamed })),
  ...addressed,
];
