import { describe, expect, test } from 'vitest';
import { decodeTolerantly, splitRawQuery } from '../src/index.ts';

const pairs = (rawQuery: string, names?: readonly string[]) =>
  splitRawQuery(rawQuery, names).map(({ name, value }) => [name, value]);

describe('splitRawQuery', () => {
  test('no query has no variables', () => {
    expect(pairs('')).toEqual([]);
    expect(pairs('', ['a'])).toEqual([]);
  });

  test.each<[query: string, expected: readonly (readonly [string, string])[]]>([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'b=2&a=1',
      [
        ['b', '2'],
        ['a', '1'],
      ],
    ],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    [
      'a=&b=',
      [
        ['a', ''],
        ['b', ''],
      ],
    ],
    ['a', [['a', '']]],
    ['a=1=2==', [['a', '1=2==']]],
    ['=1', [['', '1']]],
    ['&&a=1&&', [['a', '1']]],
    ['remote=+49301234', [['remote', '+49301234']]],
    ['name=Anna Maria', [['name', 'Anna Maria']]],
    ['name=Smith%20%26%20Sons', [['name', 'Smith & Sons']]],
    ['name=Zo%C3%AB', [['name', 'Zoë']]],
    ['name=Zoë 日本', [['name', 'Zoë 日本']]],
    ['call%2Did=7', [['call-id', '7']]],
    ['name=%E4%zz%', [['name', '%E4%zz%']]],
    [
      '__proto__=1&constructor=2',
      [
        ['__proto__', '1'],
        ['constructor', '2'],
      ],
    ],
  ])('%s, where no names are known', (query, expected) => {
    expect(pairs(query)).toEqual(expected);
  });

  test('with known names an & in a display name belongs to it', () => {
    const names = ['remote', 'display_remote', 'call_id'];
    expect(pairs('remote=1&display_remote=Smith & Sons&call_id=7', names)).toEqual([
      ['remote', '1'],
      ['display_remote', 'Smith & Sons'],
      ['call_id', '7'],
    ]);
    expect(pairs('display_remote=A&B&C=D&&call_id=7', names)).toEqual([
      ['display_remote', 'A&B&C=D&'],
      ['call_id', '7'],
    ]);
  });

  test('a known name begins a variable only with its =', () => {
    expect(pairs('display_remote=Tom & remote & call_id&call_id=7', ['display_remote', 'call_id'])).toEqual([
      ['display_remote', 'Tom & remote & call_id'],
      ['call_id', '7'],
    ]);
  });

  test('a known name is compared as it was written, not decoded: an escaped one is part of a value', () => {
    expect(pairs('remote=1&call%5Fid=7', ['remote', 'call_id'])).toEqual([['remote', '1&call_id=7']]);
  });

  test('what stands before the first known name is kept', () => {
    expect(pairs('x=1&remote=2', ['remote'])).toEqual([
      ['x', '1'],
      ['remote', '2'],
    ]);
  });
});

describe('decodeTolerantly', () => {
  test.each([
    ['', ''],
    ['plain + text', 'plain + text'],
    ['%41%42', 'AB'],
    ['%2b%2B', '++'],
    ['%25', '%'],
    ['%2541', '%41'],
    ['Gr%C3%BC%C3%9Fe', 'Grüße'],
    ['%F0%9F%98%80', '😀'],
    ['100%', '100%'],
    ['%', '%'],
    ['%4', '%4'],
    ['%zz', '%zz'],
    ['%E4', '%E4'],
    ['%C3 %BC', '%C3 %BC'],
    ['%E4%zz%41', '%E4%zzA'],
    ['%ED%A0%80', '%ED%A0%80'],
    ['%00', '\u0000'],
  ])('%j becomes %j', (text, expected) => {
    expect(decodeTolerantly(text)).toBe(expected);
  });
});
