import assert from 'node:assert/strict';
import { isReadmeCurrent } from '../claims/readme.ts';
import { isResultCurrent } from '../tier/result.ts';
import type { ConformanceHarness } from './harness.ts';
import type { ConformanceTest } from './runner.ts';

/**
 * The cases of what a package says of its driver; none where the harness names no folder.
 * @param countCases how many cases the whole suite has
 */
export function packageTests<Options>(
  harness: ConformanceHarness<Options>,
  countCases: () => number,
): readonly ConformanceTest[] {
  const { folder } = harness;
  if (folder === undefined) return [];
  return [
    {
      name: 'the support matrix in its README is current',
      run: async () =>
        assert.ok(await isReadmeCurrent(harness, folder), 'look what has changed, then: `hookswitch-driver claims`'),
    },
    {
      name: 'its conformance.json is of this driver',
      run: async () =>
        assert.ok(await isResultCurrent(harness, folder, countCases()), 'write it: `hookswitch-driver certify`'),
    },
  ];
}
