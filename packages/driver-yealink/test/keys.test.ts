import { NAMED_KEYS } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { COMMAND_KEYS, ownKeys, PRESSABLE_KEYS, toVendorKey } from '../src/keys.ts';
import { traitsOf } from '../src/traits.ts';
import { profile } from './support/fake-context.ts';
import { fixtureLines } from './support/fixture.ts';
import { short } from './support/ladders.ts';

const onModel = (model: string | null, firmware: string | null = '66.86.0.15', options = {}) =>
  traitsOf(profile({ model, firmware, options }));

function translated(key: string, traits = onModel('T46S')): string {
  const result = toVendorKey(key, traits, 'keys.0.key');
  return 'name' in result ? result.name : short(result.refusal);
}

const REFUSED = 'INVALID_ARGUMENT keys.0.key';

describe("every value of the guides' tables is a key or another command's work", () => {
  const singles = [...fixtureLines('action-uri/values-v80.txt'), ...fixtureLines('action-uri/values-v81.txt')].flatMap(
    (line) => {
      if (line === '0-9/*/POUND') return [...'0123456789*', 'POUND'];
      if (line === 'L1-LX') return ['L1', 'L27'];
      if (line === 'F1-F4') return ['F1', 'F2', 'F3', 'F4'];
      return line.startsWith('UP/') ? line.split('/') : [line];
    },
  );

  test('the tables hold this many', () => {
    expect(fixtureLines('action-uri/values-v80.txt')).toHaveLength(29);
    expect(fixtureLines('action-uri/values-v81.txt')).toHaveLength(12);
    expect(singles).toHaveLength(59);
  });

  test.each(singles)('%s', (value) => {
    const isCommand = driver.isCommandKey(value);
    const isKey = translated(`yealink:${value}`) === value;
    expect([isCommand, isKey]).toContain(true);
    expect(isCommand && isKey).toBe(false);
  });

  test('and nothing stands in the driver’s tables twice', () => {
    const names = [...PRESSABLE_KEYS.map(({ name }) => name), ...COMMAND_KEYS.keys()];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('names that are no keys', () => {
  test.each([
    'Reset',
    'reset',
    'RESET',
    'yealink:Reset',
    'Reboot',
    'AutoP',
    'AUTOP',
    'DNDOn',
    'DNDOff',
    'number=110',
    'number',
    'outgoing_uri=a@b',
    'ATrans=1',
    'BTrans=1',
    'CALLEND',
    'CallEnd',
    'ANSWER',
    'ASW',
    'ASW:33093',
    'CANCEL:33093',
    'HOLD:33093',
    'UNHOLD:33093',
    'AlwaysFwdOn=1',
    'BusyFwdOff',
    'NoAnswFwdOn=1=6',
    'CallWaitingOn',
    'phonecfg=get',
  ])('%s', (name) => {
    expect(driver.isCommandKey(name)).toBe(true);
  });

  test.each(['OK', 'X', 'CANCEL', 'HOLD', 'F_HOLD', 'ENTER', 'L1', '*', 'POUND', 'BACK_IDLE'])('%s is one', (name) => {
    expect(driver.isCommandKey(name)).toBe(false);
  });
});

describe('the common names', () => {
  test.each([
    ['0', '0'],
    ['*', '*'],
    ['#', 'POUND'],
    ['OK', 'OK'],
    ['CANCEL', 'CANCEL'],
    ['OFF_HOOK', 'OFFHOOK'],
    ['ON_HOOK', 'ONHOOK'],
    ['HOLD', 'F_HOLD'],
    ['TRANSFER', 'F_TRANSFER'],
    ['CONFERENCE', 'F_CONFERENCE'],
    ['REDIAL', 'RD'],
    ['MESSAGE', 'MSG'],
    ['FUNCTION_27', 'L27'],
    ['SOFT_4', 'F4'],
    ['yealink:ENTER', 'ENTER'],
    ['yealink:X', 'X'],
    ['FUNCTION_28', REFUSED],
    ['SOFT_5', REFUSED],
    ['MEMORY_1', REFUSED],
    ['EXPANSION_1', REFUSED],
    ['MENU', REFUSED],
    ['DND', REFUSED],
    ['RECORD', REFUSED],
    ['DIRECTORY', REFUSED],
    ['snom:F_SETTINGS', REFUSED],
    ['yealink:Reset', REFUSED],
    ['yealink:reboot', REFUSED],
    ['yealink:L28', REFUSED],
    ['yealink:L0', REFUSED],
    ['yealink:F5', REFUSED],
    ['yealink:D1', REFUSED],
    ['yealink:F4', 'F4'],
    ['yealink:a;b', REFUSED],
    ['NO_SUCH_KEY', REFUSED],
    ['', REFUSED],
  ])('%s on a T46S is %s', (key, expected) => {
    expect(translated(key)).toBe(expected);
  });

  test('all but four named keys can be pressed', () => {
    const refused = NAMED_KEYS.filter((name) => translated(name) === REFUSED);
    expect(refused).toEqual(['MENU', 'DND', 'RECORD', 'DIRECTORY']);
  });
});

describe('by model', () => {
  test.each([
    ['T21P_E2', 2],
    ['T23G', 3],
    ['T40G', 3],
    ['T27G', 21],
    ['T41P', 15],
    ['T42S', 15],
    ['T46G', 27],
    ['T29G', 27],
    ['T48G', 29],
    ['T57W', 29],
    ['T19P_E2', 0],
  ])('%s has %i line keys', (model, count) => {
    if (count > 0) expect(translated(`FUNCTION_${count}`, onModel(model))).toBe(`L${count}`);
    expect(translated(`FUNCTION_${count + 1}`, onModel(model))).toBe(REFUSED);
  });

  test('the option lineKeys wins over the table, a model that nobody knows gets the longest range', () => {
    expect(translated('FUNCTION_30', onModel('T46S', null, { lineKeys: 30 }))).toBe('L30');
    expect(translated('FUNCTION_95', onModel('T999', null))).toBe('L95');
    expect(translated('FUNCTION_96', onModel('T999', null))).toBe(REFUSED);
  });

  test.each([
    ['T57W', 'OK', REFUSED],
    ['CP925', 'OK', REFUSED],
    ['CP935W', 'OK', REFUSED],
    ['T48U', 'OK', 'OK'],
    ['T57W', 'yealink:ENTER', REFUSED],
    ['T48G', 'yealink:ENTER', REFUSED],
    ['T46S', 'yealink:ENTER', 'ENTER'],
    ['T28P', 'MEMORY_10', 'D10'],
    ['T28P', 'MEMORY_11', REFUSED],
    ['CP920', 'SPEAKER', REFUSED],
  ])('%s: %s is %s', (model, key, expected) => {
    expect(translated(key, onModel(model))).toBe(expected);
  });

  test('CANCEL is X before V81', () => {
    expect(translated('CANCEL', onModel('T46G', '28.80.0.60'))).toBe('X');
    expect(translated('CANCEL', onModel('T46G', '28.81.0.60'))).toBe('CANCEL');
    expect(translated('CANCEL', onModel('T46G', null))).toBe('X');
    expect(translated('CANCEL', onModel('T46G', null, { rejectKey: 'CANCEL' }))).toBe('CANCEL');
  });
});

describe('the keys that a phone has of its own', () => {
  const counted = (traits: ReturnType<typeof onModel>, family: string) =>
    ownKeys(traits).filter((key) => key.startsWith(family)).length;

  test.each([
    { model: 'T46S', options: {}, functionKeys: 27, memoryKeys: 0 },
    { model: 'T19P_E2', options: {}, functionKeys: 0, memoryKeys: 0 },
    { model: 'T28P', options: {}, functionKeys: 0, memoryKeys: 10 },
    { model: 'T99X', options: {}, functionKeys: 0, memoryKeys: 0 },
    { model: 'T99X', options: { lineKeys: 12 }, functionKeys: 12, memoryKeys: 0 },
  ])('of a $model with $options', ({ model, options, functionKeys, memoryKeys }) => {
    const traits = onModel(model, null, options);
    expect(counted(traits, 'FUNCTION_')).toBe(functionKeys);
    expect(counted(traits, 'MEMORY_')).toBe(memoryKeys);
    expect(counted(traits, 'SOFT_')).toBe(4);
  });

  test('are those of the Action URI, without what the model lacks', () => {
    const missing = (model: string) => NAMED_KEYS.filter((key) => !ownKeys(onModel(model)).includes(key));
    expect(missing('T46S')).toEqual(['MENU', 'DND', 'RECORD', 'DIRECTORY']);
    expect(missing('T57W')).toEqual(['OK', 'MENU', 'DND', 'RECORD', 'DIRECTORY']);
    expect(missing('CP920')).toContain('SPEAKER');
  });
});
