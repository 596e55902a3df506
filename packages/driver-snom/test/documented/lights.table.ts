import type { DocumentedCommand, DocumentedPhone } from '@hookswitch/driver-kit';

/*
 * Lights: Snom's minibrowser documentation, "HowTo - LED Remote Control", the Kamailio tutorial, a snom720's settings `led_…`.
 * Written from them, and never from the driver.
 */

const D785: DocumentedPhone = { model: 'D785', firmware: '10.1.33.33' };
const SNOM820: DocumentedPhone = { model: '820', firmware: '8.7.3.19' };

/** `<Led number="…" color="…">value</Led>`; the colour where the command names none. */
const IN_MINIBROWSER: Readonly<Record<string, readonly [value: string, color: string]>> = {
  OFF: ['Off', 'green'],
  ON: ['On', 'green'],
  HOLD: ['On', 'red'],
  PICKUP: ['BlinkFast', 'orange'],
  PARK: ['BlinkSlow', 'orange'],
  MESSAGE: ['Blink', 'red'],
  OFFLINE: ['On', 'red'],
  SEIZED: ['On', 'red'],
  RECORD: ['Blink', 'red'],
  ERROR: ['BlinkFast', 'red'],
  BLINK_SLOW: ['BlinkSlow', 'green'],
  BLINK_FAST: ['BlinkFast', 'green'],
};

const OPENS = 'GET /minibrowser.htm?url=http%3A%2F%2F192.0.2.9%2Fd%2Frecorded-1';

interface Light {
  readonly key: string;
  readonly light: string;
  readonly color?: string;
}

const opened = (light: Light, led: string | null, phone = D785): DocumentedCommand => ({
  name: `the light ${light.light}${light.color === undefined ? '' : ` ${light.color}`} of ${light.key} on a ${phone.model} by its minibrowser`,
  phone,
  capability: 'LED',
  rung: 'HTTP',
  member: 'setLed',
  command: () => light,
  exchange: led === null ? [] : [OPENS],
  publishes: led === null ? [] : [led],
  outcome: led === null ? 'INVALID_ARGUMENT' : 'ACCEPTED',
});

const shown = (number: number, color: string, value: string): string =>
  `<Led number="${number}" color="${color}">${value}</Led>`;

const minibrowser: readonly DocumentedCommand[] = [
  // The first key of a D785 is LED 5.
  ...Object.entries(IN_MINIBROWSER).map(([light, [value, color]]) =>
    opened({ key: 'FUNCTION_1', light }, shown(5, color, value)),
  ),
  ...['RED', 'GREEN', 'ORANGE'].map((color) =>
    opened({ key: 'FUNCTION_2', light: 'ON', color }, shown(6, color.toLowerCase(), 'On')),
  ),
  opened({ key: 'FUNCTION_1', light: 'ON', color: 'BLUE' }, null),
  opened({ key: 'MESSAGE', light: 'ON' }, shown(0, 'green', 'On')),
  // "LED 1 is P1" on older models; the first numbers of others are those of client code.
  ...(
    [
      ['300', 1],
      ['320', 1],
      ['360', 1],
      ['370', 1],
      ['820', 1],
      ['821', 1],
      ['710', 1],
      ['715', 1],
      ['720', 1],
      ['725', 1],
      ['D335', 2],
      ['D385', 2],
      ['D713', 1],
      ['D735', 5],
      ['D785', 5],
    ] as const
  ).map(([model, first]) =>
    opened({ key: 'FUNCTION_3', light: 'ON' }, shown(first + 2, 'green', 'On'), { model, firmware: '8.7.5.35' }),
  ),
];

/** `c=`; null: there is no word, so nobody can have it by MESSAGE. */
const BY_MESSAGE: Readonly<Record<string, string | null>> = {
  OFF: 'off',
  ON: 'on',
  HOLD: 'hold',
  PICKUP: 'pickup',
  PARK: 'park',
  MESSAGE: 'message',
  OFFLINE: 'offline',
  SEIZED: 'seized',
  RECORD: 'record',
  ERROR: 'error',
};

const told = (light: Light & { readonly onPress?: unknown }, body: string | null): DocumentedCommand => ({
  name: `the light ${JSON.stringify(light)} by MESSAGE`,
  phone: SNOM820,
  capability: 'LED',
  rung: 'SIP_MESSAGE',
  member: 'setLed',
  command: () => light,
  exchange: body === null ? [] : [`SIP MESSAGE\ncontent-type: application/x-buttons\n\n${body}`],
  outcome: body === null ? 'INVALID_ARGUMENT' : 'ACCEPTED',
});

const message: readonly DocumentedCommand[] = [
  ...Object.entries(BY_MESSAGE).map(([light, word]) =>
    told({ key: 'FUNCTION_3', light }, word === null ? null : `k=3\r\nc=${word}`),
  ),
  ...['RED', 'GREEN', 'ORANGE'].map((color) =>
    told({ key: 'FUNCTION_3', light: 'ON', color }, `k=3\r\no=${color.toLowerCase()}\r\nc=on`),
  ),
  told(
    { key: 'FUNCTION_1', light: 'ON', onPress: { kind: 'DIAL', target: '2001' } },
    'k=1\r\nc=on\r\nn=2001\r\na=invite',
  ),
  told(
    { key: 'FUNCTION_1', light: 'ON', onPress: { kind: 'MESSAGE', target: '2001' } },
    'k=1\r\nc=on\r\nn=2001\r\na=message',
  ),
];

/** Each light by each way. */
export const LIGHTS: readonly DocumentedCommand[] = [...minibrowser, ...message];
