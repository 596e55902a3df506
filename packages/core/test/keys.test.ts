import { describe, expect, test } from 'vitest';
import { listKeys, NAMED_KEYS, NUMBERED_KEYS, PAD_KEYS, parsePhoneKey } from '../src/index.ts';

describe('parsePhoneKey', () => {
  test.each([...'0123456789*#'])('%s is a digit', (digit) => {
    expect(parsePhoneKey(digit)).toEqual({ kind: 'digit', digit });
  });

  test.each(NAMED_KEYS)('%s is a named key', (name) => {
    expect(parsePhoneKey(name)).toEqual({ kind: 'named', name });
  });

  test.each(NUMBERED_KEYS)('%s keys count from 1', (family) => {
    expect(parsePhoneKey(`${family}_1`)).toEqual({ kind: 'numbered', family, number: 1 });
    expect(parsePhoneKey(`${family}_144`)).toEqual({ kind: 'numbered', family, number: 144 });
    expect(parsePhoneKey(`${family}_9999`)).toEqual({ kind: 'numbered', family, number: 9999 });
  });

  test.each([
    ['snom:F_SETTINGS', 'snom', 'F_SETTINGS'],
    ['yealink:OK', 'yealink', 'OK'],
    ['vendor-2:*#+.-_', 'vendor-2', '*#+.-_'],
  ])("%s is the vendor's own", (key, vendor, name) => {
    expect(parsePhoneKey(key)).toEqual({ kind: 'vendor', vendor, name });
  });

  test.each([
    '',
    ' ',
    '10',
    'ok',
    ' OK',
    'OK ',
    'OK\n',
    'FUNCTION',
    'FUNCTION_',
    'FUNCTION_0',
    'FUNCTION_01',
    'FUNCTION_-1',
    'FUNCTION_1.5',
    'FUNCTION_10000',
    'function_1',
    'LINE_1',
    'constructor',
    '__proto__',
    ':OK',
    'snom:',
    'Snom:OK',
    '1snom:OK',
    `snom:${'A'.repeat(65)}`,
  ])('%j is no key', (key) => {
    expect(parsePhoneKey(key)).toBeNull();
  });

  test.each([';', ',', '=', '&', ' ', '%', '/', '?', '\r\n', '\u0000', 'ä'])(
    'a key of the vendor with %j in it is none: it could smuggle in another command',
    (separator) => {
      expect(parsePhoneKey(`snom:OK${separator}REBOOT`)).toBeNull();
    },
  );
});

describe('listKeys', () => {
  test('lists what a phone has, numbered keys until the first that is missing', () => {
    const has = new Set(['#', 'OK', 'SOFT_1', 'SOFT_2', 'SOFT_4', 'MEMORY_2', 'snom:REC']);
    expect(listKeys((key) => has.has(key))).toEqual(['#', 'OK', 'SOFT_1', 'SOFT_2']);
  });

  test('ends where a driver takes every number', () => {
    const keys = listKeys(() => true);
    expect(keys.slice(0, PAD_KEYS.length)).toEqual(PAD_KEYS);
    expect(keys.every((key) => parsePhoneKey(key) !== null)).toBe(true);
    expect(new Set(keys).size).toBe(PAD_KEYS.length + NAMED_KEYS.length + 1_000 * NUMBERED_KEYS.length);
  });
});
