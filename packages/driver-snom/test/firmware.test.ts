import { describe, expect, test } from 'vitest';
import { connectionIdFormOf, hasTouch, isAtLeast, parseFirmware, spellingOf } from '../src/firmware.ts';
import { MODELS, modelName, modelOf } from '../src/models.ts';

test.each([
  ['8.7.5.35', '8.7.5.35'],
  ['snom720-SIP 8.7.3.17', '8.7.3.17'],
  ['snom821-8.4.35-SIP-r', '8.4.35'],
  ['snomD785-SIP 10.1.33.33 2010.12-00004', '10.1.33.33'],
  ['7.3', '7.3'],
  ['', undefined],
  [null, undefined],
  ['new', undefined],
  ['10', undefined],
])('%s is %s', (text, version) => {
  expect(parseFirmware(text)?.join('.')).toBe(version);
});

test.each([
  ['8.7.3.7', '8.7.3.7', true],
  ['8.7.3.6', '8.7.3.7', false],
  ['8.7.3.10', '8.7.3.7', true],
  ['10.1', '8.7.3.7', true],
  ['8.7', '8.7.0', true],
  ['8.6.9', '8.7', false],
])('%s is at least %s: %s', (firmware, version, expected) => {
  expect(isAtLeast(parseFirmware(firmware) ?? [], version)).toBe(expected);
});

describe('CSTA over HTTP by firmware', () => {
  test.each([
    ['7.3.3', null],
    ['7.3.4', 'BARE'],
    ['8.4.35', 'BARE'],
    ['8.6.99', 'BARE'],
    ['8.7', null],
    ['8.7.0.1', null],
    ['8.7.2.19', null],
    ['8.7.3', 'NESTED'],
    ['8.7.5.35', 'NESTED'],
    ['10.1.33.33', 'NESTED'],
  ])('%s: %s', (firmware, form) => {
    expect(connectionIdFormOf(parseFirmware(firmware), '3XX')).toBe(form);
  });
  test.each([
    ['3XX', null],
    ['8XX', null],
    ['UNKNOWN', null],
    ['7XX', 'NESTED'],
    ['D7XX', 'NESTED'],
    ['D8XX', null],
  ] as const)('firmware not known, %s: %s', (family, form) => {
    expect(connectionIdFormOf(null, family)).toBe(form);
  });
  test('neither 1xx and 2xx nor D8xx', () => {
    expect(connectionIdFormOf([10, 1], 'LEGACY')).toBeNull();
    expect(connectionIdFormOf([10, 1], 'D8XX')).toBeNull();
  });
});

test.each([
  ['8.4.33', false],
  ['8.4.34', true],
  ['8.5.1', false],
  ['8.7.1', false],
  ['8.7.2', true],
  ['8.7.5.44', true],
  [null, true],
])('touch with %s: %s', (firmware, expected) => {
  expect(hasTouch(parseFirmware(firmware))).toBe(expected);
});

test.each([
  ['8.7.5.44', 'D7XX', '2015'],
  ['8.9.3.80', '3XX', 'CURRENT'],
  ['10.1.33.33', 'D3XX', 'CURRENT'],
  [null, 'D7XX', 'CURRENT'],
  [null, '3XX', '2015'],
] as const)('%s on %s is spelled as of %s', (firmware, family, spelling) => {
  expect(spellingOf(parseFirmware(firmware), family)).toBe(spelling);
});

describe('models', () => {
  test('each stands once in the table, in its family', () => {
    expect(MODELS).toHaveLength(40);
    expect(new Set(MODELS.map(({ model }) => model)).size).toBe(40);
    for (const { model, family } of MODELS) {
      expect(modelOf(model).family).toBe(family);
      const digit = model.replace('D', '')[0];
      expect(family).toBe(/^[12]/.test(model) ? 'LEGACY' : `${model.startsWith('D') ? 'D' : ''}${digit}XX`);
    }
  });

  test.each([
    ['snom 320', '320'],
    ['snomD785', 'D785'],
    ['d785', 'D785'],
    ['Snom-821', '821'],
    ['snom720-SIP', '720'],
  ])('%s is %s', (text, name) => {
    expect(modelName(text)).toBe(name);
  });

  test('one that is not in the table belongs to its family', () => {
    expect(modelOf('D787')).toMatchObject({ model: 'D787', family: 'D7XX', functionKeys: null });
    expect(modelOf('M700')).toMatchObject({ family: 'UNKNOWN' });
    expect(modelOf(null)).toMatchObject({ model: '', family: 'UNKNOWN' });
  });

  test('the quirks of models', () => {
    const having = (what: 'touch' | 'lineInfoLayer' | 'shortLabels') =>
      MODELS.filter((model) => model[what]).map(({ model }) => model);
    expect(having('touch')).toEqual(['870']);
    expect(having('lineInfoLayer')).toEqual(['820', '821']);
    expect(having('shortLabels')).toEqual(['D713', 'D735', 'D785']);
    const offsets = Object.fromEntries(
      ['D335', 'D385', 'D713', 'D735', 'D785', '320', '870'].map((name) => [name, modelOf(name).ledOffset]),
    );
    expect(offsets).toEqual({ D335: 2, D385: 2, D713: 1, D735: 5, D785: 5, 320: 1, 870: null });
  });
});
