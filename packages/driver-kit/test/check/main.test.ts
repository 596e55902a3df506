import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { smallPackage } from '../support/driver-package.ts';

const MAIN = fileURLToPath(new URL('../../dist/check/main.js', import.meta.url));

/** Runs the command as somebody does who has installed the kit. */
function run(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

test('a package that passes', async () => {
  await using made = await smallPackage();
  expect(await run(made.folder)).toEqual({ code: 0, out: 'The package passes.\n', err: '' });
  expect(await run(made.folder, '--json')).toEqual({ code: 0, out: '[]\n', err: '' });
});

test('a package that does not', async () => {
  await using made = await smallPackage({ keywords: [] });
  const { code, out } = await run('check', made.folder);
  expect(code).toBe(1);
  expect(out).toContain('E102 package.json: the keyword is missing\n     Add `"hookswitch-driver"` to `keywords`.');
  const asJson: unknown = JSON.parse((await run(made.folder, '--json')).out);
  expect(asJson).toEqual([{ code: 'E102', file: 'package.json', message: 'the keyword is missing' }]);
});

test('what a code means', async () => {
  const { code, out } = await run('explain', 'e107');
  expect(code).toBe(0);
  expect(out).toMatch(/^E107: `@hookswitch\/core` is a peer dependency/);
  const unknown = await run('explain', 'E999');
  expect(unknown.code).not.toBe(0);
  expect(unknown.err).toContain('There is no such code.');
});
