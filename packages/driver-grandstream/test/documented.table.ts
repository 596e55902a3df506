import type {
  DocumentedCommand,
  DocumentedDevice,
  DocumentedEvent,
  DocumentedModel,
  DocumentedRequest,
  VendorDocuments,
} from '@hookswitch/driver-kit';

/*
 * What the CTI guides, the Action URL guide and public code say, row by row. Written from them, and never from the driver.
 */

const PHONE = { model: 'GRP2614', firmware: '1.0.13.31', options: { accounts: '1001@pbx.example,1002@pbx.example' } };

const sends = (name: string, parameters = ''): string => `GET /cgi-bin/${name}?passcode={password}${parameters}`;
const says = (request: string, body: unknown, response = 'success'): DocumentedRequest => ({
  sends: request,
  answer: { body: JSON.stringify({ response, body }) },
});

type Row = Omit<DocumentedCommand, 'phone'>;

/** CTI guide, "Send Keys": the phone's word for each key. `%23` and SOFT are of public code. */
const KEYS: readonly (readonly [key: string, word: string])[] = [
  ...[...'0123456789'].map((digit) => [digit, digit] as const),
  ['*', 'STAR'],
  ['#', 'POUND'],
  ['OK', 'OK'],
  ['UP', 'UP'],
  ['DOWN', 'DOWN'],
  ['LEFT', 'LEFT'],
  ['RIGHT', 'RIGHT'],
  ['OFF_HOOK', 'OFFHOOK'],
  ['ON_HOOK', 'ONHOOK'],
  ['HOLD', 'HOLD'],
  ['MUTE', 'MUTE'],
  ['SPEAKER', 'SPEAKER'],
  ['FUNCTION_1', 'MPK1'],
  ['FUNCTION_48', 'MPK48'],
  ['SOFT_1', 'SOFT1'],
  ['SOFT_4', 'SOFT4'],
];

const keyRow = (key: string, exchange: DocumentedCommand['exchange'], outcome = 'ACCEPTED'): Row => ({
  name: `the key ${key}`,
  capability: 'PRESS_KEYS',
  member: 'pressKeys',
  command: () => ({ keys: [{ key }] }),
  exchange,
  outcome,
});

const keys: readonly Row[] = [
  ...KEYS.map(([key, word]) => keyRow(key, [sends('api-send_key', `&keys=${word}`)])),
  // A GXP2170 has 48 line keys, and no phone has more than four soft keys.
  keyRow('FUNCTION_49', [], 'INVALID_ARGUMENT'),
  keyRow('SOFT_5', [], 'INVALID_ARGUMENT'),
  keyRow('MENU', [], 'INVALID_ARGUMENT'),
];

type States = readonly ('RINGING' | 'DIALING' | 'CONNECTED' | 'HELD' | 'ENDED')[];

/**
 * CTI guide, "Phone Operations Functions": acceptcall answers and rejectcall rejects an incoming call, endcall ends an established
 * one, cancel ends one that is being dialled, holdcall holds and resumes. They act on the call in focus: where that may be another one, nothing
 * may be sent. The first of the calls is the one that is meant, unless `named` says that none is.
 */
