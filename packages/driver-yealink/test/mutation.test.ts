import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MAIN = createRequire(import.meta.url)
  .resolve('@hookswitch/driver-kit/package.json')
  .replace(/package\.json$/, 'dist/command/main.js');
const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** `MUTANTS=100` tries as many as the measured figure is of; each seed draws others. */
const COUNT = Number(process.env['MUTANTS'] ?? 3);
const SEED = process.env['MUTANTS_SEED'] ?? '3';

test('mutants of the tables are found out by the suite', { timeout: 120_000 + COUNT * 60_000 }, async () => {
  const args = [MAIN, 'mutate', '--count', String(COUNT), '--seed', SEED, FOLDER];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 16 * 1024 * 1024 });
  const [, found, tried] = /(\d+) of (\d+) mutants were found out\.\n$/.exec(stdout) ?? [];
  expect(Number(tried)).toBe(COUNT);
  expect(Number(found), stdout).toBeGreaterThanOrEqual(Math.ceil(0.95 * COUNT) - (COUNT < 20 ? 1 : 0));
});
