import { describe, expect, test } from 'vitest';
import { mutantsOf, mutated } from '../../src/mutation/mutants.ts';
import { drawn, randomOf } from '../../src/mutation/random.ts';

/** Every way in which a table may be wrong. */
function spoilt(source: string): readonly string[] {
  return mutantsOf(source).map((mutant) => mutated(source, mutant));
}

describe('the mutants of a table', () => {
  test('are a wrong word, a number that is one off, a switch turned over', () => {
    expect(spoilt("const KEY = 'OK';")).toEqual(['const KEY = "OX";']);
    expect(spoilt("export const KEY = 'X';")).toEqual(['export const KEY = "Y";']);
    expect(spoilt('const MAX = 3;')).toEqual(['const MAX = 4;']);
    expect(spoilt('const ON = true;')).toEqual(['const ON = false;']);
  });

  test('are rows whose values are swapped, and rows that are missing', () => {
    expect(spoilt('const ROWS = [{ key: A }, { key: B }];')).toEqual([
      'const ROWS = [{ key: B }];',
      'const ROWS = [{ key: A }];',
      'const ROWS = [{ key: B }, { key: A }];',
    ]);
    expect(spoilt('const KEYS = { ok: A, cancel: B };')).toEqual(['const KEYS = { ok: B, cancel: A };']);
  });

  test('are found in lists that are given to a function, and in what is spread', () => {
    expect(spoilt('const KEYS = new Set(["A", ...[1]]);')).toHaveLength(4);
    expect(spoilt('const ROW = { ...{ a: 1 } };')).toEqual(['const ROW = { ...{ a: 2 } };']);
  });

  test('are not of words for people, of code, and of what is no constant', () => {
    for (const source of [
      "const ROW = { source: 'manual' };",
      "const WORDS = 'The phone says no.';",
      "const EMPTY = '';",
      'const run = () => 3;',
      'const ROWS = [{ run: () => a }, { run: () => b }].map(make);',
      'let count = 3;',
      'function one() { return 1; }',
      'const ROW = { a, b };',
      'const PATTERN = /x/;',
    ]) {
      expect(spoilt(source).filter((one) => !one.includes('.map(make)'))).toEqual([]);
    }
  });
});

test('a seed draws the same, each at most once, and another seed something else', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const one = drawn(items, 10, randomOf(7));
  expect(drawn(items, 10, randomOf(7))).toEqual(one);
  expect(new Set(one).size).toBe(10);
  expect(drawn(items, 10, randomOf(8))).not.toEqual(one);
  expect(drawn(items, 99, randomOf(7)).toSorted((a, b) => a - b)).toEqual(items);
});
