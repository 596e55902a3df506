import type { DocumentedCommand, DocumentedPhone } from '@hookswitch/driver-kit';

/*
 * Snom, "Remote phone control": what CSTA reads and writes, the parameters of the web interface that are commands, and pictures of
 * the screen. Written from them, and never from the driver.
 */

const D785: DocumentedPhone = { model: 'D785', firmware: '10.1.33.33', options: { accounts: '101@pbx.example' } };
const NAMESPACE = 'http://www.ecma-international.org/standards/ecma-323/csta/ed4';

/** "Only the following settings can be read or changed". */
const BOTH = [
  ...['action_incoming_url', 'action_outgoing_url', 'action_connected_url', 'action_disconnected_url'],
  ...['action_hold', 'action_unhold', 'action_transfer', 'action_blind_transfer', 'action_attended_transfer'],
  ...['action_offhook_url', 'action_onhook_url', 'action_missed_url'],
  ...['user_name1', 'user_realname12', 'user_host2'],
];
const READ_ONLY = ['mac', 'phone_type', 'firmware_version'];

const write = (
  name: string,
  [rung, exchange, outcome]: readonly [string, DocumentedCommand['exchange'], string],
): DocumentedCommand => ({
  name: `the setting ${name} over ${rung}: ${outcome}`,
  phone: D785,
  capability: 'WRITE_SETTINGS',
  rung,
  member: 'writeSettings',
  command: () => ({ settings: [{ name, value: 'x' }] }),
  exchange,
  outcome,
});

const PARAMETERS = [
  ...['settings', 'store_settings', 'swload', 'reregister', 'reboot', 'reset', 'key', 'key_dtmf', 'number'],
  ...['outgoing_uri', 'touch', 'release_all_calls', 'logoffall', 'logoffline', 'fix_lil', 'dialledel', 'dialeddel'],
  ...['misseddel', 'receiveddel', 'service_mode_login', 'service_mode_password', 'RELEASE_ALL_CALLS'],
];

const got = (settings: readonly string[]): string =>
  `<?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:csta="${NAMESPACE}"><SOAP-ENV:Body><csta:GetSettingsResponse>${settings
    .map((name) => `<csta:Setting><csta:name>${name}</csta:name><csta:value>0049</csta:value></csta:Setting>`)
    .join('')}</csta:GetSettingsResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>`;

const reads: DocumentedCommand = {
  name: 'what CSTA tells of settings, and which of them it writes',
  phone: D785,
  capability: 'READ_SETTINGS',
  member: 'settings',
  command: () => undefined,
  exchange: [{ sends: 'POST /csta', answer: { body: got([...BOTH, ...READ_ONLY]) } }],
  value: [
    ...BOTH.map((name) => ({ name, value: '0049', writable: true })),
    ...READ_ONLY.map((name) => ({ name, value: '0049', writable: false })),
  ],
};

/** Type words of the setting `fkey`, with a value where one is given. */
const TYPES: readonly (readonly [kind: string, value: string | undefined, content: string | null])[] = [
  ['NONE', undefined, 'none'],
  ['NONE', '2001', null],
  ['LINE', undefined, 'line'],
  ['LINE', '2001', null],
  ['SPEED_DIAL', '2001', 'speed 2001'],
  ['SPEED_DIAL', undefined, null],
  ['BLF', '2001', 'blf 2001'],
  ['BLF', undefined, null],
  ['BUTTON', undefined, 'button 1'],
  ['BUTTON', '7', 'button 7'],
  ['URL', 'http://192.0.2.9/a', 'url http://192.0.2.9/a'],
  ['URL', undefined, null],
  ['DTMF', '12', 'dtmf 12'],
  ['DTMF', undefined, null],
];

const keys = TYPES.map(
  ([kind, value, content]): DocumentedCommand => ({
    name: `a key of the function ${kind}${value === undefined ? '' : ` with ${value}`}`,
    phone: D785,
    capability: 'CONFIGURE_KEYS',
    member: 'configureKey',
    command: () => ({ key: 'FUNCTION_1', function: kind, ...(value === undefined ? {} : { value }) }),
    exchange:
      content === null ? [] : [`GET /dummy.htm?settings=save&store_settings=save&fkey0=${encodeURIComponent(content)}`],
    outcome: content === null ? 'INVALID_ARGUMENT' : 'ACCEPTED',
  }),
);

