import type {
  DocumentedCommand,
  DocumentedDevice,
  DocumentedDiagnosis,
  DocumentedEvent,
  DocumentedModel,
  DocumentedRequest,
  VendorDocuments,
} from '@hookswitch/driver-kit';

/*
 * What the REST API manual (as adapters quote it), the Web Application Developer's Guide and public tools say, row by row.
 * Written from them, and never from the driver.
 */

const PHONE = {
  model: 'VVX 450',
  firmware: '6.4.0.9608',
  options: { accounts: '1001@pbx.example,1002@pbx.example', pushUsername: 'pusher' },
};

type Row = Omit<DocumentedCommand, 'phone'>;

/** A POST of the first version, with its data in the member `data`. */
const posts = (path: string, data?: unknown): string => {
  const body = data === undefined ? '' : `\n\n${JSON.stringify({ data })}`;
  return `POST /api/v1/${path}\ncontent-type: application/json${body}`;
};
const says = (sends: string, status: unknown, data?: unknown): DocumentedRequest => ({
  sends,
  answer: { body: JSON.stringify({ data, Status: status }) },
});

/** REST API reference manual: what each code in `Status` says. */
const CODES: readonly (readonly [code: string, words: string, outcome?: string])[] = [
  ['4000', 'invalid input'],
  ['4001', 'busy'],
  ['4002', 'not registered'],
  ['4003', 'not allowed now'],
  ['4004', 'not supported'],
  ['4005', 'line does not exist'],
  ['4006', 'URLs'],
  ['4007', 'call does not exist', 'INVALID_CALL_STATE'],
  ['4008', 'exported'],
  ['4009', 'more in it'],
  ['4010', 'default password'],
  ['5000', 'failed to process'],
];

const reboots = (name: string, request: DocumentedRequest, [outcome, words]: readonly [string, string]): Row => ({
  name,
  capability: 'REBOOT',
  member: 'reboot',
  command: () => ({ evenInCall: true }),
  exchange: [request],
  outcome,
  says: words,
});

const codes: readonly Row[] = [
  reboots('the status 2000', says(posts('mgmt/safeReboot'), '2000'), ['ACCEPTED', '']),
  reboots('the status 2000 as a number', says(posts('mgmt/safeReboot'), 2000), ['ACCEPTED', '']),
  reboots('a status that is in no manual', says(posts('mgmt/safeReboot'), '4711'), ['UNKNOWN', '']),
  ...CODES.map(([code, words, outcome = 'PHONE_REJECTED']) =>
    reboots(`the status ${code}`, says(posts('mgmt/safeReboot'), code), [outcome, words]),
  ),
  ...(
    [
      [403, 'busy with another request'],
      [404, 'apps.restapi.enabled'],
      [500, 'answered 500'],
    ] as const
  ).map(([status, words]) =>
    reboots(`HTTP ${status}`, { sends: posts('mgmt/safeReboot'), answer: { status } }, ['PHONE_REJECTED', words]),
  ),
];

type State = 'RINGING' | 'DIALING' | 'CONNECTED' | 'HELD';

/**
 * The commands of callctrl, each with `Ref`. Who names no call means the one in focus: the first of the states in which a call
 * is; of several in that state nobody knows which. The first call is 0x41aa9c00, the second 0x41aa9c01.
 */
