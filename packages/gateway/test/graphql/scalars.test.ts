import { GraphQLScalarType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { parseInstant } from '../../src/graphql/scalars.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { parseMacAddress } from '../../src/phones/mac-address.ts';

function scalar(name: string): GraphQLScalarType {
  const type = createSchema().getType(name);
  if (!(type instanceof GraphQLScalarType)) throw new Error(`${name} is no scalar.`);
  return type;
}

describe('DateTime', () => {
  const noon = Date.UTC(2026, 9, 1, 12);
  test.each([
    ['2026-10-01T12:00:00Z', noon],
    ['2026-10-01T12:00:00.000Z', noon],
    ['2026-10-01t12:00:00z', noon],
    ['2026-10-01T14:00:00+02:00', noon],
    ['2026-10-01T06:30:00.5-05:30', noon + 500],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['1969-12-31T23:59:59.999Z', -1],
  ])('%s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  test.each([
    '2026-10-01',
    '2026-10-01T12:00:00',
    '2026-10-01 12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-00-01T12:00:00Z',
    '2026-02-29T12:00:00Z',
    '2026-04-31T12:00:00Z',
    '2026-10-00T12:00:00Z',
    '2026-10-01T24:00:00Z',
    '2026-10-01T12:60:00Z',
    '2026-10-01T12:00:60Z',
    '2026-10-01T12:00:00+24:00',
    'now',
    '',
  ])('refuses %s', (text) => {
    expect(parseInstant(text)).toBeNull();
    expect(() => scalar('DateTime').parseValue(text)).toThrow();
  });

  test('comes out in UTC with milliseconds', () => {
    expect(scalar('DateTime').serialize(noon)).toBe('2026-10-01T12:00:00.000Z');
  });

  test('refuses a number', () => {
    expect(() => scalar('DateTime').parseValue(noon)).toThrow('string');
  });
});

describe('MacAddress', () => {
  test.each(['00:04:13:AA:bb:cc', '00-04-13-aa-bb-cc', '0004.13aa.BBCC', '000413AABBCC'])('%s', (text) => {
    expect(parseMacAddress(text)).toBe('00:04:13:aa:bb:cc');
  });

  test.each([
    '00:04:13:aa:bb',
    '00:04:13:aa:bb:cc:dd',
    '00:04-13:aa:bb:cc',
    '0004:13aa:bbcc',
    '00 04 13 aa bb cc',
    '00:04:13:aa:bb:cg',
    '',
  ])('refuses %s', (text) => {
    expect(parseMacAddress(text)).toBeNull();
    expect(() => scalar('MacAddress').parseValue(text)).toThrow();
  });
});

describe('PhoneKey', () => {
  test.each(['0', '*', '#', 'OK', 'SOFT_1', 'FUNCTION_24', 'snom:F_SETTINGS', 'yealink:ENTER'])('%s', (key) => {
    expect(scalar('PhoneKey').parseValue(key)).toBe(key);
  });

  test.each(['10', 'ok', 'SOFT_0', 'snom:', 'snom:F;R', 'snom:a=b', 'snom:a&b', 'snom:a,b', 'Snom:A', ''])(
    'refuses %s',
    (key) => {
      expect(() => scalar('PhoneKey').parseValue(key)).toThrow('Not a key');
    },
  );

  test('refuses a number', () => {
    expect(() => scalar('PhoneKey').parseValue(5)).toThrow('string');
  });
});

describe('JSON', () => {
  test('takes an object', () => {
    expect(scalar('JSON').parseValue({ a: [1] })).toEqual({ a: [1] });
  });

  test.each([[[1]], ['text'], [null], [5]])('refuses %j', (value) => {
    expect(() => scalar('JSON').parseValue(value)).toThrow('object');
  });
});