const OPERATIONS: readonly (readonly [
  member: 'answer' | 'reject' | 'hangUp' | 'hold' | 'resume',
  calls: States,
  word: string,
  unnamed?: true,
])[] = [
  ['answer', ['RINGING'], 'acceptcall'],
  ['answer', ['RINGING', 'CONNECTED', 'HELD', 'DIALING'], 'acceptcall'],
  ['answer', ['RINGING', 'RINGING'], 'STATE_UNKNOWN'],
  ['answer', ['CONNECTED'], 'INVALID_CALL_STATE'],
  ['answer', ['DIALING'], 'INVALID_CALL_STATE'],
  ['answer', ['HELD'], 'INVALID_CALL_STATE'],
  ['answer', ['RINGING', 'RINGING'], 'acceptcall', true],
  ['reject', ['RINGING'], 'rejectcall'],
  ['reject', ['RINGING', 'CONNECTED', 'HELD', 'DIALING'], 'rejectcall'],
  ['reject', ['RINGING', 'RINGING'], 'STATE_UNKNOWN'],
  ['reject', ['CONNECTED'], 'INVALID_CALL_STATE'],
  ['hangUp', ['RINGING'], 'rejectcall'],
  ['hangUp', ['RINGING', 'CONNECTED', 'HELD', 'DIALING'], 'rejectcall'],
  ['hangUp', ['RINGING', 'RINGING'], 'STATE_UNKNOWN'],
  ['hangUp', ['DIALING'], 'cancel'],
  ['hangUp', ['DIALING', 'CONNECTED', 'HELD'], 'cancel'],
  ['hangUp', ['DIALING', 'DIALING'], 'STATE_UNKNOWN'],
  ['hangUp', ['DIALING', 'RINGING'], 'STATE_UNKNOWN'],
  ['hangUp', ['CONNECTED'], 'endcall'],
  ['hangUp', ['CONNECTED', 'HELD', 'RINGING', 'DIALING'], 'endcall'],
  ['hangUp', ['CONNECTED', 'CONNECTED'], 'STATE_UNKNOWN'],
  ['hangUp', ['HELD'], 'endcall'],
  ['hangUp', ['HELD', 'RINGING'], 'endcall'],
  ['hangUp', ['HELD', 'CONNECTED'], 'STATE_UNKNOWN'],
  ['hangUp', ['HELD', 'DIALING'], 'STATE_UNKNOWN'],
  ['hangUp', ['HELD', 'HELD'], 'STATE_UNKNOWN'],
  ['hangUp', ['ENDED'], 'INVALID_CALL_STATE'],
  ['hangUp', [], 'endcall', true],
  ['hangUp', ['HELD', 'CONNECTED'], 'endcall', true],
  ['hangUp', ['HELD', 'DIALING'], 'cancel', true],
  ['hangUp', ['RINGING', 'DIALING'], 'cancel', true],
  ['hangUp', ['RINGING', 'CONNECTED'], 'endcall', true],
  ['hangUp', ['HELD', 'RINGING'], 'rejectcall', true],
  ['hangUp', ['HELD'], 'endcall', true],
  ['hangUp', ['CONNECTED', 'DIALING'], 'endcall', true],
  ['hold', ['CONNECTED'], 'holdcall'],
  ['hold', ['CONNECTED', 'HELD', 'RINGING', 'DIALING'], 'holdcall'],
  ['hold', ['CONNECTED', 'CONNECTED'], 'STATE_UNKNOWN'],
  ['hold', ['RINGING'], 'INVALID_CALL_STATE'],
  ['hold', ['HELD'], 'CONFIRMED'],
  ['hold', ['HELD'], 'CONFIRMED', true],
  ['hold', ['HELD', 'CONNECTED'], 'holdcall', true],
  ['resume', ['HELD'], 'holdcall'],
  ['resume', ['HELD', 'CONNECTED'], 'STATE_UNKNOWN'],
  ['resume', ['HELD', 'DIALING'], 'STATE_UNKNOWN'],
  ['resume', ['HELD', 'RINGING'], 'STATE_UNKNOWN'],
  ['resume', ['HELD', 'HELD'], 'STATE_UNKNOWN'],
  ['resume', ['CONNECTED'], 'CONFIRMED'],
  ['resume', ['CONNECTED'], 'CONFIRMED', true],
  ['resume', ['HELD'], 'holdcall', true],
  ['resume', ['CONNECTED', 'HELD'], 'STATE_UNKNOWN', true],
];

const CAPABILITY = { answer: 'ANSWER', reject: 'REJECT', hangUp: 'HANG_UP', hold: 'HOLD', resume: 'HOLD' } as const;

const operations = OPERATIONS.map(([what, states, word, unnamed = false]): Row => {
  const isSent = /^[a-z]+$/.test(word);
  const held = what === 'hold' || what === 'resume' ? { held: what === 'hold' } : {};
  return {
    name: `${what} ${unnamed ? 'whichever' : 'the first'} of [${states.join(', ')}]: ${word}`,
    capability: CAPABILITY[what],
    member: 'held' in held ? 'setHold' : what,
    calls: states.map((state) => ({ state })),
    command: ([first]) => ({ ...held, ...(unnamed ? {} : { call: first }) }),
    exchange: isSent ? [sends('api-phone_operation', `&cmd=${word}`)] : [],
    outcome: isSent ? 'ACCEPTED' : word,
  };
});