const CALLS: readonly (readonly [
  member: 'answer' | 'reject' | 'hangUp' | 'hold' | 'resume' | 'transfer',
  calls: readonly State[],
  word: string,
  place?: number,
])[] = [
  ['answer', ['RINGING'], 'answerCall', 0],
  ['answer', ['CONNECTED', 'RINGING'], 'answerCall', 1],
  ['answer', ['RINGING', 'RINGING'], 'STATE_UNKNOWN'],
  ['answer', ['CONNECTED'], 'INVALID_CALL_STATE'],
  ['reject', ['RINGING'], 'rejectCall', 0],
  ['reject', ['HELD', 'RINGING'], 'rejectCall', 1],
  ['reject', ['DIALING'], 'INVALID_CALL_STATE'],
  ['hangUp', ['CONNECTED'], 'endCall', 0],
  ['hangUp', ['HELD', 'CONNECTED'], 'endCall', 1],
  ['hangUp', ['DIALING', 'CONNECTED'], 'endCall', 1],
  ['hangUp', ['RINGING', 'CONNECTED'], 'endCall', 1],
  ['hangUp', ['HELD', 'DIALING'], 'endCall', 1],
  ['hangUp', ['RINGING', 'DIALING'], 'endCall', 1],
  ['hangUp', ['DIALING'], 'endCall', 0],
  ['hangUp', ['HELD', 'RINGING'], 'rejectCall', 1],
  ['hangUp', ['RINGING'], 'rejectCall', 0],
  ['hangUp', ['HELD'], 'endCall', 0],
  ['hangUp', ['CONNECTED', 'CONNECTED'], 'STATE_UNKNOWN'],
  ['hangUp', [], 'INVALID_CALL_STATE'],
  ['hold', ['CONNECTED'], 'holdCall', 0],
  ['hold', ['HELD', 'CONNECTED'], 'holdCall', 1],
  ['hold', ['RINGING'], 'INVALID_CALL_STATE'],
  ['resume', ['HELD'], 'resumeCall', 0],
  ['resume', ['CONNECTED', 'HELD'], 'resumeCall', 1],
  ['resume', ['CONNECTED'], 'INVALID_CALL_STATE'],
  ['transfer', ['CONNECTED'], 'transferCall', 0],
  ['transfer', ['HELD', 'CONNECTED'], 'transferCall', 1],
  ['transfer', ['HELD'], 'transferCall', 0],
  ['transfer', ['DIALING'], 'INVALID_CALL_STATE'],
];

const MEMBERS = {
  answer: ['ANSWER', 'answer', {}],
  reject: ['REJECT', 'reject', {}],
  hangUp: ['HANG_UP', 'hangUp', {}],
  hold: ['HOLD', 'setHold', { held: true }],
  resume: ['HOLD', 'setHold', { held: false }],
  transfer: ['TRANSFER_BLIND', 'transfer', { to: '2002', kind: 'BLIND' }],
} as const;

const callRows = CALLS.map(([what, states, word, place]): Row => {
  const [capability, member, command] = MEMBERS[what];
  const data = { Ref: `0x41aa9c0${place}`, ...(what === 'transfer' ? { TransferDest: '2002' } : {}) };
  return {
    name: `${what} whichever of [${states.join(', ')}]: ${word}`,
    capability,
    member,
    command: () => command,
    calls: states.map((state, index) => ({ state, ids: { CallReference: `41aa9c0${index}` } })),
    exchange: place === undefined ? [] : [posts(`callctrl/${word}`, data)],
    outcome: place === undefined ? word : 'ACCEPTED',
  };
});

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, place) => `name.${place}`);
const allOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1']));
const pushed = (size: number): string => {
  const [head, foot] = ['<PolycomIPPhone><Data priority="Critical">', '</Data></PolycomIPPhone>'];
  return `${head}${'x'.repeat(size - head.length - foot.length)}${foot}`;
};
const pushes = (name: string, document: string, type: string | null): Row => ({
  name: `a push of ${name}`,
  capability: 'DISPLAY',
  member: 'pushXml',
  command: () => ({ document }),
  exchange: type === null ? [] : [`POST /push\ncontent-type: ${type}\n\n${document}`],
  outcome: type === null ? 'INVALID_ARGUMENT' : 'ACCEPTED',
});
const PAGE = 'application/xhtml+xml';
const URLS = 'application/x-com-polycom-spipx';

