import type { DocumentedCommand, DocumentedPhone } from '@hookswitch/driver-kit';

/*
 * Keys as Snom's pages of 2015 and of today name them, and names of key events in settings, templates and client code.
 * Written from them, and never from the driver.
 */

const D785: DocumentedPhone = { model: 'D785', firmware: '10.1.33.33' };
const SNOM220: DocumentedPhone = { model: '220', firmware: '7.1.39' };
const SNOM320: DocumentedPhone = { model: '320', firmware: '8.4.35' };
const SNOM820: DocumentedPhone = { model: '820', firmware: '8.7.3.6' };
const SNOM870: DocumentedPhone = { model: '870', firmware: '8.7.5.35' };
const D862: DocumentedPhone = { model: 'D862', firmware: '10.1.226.13', reachableBy: { http: false, sip: true } };

/** The pages' own words for keys that all phones have. */
const COMMON: Readonly<Record<string, string>> = {
  OK: 'ENTER',
  UP: 'UP',
  DOWN: 'DOWN',
  LEFT: 'LEFT',
  RIGHT: 'RIGHT',
  OFF_HOOK: 'OFFHOOK',
  ON_HOOK: 'ONHOOK',
  SPEAKER: 'SPEAKER',
  HEADSET: 'HEADSET',
  TRANSFER: 'TRANSFER',
  REDIAL: 'REDIAL',
  DND: 'DND',
  RECORD: 'REC',
  VOLUME_UP: 'VOLUME_UP',
  VOLUME_DOWN: 'VOLUME_DOWN',
  '5': '5',
  '*': '%2A',
  '#': '%23',
};

/** Null: the phone has no such key. */
type Words = Readonly<Record<string, string | null>>;

const NEWER: Words = {
  ...COMMON,
  CANCEL: 'CANCEL',
  MENU: 'MENU',
  MUTE: 'MUTE',
  HOLD: 'F_HOLD',
  MESSAGE: 'F_RETRIEVE',
  DIRECTORY: 'F_ADR_BOOK',
  CONFERENCE: 'F_CONFERENCE',
};

/** "RECALL = Hold button", "FUNCTION = F (Menu key)", "DISCONNECT disconnects a call". */
const LEGACY: Words = {
  ...COMMON,
  CANCEL: 'DISCONNECT',
  MENU: 'FUNCTION',
  HOLD: 'RECALL',
  MUTE: null,
  MESSAGE: null,
  DIRECTORY: null,
  CONFERENCE: null,
  // "190/200 have no F4", 5 keys, and a module whose keys nobody counts.
  SOFT_4: 'F4',
  FUNCTION_5: 'P5',
  FUNCTION_6: null,
  EXPANSION_144: 'EK143',
  EXPANSION_145: null,
};

/** All names of key events that anybody has seen: from a snom720's settings, templates, drivers and documentation. */
export const KEY_EVENTS = [
  ...['F_ABORT', 'F_ABS', 'F_ACCEPTED_LIST', 'F_ADR_BOOK', 'F_CALLRECORD_CONTROL_ON', 'F_CALL_COMPLETION'],
  ...['F_CALL_LIST', 'F_CANCEL', 'F_CONFERENCE', 'F_CONF_ON', 'F_CONTACTPOOL', 'F_DELETE_MSG', 'F_DIAL', 'F_DIALOG'],
  ...['F_DIRECTORY_SEARCH', 'F_DND', 'F_DUAL_AUDIO', 'F_FAVORITES', 'F_LEFT', 'F_MISSED_LIST', 'F_MUTE', 'F_NEXT_ID'],
  ...['F_OK', 'F_PREV_ID', 'F_REC', 'F_REDIAL', 'F_REDIRECT', 'F_RETRIEVE', 'F_RIGHT', 'F_SETTINGS', 'F_STATUS'],
  ...['F_SUPPORT', 'F_TRANSFER', 'F_VOICEMAIL_INFO'],
] as const;

const DOCUMENTED = [
  ...['CANCEL', 'ENTER', 'OFFHOOK', 'ONHOOK', 'LEFT', 'RIGHT', 'UP', 'DOWN', 'VOLUME_UP', 'VOLUME_DOWN', 'MENU'],
  ...['MUTE', 'REDIAL', 'DND', 'REC', 'SPEAKER', 'HEADSET', 'TRANSFER'],
];
const ONLY_LEGACY = ['DISCONNECT', 'CLEAR', 'FUNCTION', 'RECALL'];

/** What in a key's name would do what a command of its own does. */
export const COMMAND_KEYS = [
  ...[
    'REBOOT',
    'RESTART',
    'RESET',
    'FACTORY',
    'LOGOFF',
    'LOG_OFF',
    'LOGON',
    'LOG_ON',
    'REREGISTER',
    'UPDATE',
    'UPGRADE',
  ],
  ...['SWLOAD', 'FIRMWARE', 'RELEASE_ALL', 'PLAY_RINGER', 'FIX_LIL', 'PROVISION', 'snom:F_REBOOT', 'reboot'],
];

