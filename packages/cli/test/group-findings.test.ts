import { expect, test } from 'vitest';
import { findingLines, groupFindings } from '../src/doctor/group-findings.ts';

const FIX = 'Pull it out and put it in again.';
const off = (about: string, message = 'it is off.') =>
  ({ about, code: 'OFF', severity: 'PROBLEM', message, fix: FIX }) as const;
const linesOf = (findings: Parameters<typeof groupFindings>[0]) => groupFindings(findings).map(findingLines);

test('what is the same stands once, where it was met first', () => {
  const fine = { about: 'c', code: 'FINE', severity: 'OK', message: 'it is on.', fix: null } as const;
  expect(linesOf([off('a'), fine, off('b'), off('a'), { ...fine, about: 'd', message: 'it is green.' }])).toEqual([
    ['a, b: it is off.'],
    ['c: it is on.'],
    ['d: it is green.'],
  ]);
});

test('the same code is another finding where something else is to be done, or it weighs more', () => {
  expect(linesOf([off('a'), { ...off('b'), fix: 'Wait.' }, { ...off('c'), severity: 'NOTICE' }])).toHaveLength(3);
});

test('each place keeps its own words', () => {
  expect(linesOf([off('a', 'off since 1.'), off('b', 'off since 2.'), off('c', 'off since 1.')])).toEqual([
    ['a, c: off since 1.', 'b: off since 2.'],
  ]);
});

test('many are counted', () => {
  const many = Array.from({ length: 200 }, (_, index) => `p${index}`);
  expect(linesOf(many.map((name) => off(name)))).toEqual([
    ['p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, … (200 in all): it is off.'],
  ]);
  const lines = linesOf(many.map((name) => off(name, `${name} is off.`)))[0] ?? [];
  expect(lines).toHaveLength(11);
  expect(lines.at(-1)).toBe('… (200 in all; --json tells of each)');
  expect(linesOf(many.slice(0, 10).map((name) => off(name, `${name} is off.`)))[0]).toHaveLength(10);
});

test('what others have written does nothing to a terminal', () => {
  expect(linesOf([off('a\u001b[2J', 'off\nand gone.')])).toEqual([['a [2J: off and gone.']]);
});
