import type { DocumentedCommand, DocumentedPhone } from '@hookswitch/driver-kit';
import { T46U } from './phones.ts';

/*
 * XML browser developer's guide, Execute URIs of CalloraCTI, settings of wazo's and tancredi's templates, the tests of antirek's client,
 * first bytes of pictures. Written from them, and never from the driver.
 */

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const push = (document: string): string => `POST /servlet?push=xml\n\nxml=${DECLARATION}${document}`;
const run = (uris: readonly string[]): string =>
  push(
    `<YealinkIPPhoneExecute Beep="no">${uris.map((uri) => `<ExecuteItem URI="${uri}"/>`).join('')}</YealinkIPPhoneExecute>`,
  );
const set = (items: readonly string[]): string =>
  push(
    `<YealinkIPPhoneConfiguration Beep="no">${items.map((item) => `<Item>${item}</Item>`).join('')}</YealinkIPPhoneConfiguration>`,
  );

type Row = Omit<DocumentedCommand, 'phone'> & { readonly phone?: DocumentedPhone };

/** Guide T4U, the table of BLF lights: red in use, red fast while it rings, red slow while parked or held. */
const LIGHTS: Readonly<Record<string, readonly string[]>> = {
  OFF: ['RED=off', 'GREEN=off', 'ORANGE=off', 'BLUE=off'],
  ON: ['GREEN=on'],
  HOLD: ['RED=slowflash'],
  PICKUP: ['RED=fastflash'],
  PARK: ['RED=slowflash'],
  MESSAGE: ['GREEN=slowflash'],
  OFFLINE: ['RED=off', 'GREEN=off', 'ORANGE=off', 'BLUE=off'],
  SEIZED: ['RED=on'],
  RECORD: ['RED=on'],
  ERROR: ['ORANGE=fastflash'],
  BLINK_SLOW: ['GREEN=slowflash'],
  BLINK_FAST: ['GREEN=fastflash'],
};

const light = (command: Readonly<Record<string, unknown>>, exchange: DocumentedCommand['exchange']): Row => ({
  name: `the light ${JSON.stringify(command)}`,
  capability: 'LED',
  member: 'setLed',
  command: () => ({ key: 'FUNCTION_3', ...command }),
  exchange,
});

const lights: readonly Row[] = [
  ...Object.entries(LIGHTS).map(([name, states]) =>
    light({ light: name }, [run(states.map((state) => `Led:LINE3_${state}`))]),
  ),
  ...['RED', 'GREEN', 'ORANGE', 'BLUE'].map((color) => light({ light: 'ON', color }, [run([`Led:LINE3_${color}=on`])])),
  light({ light: 'ON', label: 'Ada', onPress: { kind: 'DIAL', target: '2001' } }, [
    set(['linekey.3.type = 13', 'linekey.3.value = 2001', 'linekey.3.label = Ada']),
    run(['Led:LINE3_GREEN=on']),
  ]),
];

/** `linekey.X.type`; a value that makes no sense is refused, as is none where one is needed. */
const TYPES: readonly (readonly [kind: string, value: string | undefined, items: readonly string[] | null])[] = [
  ['NONE', undefined, ['type = 0']],
  ['DTMF', '12*#', ['type = 11', 'value = 12*#']],
  ['DTMF', undefined, null],
  ['DTMF', 'one', null],
  ['SPEED_DIAL', '2001', ['type = 13', 'value = 2001']],
  ['SPEED_DIAL', undefined, null],
  ['LINE', undefined, ['type = 15']],
  ['BLF', '2001', ['type = 16', 'value = 2001']],
  ['BLF', undefined, null],
  ['URL', 'http://192.0.2.9/a', ['type = 17', 'value = http://192.0.2.9/a']],
  ['URL', undefined, null],
  ['URL', 'ftp://192.0.2.9/a', null],
  ['BUTTON', 'http://192.0.2.9/a', ['type = 27', 'value = http://192.0.2.9/a']],
  ['BUTTON', 'ftp://192.0.2.9/a', null],
  ['BUTTON', undefined, ['type = 27', 'value = ']],
];