/** CTI guide, "Response format", and public code: what the phone says where it does not carry something out. */
const REFUSALS: readonly (readonly [body: unknown, outcome: string, says: string])[] = [
  ['failed', 'PHONE_REJECTED', 'says: failed'],
  ['unknown', 'PHONE_REJECTED', 'says: unknown'],
  ['Invalid Request', 'PHONE_REJECTED', 'says: Invalid Request'],
  ['what is in no guide', 'PHONE_REJECTED', 'did not carry it out'],
  [false, 'PHONE_REJECTED', 'did not carry it out'],
  ['unauthorized', 'PHONE_UNAUTHORIZED', 'passcode'],
];

const others: readonly Row[] = [
  ...REFUSALS.map(
    ([body, outcome, words]): Row => ({
      name: `an error with ${JSON.stringify(body)}`,
      capability: 'REBOOT',
      member: 'reboot',
      command: () => ({ evenInCall: true }),
      exchange: [says(sends('api-sys_operation', '&request=REBOOT'), body, 'error')],
      outcome,
      says: words,
    }),
  ),
  {
    name: 'RESET is answered with reset',
    capability: 'FACTORY_RESET',
    member: 'factoryReset',
    command: () => ({}),
    exchange: [says(sends('api-sys_operation', '&request=RESET'), 'reset')],
  },
  {
    name: 'a number is dialled from the second account, which the phone counts as 1',
    capability: 'DIAL',
    member: 'dial',
    command: () => ({ to: '2001', from: '1002@pbx.example' }),
    exchange: [sends('api-make_call', '&phonenumber=2001&account=1')],
  },
  {
    name: 'tones are keys',
    capability: 'DTMF',
    member: 'sendDtmf',
    calls: [{ state: 'CONNECTED' }],
    command: () => ({ digits: '1*#' }),
    exchange: [sends('api-send_key', '&keys=1:STAR:POUND')],
  },
  ...(['RINGING', 'HELD', 'DIALING'] as const).map(
    (state): Row => ({
      name: `tones go into no call that is ${state}`,
      capability: 'DTMF',
      member: 'sendDtmf',
      calls: [{ state }],
      command: () => ({ digits: '1' }),
      exchange: [],
      outcome: 'INVALID_CALL_STATE',
    }),
  ),
  {
    name: 'the accounts and the device',
    capability: 'PHONE_INFO',
    member: 'phoneInfo',
    exchange: [
      says(sends('api-get_accounts'), [
        { id: 1, sip_server: 'pbx.example', sip_id: '1001', name: 'Desk', reg: 1 },
        { id: 2, sip_server: 'pbx.example', sip_id: '1002', name: '', reg: 0 },
      ]),
      says('GET /cgi-bin/api.values.get?request=phone_model:68:67', {
        phone_model: 'GRP2614',
        '68': '1.0.13.31',
        '67': '00:0B:82:00:00:01',
      }),
    ],
    value: {
      model: 'GRP2614',
      firmware: '1.0.13.31',
      mac: '00:0b:82:00:00:01',
      accounts: [
        { account: 1, user: '1001', host: 'pbx.example', label: 'Desk', registered: true },
        { account: 2, user: '1002', host: 'pbx.example', label: null, registered: false },
      ],
    },
  },
];

/** CTI guide, "Line Status Function", shows `idle`; the other words are those of public code. Null: there is no call. */
const LINES: readonly (readonly [
  word: string,
  call: { readonly state: string; readonly direction: string | null } | null,
])[] = [
  ['idle', null],
  ['failed', null],
  ['what is in no guide', null],
  ['dialing', { state: 'DIALING', direction: 'OUTGOING' }],
  ['calling', { state: 'DIALING', direction: 'OUTGOING' }],
  ['ringing', { state: 'RINGING', direction: 'INCOMING' }],
  ['connected', { state: 'CONNECTED', direction: null }],
  ['onhold', { state: 'HELD', direction: null }],
];

const lines = LINES.map(
  ([state, call]): Row => ({
    name: `a line that is ${state}`,
    capability: 'CALL_SNAPSHOT',
    member: 'refreshCalls',
    command: () => ({}),
    exchange: [
      says(sends('api-get_line_status'), [
        { line: 1, state, acct: '1001', remotename: 'Ada', remotenumber: '2001', active: 1 },
      ]),
    ],
    value: { calls: call === null ? [] : [{ ...call, remote: { number: '2001', displayName: 'Ada' } }] },
  }),
);

