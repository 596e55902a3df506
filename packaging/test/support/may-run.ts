import { spawnSync } from 'node:child_process';
import { test } from 'vitest';

/** Whether a suite's programs are here, and root, where it needs them; says loudly where not, and fails where CI needs them. */
export function mayRun(what: string, ...programs: readonly string[]): boolean {
  const missing = programs.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  const lacks = [...missing, ...(process.getuid?.() === 0 ? [] : ['root'])];
  if (lacks.length === 0) return true;
  const message = `LEFT OUT: the tests of the ${what}; they need: ${lacks.join(', ')}`;
  process.stderr.write(`\n*** ${message} ***\n\n`);
  if (process.env['CI'] === 'true') {
    test(`the tests of the ${what} can run`, () => {
      throw new Error(message);
    });
  }
  return false;
}
