import { foundOut } from '@hookswitch/driver-kit/mutation';
import { expect, test } from 'vitest';

/** A few of them. All: `hookswitch-driver mutate --count 100`, with each seed others. */
const SAMPLE = { folder: new URL('../', import.meta.url), count: 12, seed: 1 };

test('mutants of the tables are found out by the suite', { timeout: 300_000 }, async () => {
  const { found, tried, output } = await foundOut(SAMPLE);
  expect(tried).toBeGreaterThan(0);
  expect(found, output).toBeGreaterThanOrEqual(Math.ceil(0.95 * tried) - 1);
});