/** Administration guides, "Supported Dynamic Variables". */
const FILLS = {
  $mac: '000b82000001',
  $product: 'GRP2614',
  $program_version: '1.0.13.31',
  $active_user: '2',
  $local: '1001',
  $display_local: 'Anna',
  $remote: '2001',
  $display_remote: 'Bert',
};

const call = (callEventKind: string, callState: string | null, direction: string | null = null): unknown => ({
  type: 'CALL',
  callEventKind,
  callState,
  call: {
    direction,
    vendorIds: {},
    remote: { number: '2001', displayName: 'Bert' },
    local: { number: '1001', displayName: 'Anna' },
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
  accountUri: '1002@pbx.example',
});

/** Action URL guide, "Events", by the options of the web interface. */
const EVENTS: readonly (readonly [setting: string, means: unknown])[] = [
  ['Setup Completed', { type: 'DEVICE', deviceEventKind: 'STARTED' }],
  ['Registered', registration('REGISTERED')],
  ['Unregistered', registration('UNREGISTERED')],
  ['Off Hook', { type: 'USER', userEventKind: 'OFF_HOOK', key: null }],
  ['On Hook', { type: 'USER', userEventKind: 'ON_HOOK', key: null }],
  ['Incoming Call', call('INCOMING', 'RINGING', 'INCOMING')],
  ['Outgoing Call', call('OUTGOING', 'DIALING', 'OUTGOING')],
  ['Missed Call', call('MISSED', 'ENDED', 'INCOMING')],
  ['Established Call', call('CONNECTED', 'CONNECTED')],
  ['Terminated Call', call('ENDED', 'ENDED')],
  ['Open DND', feature('DO_NOT_DISTURB', true)],
  ['Close DND', feature('DO_NOT_DISTURB', false)],
  ['Open Forward', feature('FORWARD', true)],
  ['Close Forward', feature('FORWARD', false)],
  ['Blind Transfer', call('TRANSFER_BLIND', null)],
  ['Attended Transfer', call('TRANSFER_ATTENDED', null)],
  ['Hold Call', call('HELD', 'HELD')],
  ['UnHold Call', call('RESUMED', 'CONNECTED')],
];

const events = EVENTS.map(
  ([setting, means]): DocumentedEvent => ({
    phone: PHONE,
    setting,
    fills: FILLS,
    means,
    report: {
      vendorEvent: setting,
      device: { mac: '00:0b:82:00:00:01', model: 'GRP2614', firmware: '1.0.13.31' },
    },
  }),
);

/** The lists of the guides for GXP16xx, GXP17xx, GXP21xx and GRP26xx. */
const MODELS =
  'GXP1610 GXP1615 GXP1620 GXP1625 GXP1628 GXP1630 GXP1760 GXP1760W GXP1780 GXP1782 GXP2130 GXP2135 GXP2140 GXP2160 GXP2170 ' +
  'GRP2601 GRP2601P GRP2601W GRP2602 GRP2602P GRP2602W GRP2602G GRP2603 GRP2603P GRP2604 GRP2604P GRP2612 GRP2612P GRP2612W ' +
  'GRP2612G GRP2613 GRP2613W GRP2614 GRP2615 GRP2616 GRP2624 GRP2634 GRP2636 GRP2650 GRP2670';

const models = MODELS.split(' ').map((model): DocumentedModel => ({ model, functionKeys: null }));

/** The register of Ethernet addresses. */
const devices: readonly DocumentedDevice[] = [
  ...['00:0b:82', 'c0:74:ad', 'ec:74:d7'].map((block) => ({
    name: `an address of the block ${block}`,
    mac: `${block}:00:00:01`,
    is: { score: 40 },
  })),
  {
    name: 'a web server that names itself',
    replies: [{ target: '/', headers: { server: 'Grandstream GXP2170 1.0.9.69' } }],
    is: { score: 70, model: 'GXP2170', firmware: '1.0.9.69' },
  },
];

/** What the suite asks of the driver, row by row. */
export const DOCUMENTED: VendorDocuments = {
  models,
  commands: [...keys, ...operations, ...others, ...lines].map((row) => ({ ...row, phone: PHONE })),
  events,
  settings: [{ name: 'the settings of action URLs', phone: PHONE, settings: EVENTS.map(([setting]) => setting) }],
  devices,
};