const picture = (mediaType: string | null, bytes: readonly number[]): DocumentedCommand => ({
  name: `a screen that begins with ${bytes.map((byte) => byte.toString(16)).join(' ')}`,
  phone: D785,
  capability: 'SCREEN',
  member: 'screen',
  exchange: [{ sends: 'GET /screen.bmp', answer: { bytes: [...bytes, 0, 0] } }],
  ...(mediaType === null ? { outcome: 'PHONE_REJECTED' } : { value: { mediaType } }),
});

/** The first bytes of pictures, and of what is none in one place. */
const PICTURES: readonly (readonly [mediaType: string, start: readonly number[]])[] = [
  ['image/bmp', [0x42, 0x4d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

const pictures = PICTURES.flatMap(([mediaType, start]) => [
  picture(mediaType, start),
  ...start.map((_, spoilt) =>
    picture(
      null,
      start.map((byte, place) => (place === spoilt ? byte ^ 0x80 : byte)),
    ),
  ),
]);

/** `localConnectionState` of this end, then of the others (ECMA-269, compound call states); null: the call is over. */
const STATES: readonly (readonly [states: readonly string[], state: string | null, direction?: string])[] = [
  [['alerting', 'connected'], 'RINGING', 'INCOMING'],
  [['initiated'], 'DIALING', 'OUTGOING'],
  [['connected', 'alerting'], 'DIALING', 'OUTGOING'],
  [['connected', 'initiated'], 'DIALING', 'OUTGOING'],
  [['connected', 'connected'], 'CONNECTED'],
  [['connected', 'hold'], 'CONNECTED'],
  [['connected'], 'CONNECTED'],
  [['queued', 'connected'], 'CONNECTED'],
  [['hold', 'connected'], 'HELD'],
  [['null', 'connected'], null],
  [['fail', 'connected'], null],
];

const snapshots = STATES.map(([states, state, direction]): DocumentedCommand => {
  const compound = states.map((one) => `<localConnectionState>${one}</localConnectionState>`).join('');
  const info = `<snapshotDeviceResponseInfo><connectionIdentifier><callID>-18</callID><deviceID>sip:101@pbx.example</deviceID></connectionIdentifier><localCallState><compoundCallState>${compound}</compoundCallState></localCallState></snapshotDeviceResponseInfo>`;
  return {
    name: `a call that is ${states.join(', then ')}`,
    phone: D785,
    capability: 'CALL_SNAPSHOT',
    member: 'refreshCalls',
    command: () => ({}),
    exchange: [
      {
        sends: 'POST /csta',
        answer: {
          body: `<?xml version="1.0"?><SnapshotDeviceResponse xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed5"><crossRefIDorSnapshotData><snapshotData>${info}</snapshotData></crossRefIDorSnapshotData></SnapshotDeviceResponse>`,
        },
      },
    ],
    value: {
      calls:
        state === null
          ? []
          : [{ vendorIds: { csta_id: '-18' }, state, direction: direction ?? null, local: { number: '101' } }],
    },
  };
});

/** Settings, keys' functions, pictures, and what calls there are. */
export const READINGS: readonly DocumentedCommand[] = [
  ...BOTH.map((name) => write(name, ['CSTA', ['POST /csta', 'POST /csta'], 'CONFIRMED'])),
  ...READ_ONLY.flatMap((name) => [
    write(name, ['CSTA', [], 'INVALID_ARGUMENT']),
    write(name, ['HTTP', [], 'INVALID_ARGUMENT']),
  ]),
  write('language', ['CSTA', [], 'NOT_HERE']),
  write('action_dnd_on_url', ['CSTA', [], 'NOT_HERE']),
  write('language', ['HTTP', ['GET /dummy.htm?settings=save&language=x&store_settings=save'], 'ACCEPTED']),
  ...PARAMETERS.map((name) => write(name, ['HTTP', [], 'INVALID_ARGUMENT'])),
  reads,
  ...keys,
  ...pictures,
  ...snapshots,
];
