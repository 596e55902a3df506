import { expect, test } from 'vitest';
import type { MutantVerdict } from '../../src/mutation/mutate.ts';
import { countOf, summaryLines } from '../../src/mutation/summary.ts';

const verdict = (file: string, told: MutantVerdict['told'], isEquivalent = false): MutantVerdict => ({
  mutant: { what: 'a is b', edits: [], file },
  told,
  isEquivalent,
});
const VERDICTS = [
  verdict('src/keys.ts', { name: 'documented: the key OK', kind: 'DOCUMENTED' }),
  verdict('src/keys.ts', { name: 'it is current', kind: 'PACKAGE' }),
  verdict('src/keys.ts', null),
  verdict('src/models.ts', null, true),
];

test('mutants are counted by their table, those that change nothing apart', () => {
  expect(countOf(VERDICTS)).toEqual({ tried: 3, found: 2, byDocuments: 1, survived: 1, equivalent: 1 });
  expect(summaryLines(VERDICTS)).toEqual([
    'table          tried  found  by documents  survived  equivalent',
    'src/keys.ts        3      2             1         1           0',
    'src/models.ts      0      0             0         0           1',
    'all                3      2             1         1           1',
    '2 of 3 mutants of the tables were found out.',
  ]);
});