const ownNames = (names: readonly string[], known: boolean): Words =>
  Object.fromEntries(names.map((name) => [`snom:${name}`, known ? name : null]));

const press = (key: string, exchange: DocumentedCommand['exchange'], phone: DocumentedPhone): DocumentedCommand => ({
  name: `the key ${key} of a ${phone.model} with ${phone.firmware}`,
  phone,
  capability: 'PRESS_KEYS',
  member: 'pressKeys',
  command: () => ({ keys: [{ key }] }),
  exchange,
  outcome: exchange.length === 0 ? 'INVALID_ARGUMENT' : 'ACCEPTED',
});

const byPage = (phone: DocumentedPhone, words: Words): readonly DocumentedCommand[] =>
  Object.entries(words).map(([key, word]) => press(key, word === null ? [] : [`GET /command.htm?key=${word}`], phone));

/** Client code tried on a D862: `snom://mb_nop#key=` in a NOTIFY. */
const byNotify = (words: Words): readonly DocumentedCommand[] =>
  Object.entries(words).map(([key, word]) =>
    press(
      key,
      word === null ? [] : [`SIP NOTIFY\nevent: xml\ncontent-type: application/snomxml\n\n${fragment(word)}`],
      D862,
    ),
  );

const fragment = (word: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneSilent state="relevant" document_id="phone_control"><fetch mil="10">snom://mb_nop#key=${word}</fetch></SnomIPPhoneSilent>`;

const touches = ([x, y]: readonly [x: number, y: number], action: string, word: string | null): DocumentedCommand => ({
  name: `a touch ${action} at ${x}, ${y}`,
  phone: SNOM870,
  capability: 'TOUCH',
  member: 'touch',
  command: () => ({ touches: [{ xPx: x, yPx: y, action }] }),
  exchange: word === null ? [] : [`GET /command.htm?touch=${x}%20${y}%20${word}`],
  outcome: word === null ? 'INVALID_ARGUMENT' : 'ACCEPTED',
});

/** Presses of keys, and touches: "X must be between 0 and 479, Y between 0 and 271". */
export const KEYS: readonly DocumentedCommand[] = [
  ...byPage(D785, {
    ...NEWER,
    ...ownNames([...DOCUMENTED, ...KEY_EVENTS, 'F_HOLD', 'P24', 'F4'], true),
    ...ownNames(
      [...ONLY_LEGACY, 'F_R', 'P25', 'F5', 'EK0', ...COMMAND_KEYS.filter((key) => /^[A-Z_]+$/.test(key))],
      false,
    ),
    ...ownNames(['F_LOGON', 'F_LOG_ON', 'F_LOGOFF', 'F_LOG_OFF', 'F_UPDATE', 'NO_SUCH_KEY', 'ok'], false),
    SOFT_4: 'F4',
    SOFT_5: null,
    FUNCTION_24: 'P24',
    FUNCTION_25: null,
    EXPANSION_1: null,
    MEMORY_1: null,
  }),
  ...byPage(SNOM220, {
    ...LEGACY,
    ...ownNames([...DOCUMENTED.filter((key) => key !== 'MUTE'), ...ONLY_LEGACY], true),
    ...ownNames(['MUTE', 'F_HOLD'], false),
  }),
  ...byPage(SNOM320, {
    HOLD: 'F_R',
    CONFERENCE: 'F_CONF_ON',
    FUNCTION_12: 'P12',
    FUNCTION_13: null,
    EXPANSION_1: 'EK0',
    'snom:F_R': 'F_R',
    'snom:F_HOLD': null,
  }),
  // "From 8.7.3.7 F_HOLD".
  ...byPage(SNOM820, { HOLD: 'F_R' }),
  ...byPage({ ...SNOM820, firmware: '8.7.3.7' }, { HOLD: 'F_HOLD' }),
  // It has no F keys, and 15 others.
  ...byPage(SNOM870, { SOFT_1: null, FUNCTION_15: 'P15', FUNCTION_16: null }),
  touches([479, 271], 'TAP', 'pr'),
  touches([0, 0], 'PRESS', 'p'),
  touches([0, 0], 'RELEASE', 'r'),
  touches([480, 0], 'TAP', null),
  touches([0, 272], 'TAP', null),
  // Measured: OFFHOOK does nothing by NOTIFY, nor do OK, ANSWER and F_ANSWER by these names.
  ...byNotify({
    OFF_HOOK: null,
    'snom:F_ANSWER': null,
    'snom:F_SETTINGS': 'F_SETTINGS',
    TRANSFER: 'F_TRANSFER',
    '1': '1',
  }),
];