const types = TYPES.map(([kind, value, items]): Row => {
  const account = kind === 'LINE' ? { account: 1 } : {};
  const lines = kind === 'LINE' ? [...(items ?? []), 'line = 1'] : items;
  return {
    name: `a key of the function ${kind}${value === undefined ? '' : ` with ${value}`}`,
    capability: 'CONFIGURE_KEYS',
    member: 'configureKey',
    command: () => ({ key: 'FUNCTION_3', function: kind, ...account, ...(value === undefined ? {} : { value }) }),
    exchange: lines === null ? [] : [set(lines.map((line) => `linekey.3.${line}`))],
    outcome: lines === null ? 'INVALID_ARGUMENT' : 'ACCEPTED',
  };
});

/** The guide's objects; Configuration and Execute URIs with a command of their own are for those commands. */
const OBJECTS = [
  'TextMenu',
  'TextScreen',
  'InputScreen',
  'Directory',
  'Status',
  'FormattedTextScreen',
  'ImageScreen',
  'ImageMenu',
];

const shows = (name: string, document: string, isShown: boolean): Row => ({
  name: `a push of ${name}`,
  capability: 'DISPLAY',
  member: 'pushXml',
  command: () => ({ document }),
  exchange: isShown ? [`POST /servlet?push=xml\n\nxml=${document}`] : [],
  outcome: isShown ? 'ACCEPTED' : 'INVALID_ARGUMENT',
});
const executes = (uri: string): string => `<YealinkIPPhoneExecute><ExecuteItem URI="${uri}"/></YealinkIPPhoneExecute>`;

const documents: readonly Row[] = [
  ...OBJECTS.map((name) => shows(name, `<YealinkIPPhone${name}><Title>1</Title></YealinkIPPhone${name}>`, true)),
  {
    ...shows('Configuration', '<YealinkIPPhoneConfiguration><Item>a = b</Item></YealinkIPPhoneConfiguration>', false),
    says: 'use writeSettings',
  },
  shows('an object of no guide', '<YealinkIPPhoneBabble/>', false),
  shows('an object of another vendor', '<SnomIPPhoneText/>', false),
  shows('a light', executes('Led:LINE1_RED=on'), true),
  shows('a declaration before it', `<?xml version="1.0"?>${executes('Led:LINE1_RED=on')}`, true),
  ...['Command:Reset', ' command : Reset', 'Dial:2001', 'Key:OK', '&#75;ey:OK', '&#x4b;ey:OK', 'Ke&#121;:OK'].map(
    (uri) => shows(uri, executes(uri), false),
  ),
  ...(
    [
      ['Command:Reboot', 'use reboot, factoryReset or provision'],
      [' Dial:2001', 'use dial'],
      [' Key:OK', 'use pressKeys, answer or hangUp'],
    ] as const
  ).map(([uri, says]) => ({ ...shows(uri, executes(uri), false), says })),
  shows(
    'a command behind an entry',
    '<YealinkIPPhoneTextMenu><MenuItem><Prompt>x</Prompt><URI>Command:Reset</URI></MenuItem></YealinkIPPhoneTextMenu>',
    false,
  ),
  shows(
    'a number behind an entry',
    '<YealinkIPPhoneTextMenu><MenuItem><Prompt>x</Prompt><URI>Dial:2001</URI></MenuItem></YealinkIPPhoneTextMenu>',
    true,
  ),
  shows(
    'a command when it is left',
    '<YealinkIPPhoneTextScreen doneAction="Key:OK"><Text>x</Text></YealinkIPPhoneTextScreen>',
    false,
  ),
];

const ASKS = 'GET /servlet?phonecfg=get&accounts=1&dnd=1&fw=1';