const others: readonly Row[] = [
  {
    name: 'a number is dialled on the second line',
    capability: 'DIAL',
    member: 'dial',
    command: () => ({ to: '2001', from: '1002@pbx.example' }),
    exchange: [posts('callctrl/dial', { Dest: '2001', Line: '2', Type: 'TEL' })],
  },
  {
    name: 'a URI is dialled without its scheme',
    capability: 'DIAL',
    member: 'dial',
    command: () => ({ to: 'sip:2001@pbx.example' }),
    exchange: [posts('callctrl/dial', { Dest: '2001@pbx.example', Line: '1', Type: 'SIP' })],
  },
  ...([true, false] as const).map(
    (muted): Row => ({
      name: `the microphone is ${muted ? 'off' : 'on'}`,
      capability: 'MUTE',
      member: 'setMuted',
      command: () => ({ muted }),
      exchange: [posts('callctrl/mute', { state: muted ? '1' : '0' })],
    }),
  ),
  // Public tools: 20 settings in one request.
  {
    name: 'twenty settings are written at once',
    capability: 'WRITE_SETTINGS',
    member: 'writeSettings',
    command: () => ({ settings: numbered(20).map((name) => ({ name, value: '1' })) }),
    exchange: [posts('mgmt/config/set', allOf(numbered(20)))],
  },
  {
    name: 'the twenty-first setting is written by itself',
    capability: 'WRITE_SETTINGS',
    member: 'writeSettings',
    command: () => ({ settings: numbered(21).map((name) => ({ name, value: '1' })) }),
    exchange: [posts('mgmt/config/set', allOf(numbered(20))), posts('mgmt/config/set', { 'name.20': '1' })],
  },
  {
    name: 'a URL of notifications, with what has the phone post them',
    capability: 'ACTION_URLS',
    member: 'configureActionUrls',
    command: () => ({ urls: [{ setting: 'apps.telNotification.URL', url: 'http://192.0.2.9/a' }] }),
    exchange: [
      posts('mgmt/config/set', {
        'apps.telNotification.URL': 'http://192.0.2.9/a',
        'apps.telNotification.callStateChangeEvent': '1',
        'apps.telNotification.lineRegistrationEvent': '1',
        'apps.telNotification.offhookEvent': '1',
        'apps.telNotification.onhookEvent': '1',
      }),
    ],
  },
  // Developer's Guide, page 25: a push has at most 2 KB.
  pushes('2048 bytes', pushed(2048), PAGE),
  pushes('2049 bytes', pushed(2049), null),
  pushes('a URL', '<PolycomIPPhone><URL priority="Critical">/page.xhtml</URL></PolycomIPPhone>', URLS),
  pushes('a page with a declaration', '<?xml version="1.0"?><PolycomIPPhone><Data>x</Data></PolycomIPPhone>', PAGE),
  pushes('a page with a number', '<PolycomIPPhone><Data priority="1">1</Data></PolycomIPPhone>', PAGE),
  pushes('another document', '<SnomIPPhoneText><Text>x</Text></SnomIPPhoneText>', null),
  pushes('a document whose name is an attribute', '<a Data="1"><PolycomIPPhone Data="1"/></a>', null),
  pushes('an element with Data as an attribute only', '<PolycomIPPhone Data="1"><p>x</p></PolycomIPPhone>', null),
  pushes('a key', '<PolycomIPPhone><Data priority="Critical">Key:Hold</Data></PolycomIPPhone>', null),
  {
    name: 'the device and its lines',
    capability: 'PHONE_INFO',
    member: 'phoneInfo',
    exchange: [
      says('GET /api/v1/mgmt/device/info', '2000', {
        ModelNumber: 'VVX 450',
        FirmwareRelease: '6.4.0.9608',
        MACAddress: '0004f2839af9',
        DeviceVendor: 'Polycom',
      }),
      says('GET /api/v1/mgmt/lineInfo', '2000', [
        { LineNumber: '1', SIPAddress: '1001@pbx.example', RegistrationStatus: 'Registered', Label: 'Desk' },
        { LineNumber: '2', SIPAddress: '1002@pbx.example', RegistrationStatus: 'Unregistered', Label: '1002' },
      ]),
    ],
    value: {
      model: 'VVX 450',
      firmware: '6.4.0.9608',
      mac: '00:04:f2:83:9a:f9',
      accounts: [
        { account: 1, user: '1001', host: 'pbx.example', label: 'Desk', registered: true },
        { account: 2, user: '1002', host: 'pbx.example', registered: false },
      ],
    },
  },
];

