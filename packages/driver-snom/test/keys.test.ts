import { NAMED_KEYS, parsePhoneKey } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { fkeyIndexOf, isCommandKey, ownKeys, phoneKeyOf, wireKeyOf } from '../src/keys.ts';
import { type SnomPhone, snomPhone } from '../src/phone.ts';
import { KEY_EVENTS } from './documented/keys.table.ts';
import { type FakePhone, profileOf } from './fake-context.ts';
import { fixtureRows } from './fixture.ts';

async function phoneOf(phone: FakePhone): Promise<SnomPhone> {
  return snomPhone(await profileOf(phone));
}
async function wire(key: string, phone: FakePhone = {}): Promise<string> {
  const found = wireKeyOf(key, await phoneOf(phone));
  return 'wire' in found ? found.wire : `refused: ${found.refused}`;
}
const asPhoneKey = (event: string) => (/^[0-9*#]$/.test(event) ? event : `snom:${event}`);

const rows2015 = fixtureRows('keys-2015.txt').map(([event = '', where = '']) => ({ event, where }));
const rowsToday = fixtureRows('keys-today.txt').map(([event = '']) => ({ event }));
const phones: Readonly<Record<string, FakePhone>> = {
  all: { model: '360', firmware: '8.7.5.35' },
  '3xx': { model: '370', firmware: '8.4.35' },
  legacy: { model: '220', firmware: '7.3.30' },
  '8.7.3.7': { model: '360', firmware: '8.7.3.7' },
  '8.7.3.6': { model: '360', firmware: '8.7.3.6' },
};

describe("every key of Snom's pages", () => {
  test('all rows are read', () => {
    expect(rows2015).toHaveLength(44);
    expect(rowsToday).toHaveLength(38);
  });
  test.each(rows2015)('2015: $event ($where)', async ({ event, where }) => {
    expect(await wire(asPhoneKey(event), phones[where] ?? {})).toBe(event);
  });
  test.each(rowsToday)('current: $event', async ({ event }) => {
    expect(await wire(asPhoneKey(event), { model: 'D717', firmware: '10.1.33.33' })).toBe(event);
  });
});

describe('common names', () => {
  test.each([
    ['OK', 'ENTER'],
    ['CANCEL', 'CANCEL'],
    ['UP', 'UP'],
    ['DOWN', 'DOWN'],
    ['LEFT', 'LEFT'],
    ['RIGHT', 'RIGHT'],
    ['MENU', 'MENU'],
    ['OFF_HOOK', 'OFFHOOK'],
    ['ON_HOOK', 'ONHOOK'],
    ['SPEAKER', 'SPEAKER'],
    ['HEADSET', 'HEADSET'],
    ['HOLD', 'F_HOLD'],
    ['TRANSFER', 'TRANSFER'],
    ['CONFERENCE', 'F_CONFERENCE'],
    ['MUTE', 'MUTE'],
    ['REDIAL', 'REDIAL'],
    ['DND', 'DND'],
    ['RECORD', 'REC'],
    ['MESSAGE', 'F_RETRIEVE'],
    ['DIRECTORY', 'F_ADR_BOOK'],
    ['VOLUME_UP', 'VOLUME_UP'],
    ['VOLUME_DOWN', 'VOLUME_DOWN'],
    ['SOFT_1', 'F1'],
    ['SOFT_4', 'F4'],
    ['FUNCTION_24', 'P24'],
  ])('%s is %s', async (key, event) => {
    expect(await wire(key)).toBe(event);
  });

  test('every common name has an event, and comes back from it', async () => {
    for (const key of NAMED_KEYS) {
      const event = await wire(key);
      expect(event).not.toContain('refused');
      if (key !== 'CONFERENCE') expect(phoneKeyOf(event)).toBe(key);
    }
  });

  test('1xx and 2xx', async () => {
    const legacy = { model: '200', firmware: '3.60' };
    expect(await wire('HOLD', legacy)).toBe('RECALL');
    expect(await wire('MENU', legacy)).toBe('FUNCTION');
    expect(await wire('CANCEL', legacy)).toBe('DISCONNECT');
    for (const key of ['MUTE', 'CONFERENCE', 'DIRECTORY']) expect(await wire(key, legacy)).toContain('refused');
  });

  test('the conference key follows the firmware, unless the option says otherwise', async () => {
    const phone = { model: '720', firmware: '8.7.3.17' };
    expect(await wire('CONFERENCE', phone)).toBe('F_CONF_ON');
    const options = { conferenceKey: 'F_CONFERENCE' };
    expect(await wire('CONFERENCE', { ...phone, options })).toBe('F_CONFERENCE');
  });
});

describe('F_R and F_HOLD', () => {
  test.each([
    ['8.7.3.6', 'F_R'],
    ['8.4.35', 'F_R'],
    ['8.7.3.7', 'F_HOLD'],
    ['8.7.3.19', 'F_HOLD'],
    ['8.7.10', 'F_HOLD'],
    ['10.1.33.33', 'F_HOLD'],
    [null, 'F_HOLD'],
  ])('%s: %s', async (firmware, event) => {
    expect(await wire('HOLD', { model: '370', firmware })).toBe(event);
  });
  test('the other one is refused, with the right one named', async () => {
    expect(await wire('snom:F_HOLD', { model: '370', firmware: '8.4.35' })).toMatch(/refused.*F_R/);
    expect(await wire('snom:F_R', { model: 'D785', firmware: '10.1' })).toMatch(/refused.*F_HOLD/);
  });
});

describe('ranges by model', () => {
  test.each([
    ['870', 'FUNCTION_15', 'P15'],
    ['820', 'FUNCTION_12', 'P12'],
    ['320', 'FUNCTION_12', 'P12'],
    ['300', 'FUNCTION_4', 'P4'],
    ['190', 'FUNCTION_5', 'P5'],
    ['D785', 'FUNCTION_24', 'P24'],
    ['D335', 'FUNCTION_32', 'P32'],
    ['370', 'EXPANSION_1', 'EK0'],
    ['220', 'EXPANSION_20', 'EK19'],
    ['190', 'SOFT_3', 'F3'],
    ['220', 'SOFT_4', 'F4'],
  ])('%s has %s', async (model, key, event) => {
    expect(await wire(key, { model, firmware: '8.4.35' })).toBe(event);
  });

  test.each([
    ['870', 'FUNCTION_16'],
    ['870', 'snom:P16'],
    ['870', 'SOFT_1'],
    ['870', 'snom:F1'],
    ['190', 'SOFT_4'],
    ['200', 'snom:F4'],
    ['320', 'FUNCTION_13'],
    ['300', 'FUNCTION_5'],
    ['300', 'EXPANSION_1'],
    ['220', 'FUNCTION_6'],
    ['D785', 'FUNCTION_25'],
    ['D785', 'EXPANSION_1'],
    ['370', 'EXPANSION_145'],
    ['370', 'MEMORY_1'],
    ['370', 'SOFT_5'],
    ['370', 'snom:P0'],
    ['370', 'snom:DISCONNECT'],
    ['370', 'yealink:OK'],
    ['370', 'snom:enter'],
    ['370', 'snom:REBOOT'],
    ['370', 'snom:F_LOGOFF_ALL'],
    ['370', 'nonsense'],
  ])('%s refuses %s', async (model, key) => {
    expect(await wire(key, { model, firmware: '8.4.35' })).toContain('refused');
  });

  test('options override the model', async () => {
    const options = { functionKeys: '30', expansionKeys: '2' };
    expect(await wire('FUNCTION_30', { options })).toBe('P30');
    expect(await wire('EXPANSION_2', { options })).toBe('EK1');
    expect(await wire('EXPANSION_3', { options })).toContain('refused');
  });

  test('a model that is not known has any number', async () => {
    expect(await wire('FUNCTION_99', { model: null })).toBe('P99');
  });
});

describe("the phone's own key events", () => {
  test.each(KEY_EVENTS)('%s', async (event) => {
    expect(isCommandKey(event)).toBe(false);
    expect(await wire(`snom:${event}`)).toBe(event);
    expect(parsePhoneKey(`snom:${event}`)).not.toBeNull();
  });
  test('one that nobody listed yet', async () => {
    expect(await wire('snom:F_SOMETHING_NEW')).toBe('F_SOMETHING_NEW');
  });
});

test.each([
  ['REBOOT', true],
  ['snom:F_REBOOT', true],
  ['f_reset', true],
  ['LOGOFFALL', true],
  ['RELEASE_ALL_CALLS', true],
  ['REREGISTER', true],
  ['ENTER', false],
  ['F_HOLD', false],
  ['REC', false],
])('isCommandKey(%s) is %s', (name, expected) => {
  expect(isCommandKey(name)).toBe(expected);
});

test.each([
  ['P3', 'FUNCTION_3'],
  ['EK0', 'EXPANSION_1'],
  ['F2', 'SOFT_2'],
  ['F_R', 'HOLD'],
  ['7', '7'],
  ['F_STATUS', 'snom:F_STATUS'],
  ['', null],
  ['a;b', null],
])('event %s is reported as %s', (event, key) => {
  expect(phoneKeyOf(event)).toBe(key);
});

test.each([
  ['D785', 'FUNCTION_1', 0],
  ['D785', 'snom:P24', 23],
  ['D785', 'EXPANSION_1', 24],
  ['D385', 'EXPANSION_1', 174],
  ['D385', 'EXPANSION_144', 317],
  ['D335', 'EXPANSION_1', 32],
  ['D713', 'EXPANSION_2', 5],
])('%s: the fkey index of %s is %i', async (model, key, index) => {
  expect(fkeyIndexOf(key, await phoneOf({ model }))).toEqual({ index });
});

test.each([
  ['D785', 'FUNCTION_25'],
  ['D785', 'SOFT_1'],
  ['D785', 'HOLD'],
  ['760', 'EXPANSION_1'],
  ['D785', 'EXPANSION_145'],
])('%s: %s cannot be programmed', async (model, key) => {
  expect(fkeyIndexOf(key, await phoneOf({ model }))).toHaveProperty('refused');
});

describe('the keys that a phone has of its own', () => {
  const counted = async (phone: FakePhone, family: string) =>
    ownKeys(await phoneOf(phone)).filter((key) => key.startsWith(family)).length;

  test.each([
    [{ model: 'D785' }, 24, 4],
    [{ model: 'D865' }, 40, 4],
    [{ model: '870' }, 15, 0],
    [{ model: '190', firmware: '7.3.30' }, 5, 3],
    [{ model: '760' }, 0, 4],
    [{ model: '760', options: { functionKeys: '12' } }, 12, 4],
  ])('%j', async (phone, functionKeys, softKeys) => {
    expect(await counted(phone, 'FUNCTION_')).toBe(functionKeys);
    expect(await counted(phone, 'SOFT_')).toBe(softKeys);
    expect(await counted(phone, 'EXPANSION_')).toBe(0);
  });

  test('a 220 has no keys for mute, messages, the directory and conferences; a D785 has every named key', async () => {
    const missing = async (phone: FakePhone) => {
      const own = ownKeys(await phoneOf(phone));
      return NAMED_KEYS.filter((key) => !own.includes(key));
    };
    expect(await missing({ model: '220', firmware: '7.3.30' })).toEqual(['CONFERENCE', 'MUTE', 'MESSAGE', 'DIRECTORY']);
    expect(await missing({ model: 'D785' })).toEqual([]);
  });

  test('a phone takes each of them', async () => {
    for (const model of ['220', '370', '870', 'D785', 'D865']) {
      const phone = await phoneOf({ model });
      for (const key of ownKeys(phone)) expect(wireKeyOf(key, phone), `${model} ${key}`).toHaveProperty('wire');
    }
  });
});