/** AlwaysFwd, BusyFwd, NoAnswFwd with their seconds (V81); by settings in rings of 6 seconds. */
const FORWARDS: readonly (readonly [kind: string, word: string, setting: string])[] = [
  ['ALWAYS', 'AlwaysFwd', 'forward.always'],
  ['BUSY', 'BusyFwd', 'forward.busy'],
  ['NO_ANSWER', 'NoAnswFwd', 'forward.no_answer'],
];
const forwards = FORWARDS.flatMap(([kind, word, setting]): readonly Row[] => {
  const waits = kind === 'NO_ANSWER';
  const row = (rung: string, enabled: boolean, sent: string): Row => ({
    name: `forwarding ${kind} ${enabled ? 'on' : 'off'} over ${rung}`,
    capability: 'FORWARDING',
    rung,
    member: 'setForwarding',
    command: () => ({ kind, enabled, ...(enabled ? { target: '2001' } : {}) }),
    // How it stands is not known: no event has told it, and the phone answers nothing of it.
    exchange: rung === 'HTTP' || rung === 'XML_PUSH' ? [ASKS, sent] : [sent],
  });
  return [
    row('HTTP', true, `GET /servlet?key=${word}On=2001${waits ? '=12' : ''}`),
    row('HTTP', false, `GET /servlet?key=${word}Off`),
    row(
      'XML_PUSH',
      true,
      set([`${setting}.enable = 1`, `${setting}.target = 2001`, ...(waits ? [`${setting}.timeout = 2`] : [])]),
    ),
    row('XML_PUSH', false, set([`${setting}.enable = 0`])),
  ];
});

const waits = ([seconds, isTaken]: readonly [number, boolean]): Row => ({
  name: `forwarding after ${seconds} seconds`,
  capability: 'FORWARDING',
  member: 'setForwarding',
  command: () => ({ kind: 'NO_ANSWER', enabled: true, target: '2001', afterSeconds: seconds }),
  exchange: isTaken ? [`GET /servlet?key=NoAnswFwdOn=2001=${seconds}`] : [],
  outcome: isTaken ? 'ACCEPTED' : 'INVALID_ARGUMENT',
});

const picture = (mediaType: string | null, bytes: readonly number[]): Row => ({
  name: `a screen that begins with ${bytes.map((byte) => byte.toString(16)).join(' ')}`,
  phone: { ...T46U, options: { screenPath: '/screencapture' } },
  capability: 'SCREEN',
  member: 'screen',
  exchange: [{ sends: 'GET /screencapture', answer: { bytes: [...bytes, 0, 0] } }],
  ...(mediaType === null ? { outcome: 'PHONE_REJECTED' } : { value: { mediaType } }),
});
const PICTURES: readonly (readonly [mediaType: string, start: readonly number[]])[] = [
  ['image/bmp', [0x42, 0x4d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
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

/** A reply as in the tests of antirek's client. */
const info: Row = {
  name: 'what phonecfg tells',
  capability: 'PHONE_INFO',
  member: 'phoneInfo',
  exchange: [
    {
      sends: 'GET /servlet?phonecfg=get&accounts=1&dnd=1&fw=1',
      answer: {
        body: [
          '[Status]',
          'FirmwareVersion=28.86.0.45',
          'MACAddress=00:15:65:00:C0:DE',
          '[Accounts]',
          'Account0=Enabled|Desk|1001|Anna|Off|1001@pbx.example|',
          'Account1=Disabled||Disable|Disable|Off||',
          '[DND]',
          'State=On',
          '[Forward_Always]',
          'State=Off',
          'Target=2001',
          '[Forward_Busy]',
          'State=On',
          'Target=2002',
          '[Forward_NoAnswer]',
          'State=Off',
          'Target=',
          '',
        ].join('\n'),
      },
    },
  ],
  value: {
    mac: '00:15:65:00:c0:de',
    model: 'T46G',
    firmware: '28.86.0.45',
    features: [
      { feature: 'DO_NOT_DISTURB', enabled: true, target: null },
      { feature: 'FORWARD_ALWAYS', enabled: false, target: '2001' },
      { feature: 'FORWARD_BUSY', enabled: true, target: '2002' },
      { feature: 'FORWARD_NO_ANSWER', enabled: false, target: null },
    ],
  },
};

/** Lights, functions of keys, documents, forwarding, pictures, and what the phone tells. */
export const SETTINGS_AND_READINGS: readonly DocumentedCommand[] = [
  ...lights,
  ...types,
  ...documents,
  ...forwards,
  ...(
    [
      [0, true],
      [6, true],
      [120, true],
      [126, false],
      [7, false],
    ] as const
  ).map(waits),
  ...pictures,
  info,
].map((row) => ({ phone: T46U, ...row }));