/** States of calls in callStatus and in notifications; null: no call of this phone's that has a party. */
const STATES: readonly (readonly [word: string, state: string | null, kind?: string])[] = [
  ['Setup', 'DIALING', 'OUTGOING'],
  ['Proceeding', 'DIALING', 'OUTGOING'],
  ['RingBack', 'DIALING', 'OUTGOING'],
  ['Ringback', 'DIALING', 'OUTGOING'],
  ['Offering', 'RINGING', 'INCOMING'],
  ['Connected', 'CONNECTED', 'CONNECTED'],
  ['Hold', 'HELD', 'HELD'],
  ['CallHold', 'HELD', 'HELD'],
  ['CallConfHold', 'HELD', 'HELD'],
  ['Held', 'CONNECTED', 'REMOTE_HELD'],
  ['CallHeld', 'CONNECTED', 'REMOTE_HELD'],
  ['CallConfHeld', 'CONNECTED', 'REMOTE_HELD'],
  ['CallConference', 'CONNECTED', 'CONFERENCED'],
  ['Free', null, 'ENDED'],
  ['Disconnected', null, 'ENDED'],
  ['Dialtone', null],
  ['Ncas', null],
  ['CallRemoteActive', null],
];

const snapshots = STATES.map(
  ([word, state]): Row => ({
    name: `a call that is ${word} in callStatus`,
    capability: 'CALL_SNAPSHOT',
    member: 'refreshCalls',
    command: () => ({}),
    exchange: [
      says('GET /api/v2/webCallControl/callStatus', '2000', [
        {
          CallHandle: '0x41AA9C00',
          CallState: word,
          Type: 'Incoming',
          RemotePartyNumber: '2001',
          RemotePartyName: 'Bert',
        },
      ]),
    ],
    value: {
      calls:
        state === null
          ? []
          : [{ vendorIds: { CallReference: '41aa9c00' }, state, direction: 'INCOMING', remote: { number: '2001' } }],
    },
  }),
);

const HEAD = '<PhoneIP>10.0.5.7</PhoneIP><MACAddress>0004f2839af9</MACAddress><LineNumber>2</LineNumber>';
const REPORT = { device: { mac: '00:04:f2:83:9a:f9' } };
const event = (name: string, document: string, means: unknown): DocumentedEvent => ({
  phone: PHONE,
  setting: 'apps.telNotification.URL',
  name,
  body: document,
  means,
  report: REPORT,
});
const notified = (name: string, inside = '', attributes = ''): string =>
  `<?xml version="1.0"?><PolycomIPPhone><${name}${attributes}>${HEAD}${inside}</${name}></PolycomIPPhone>`;
// A number that begins with 0 and one that is long stay as they are written.
const PARTIES =
  '<CallingPartyName>Bert &amp; Co</CallingPartyName><CallingPartyNumber>0030123</CallingPartyNumber>' +
  '<CalledPartyName>Anna</CalledPartyName><CalledPartyNumber>1001</CalledPartyNumber>';

const line = (word: string, reference: string): string =>
  `<CallLineInfo><LineKeyNum>1</LineKeyNum><CallInfo><CallState>${word}</CallState><CallType>Incoming</CallType>
<CalledPartyName>Anna</CalledPartyName><CalledPartyDirNum>sip:1001@pbx.example</CalledPartyDirNum>
<CallingPartyName>Bert</CallingPartyName><CallingPartyDirNum>sip:0030@pbx.example</CallingPartyDirNum>
<CallReference>${reference}</CallReference></CallInfo></CallLineInfo>`;

