import { expect, test } from 'vitest';
import { isSameData } from '../../src/mutation/equivalent.ts';

const DATA = {
  WORDS: new Set(['a', 'b']),
  ROWS: new Map([[1, ['x']]]),
  PATTERN: /a/i,
  NONE: null,
  LIST: [{ on: true }],
};

test('the same data is no change', () => {
  expect(isSameData(DATA, { ...DATA, WORDS: new Set(['a', 'b']), ROWS: new Map([[1, ['x']]]) })).toBe(true);
});

test.each([
  ['another word', { ...DATA, WORDS: new Set(['a', 'c']) }],
  ['another order', { ...DATA, WORDS: new Set(['b', 'a']) }],
  ['another row', { ...DATA, ROWS: new Map([[1, ['y']]]) }],
  ['another pattern', { ...DATA, PATTERN: /b/i }],
  ['another switch', { ...DATA, LIST: [{ on: false }] }],
  ['a member more', { ...DATA, LIST: [{ on: true, off: undefined }] }],
  ['an export less', { WORDS: DATA.WORDS }],
])('%s is one', (_, changed) => {
  expect(isSameData(DATA, changed)).toBe(false);
});

test('of what a function or an object of a class holds nothing is known', () => {
  const read = () => true;
  expect(isSameData({ read }, { read })).toBe(false);
  expect(isSameData({ when: new Date(0) }, { when: new Date(0) })).toBe(false);
  expect(isSameData({ LIST: [[read]] }, { LIST: [[read]] })).toBe(false);
});