/** Developer's Guide, pages 29 to 36. */
const events: readonly DocumentedEvent[] = [
  ...STATES.map(([word, state, kind]) =>
    event(
      `a call that is ${word}`,
      notified(
        'CallStateChangeEvent',
        `${line('Offering', '0x41')}${line(word, '0x0012')}`,
        ` CallReference="0x0012" CallState="${word}"`,
      ),
      kind === undefined
        ? { type: 'OTHER' }
        : {
            type: 'CALL',
            callEventKind: kind,
            callState: state ?? 'ENDED',
            call: {
              vendorIds: { CallReference: '0012' },
              direction: 'INCOMING',
              remote: { number: '0030', displayName: 'Bert' },
              local: { number: '1001', displayName: 'Anna' },
            },
          },
    ),
  ),
  event('IncomingCallEvent', notified('IncomingCallEvent', PARTIES), {
    type: 'CALL',
    callEventKind: 'INCOMING',
    callState: 'RINGING',
    call: { direction: 'INCOMING', remote: { number: '0030123' }, local: { number: '1001' } },
  }),
  event('OutgoingCallEvent', notified('OutgoingCallEvent', PARTIES), {
    type: 'CALL',
    callEventKind: 'OUTGOING',
    callState: 'DIALING',
    call: { direction: 'OUTGOING', remote: { number: '1001' }, local: { number: '0030123' } },
  }),
  event('OffHookEvent', notified('OffHookEvent'), { type: 'USER', userEventKind: 'OFF_HOOK', key: null }),
  event('OnHookEvent', notified('OnHookEvent'), { type: 'USER', userEventKind: 'ON_HOOK', key: null }),
  ...(['REGISTERED', 'UNREGISTERED'] as const).map((registrationState) => {
    const name = registrationState === 'REGISTERED' ? 'LineRegistrationEvent' : 'LineUnregistrationEvent';
    return event(name, notified(name), { type: 'REGISTRATION', registrationState, accountUri: '1002@pbx.example' });
  }),
];

const VVX = [101, 150, 201, 250, 300, 301, 310, 311, 350, 400, 401, 410, 411, 450, 500, 501, 600, 601, 1500];
const EDGE = [100, 220, 300, 320, 350, 400, 450, 500, 550];
const models: readonly DocumentedModel[] = [
  ...VVX.map((number) => ({ model: `VVX ${number}`, functionKeys: null })),
  ...EDGE.map((number) => ({ model: `Edge E${number}`, functionKeys: null })),
];

const devices: readonly DocumentedDevice[] = [
  // Addresses of Polycom phones in public examples.
  ...['00:04:f2', '64:16:7f'].map((block) => ({
    name: `an address of the block ${block}`,
    mac: `${block}:00:00:01`,
    is: { score: 40 },
  })),
  {
    name: 'a phone that asks for no login',
    replies: [
      {
        target: '/api/v1/mgmt/device/info',
        body: '{"data":{"ModelNumber":"VVX 410","DeviceVendor":"Polycom","FirmwareRelease":"5.9.3.2857"},"Status":"2000"}',
      },
    ],
    is: { score: 90, model: 'VVX 410', firmware: '5.9.3.2857' },
  },
];

const NOTIFIED = [
  'apps.telNotification.URL',
  ...['callStateChangeEvent', 'lineRegistrationEvent', 'offhookEvent', 'onhookEvent'].map(
    (name) => `apps.telNotification.${name}`,
  ),
];
const told = (off: string | null) => ({
  to: JSON.stringify({ data: NOTIFIED }),
  body: JSON.stringify({
    Status: '2000',
    data: Object.fromEntries(NOTIFIED.map((name) => [name, { Value: name === off ? '0' : '1' }])),
  }),
});

const diagnoses: readonly DocumentedDiagnosis[] = [
  {
    name: 'a phone that posts its notifications',
    phone: PHONE,
    answers: [told(null)],
    finds: ['OK REST_API_ON', 'OK NOTIFICATIONS_ON'],
  },
  ...NOTIFIED.map((name) => ({
    name: `a phone with ${name} off`,
    phone: PHONE,
    answers: [told(name)],
    finds: ['OK REST_API_ON', 'NOTICE NOTIFICATIONS_OFF'],
  })),
];

/** What the suite asks of the driver, row by row. */
export const DOCUMENTED: VendorDocuments = {
  models,
  commands: [...codes, ...callRows, ...others, ...snapshots].map((row) => ({ ...row, phone: PHONE })),
  events,
  settings: [{ name: 'the setting of notifications', phone: PHONE, settings: ['apps.telNotification.URL'] }],
  devices,
  diagnoses,
};
