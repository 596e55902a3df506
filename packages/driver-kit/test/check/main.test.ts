import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { driverSize } from '../../src/check/index.ts';
import { ENTRY, smallPackage } from '../support/driver-package.ts';

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

test('how much code there is: no comments, no imports, tables apart, and no virtual phone', async () => {
  const models = "// Models.\nexport { models } from './models.table.js';\n";
  const table = "/* A\n   table. */\nexport const models = [\n  { model: 'S1', functionKeys: 1 }, // one\n\n];\n";
  await using made = await smallPackage({}, { 'dist/models.js': models, 'dist/models.table.js': table });
  const told = await run('size', made.folder);
  expect(told).toMatchObject({ code: 0, err: '' });
  const entry = ENTRY.split('\n').filter((line) => line !== '' && !line.startsWith('import')).length;
  expect(told.out).toBe(
    [`    ${entry}  dist/index.js`, '     1  dist/models.js', '     3  dist/models.table.js']
      .concat(`${entry + 1} lines of code, and 3 of tables.`, '')
      .join('\n'),
  );
  const asJson: unknown = JSON.parse((await run('size', made.folder, '--json')).out);
  expect(asJson).toMatchObject({ lines: entry + 1, tables: 3 });
});

test('modules that cannot be read, and a folder without a manifest, have no code', async () => {
  await using made = await smallPackage({}, { 'dist/models.js': 'no module {' });
  expect((await driverSize(made.folder)).modules).toContainEqual({ file: 'dist/models.js', lines: 0 });
  expect(await driverSize(dirname(made.folder))).toEqual({ lines: 0, tables: 0, modules: [] });
});

test('what a code means', async () => {
  const { code, out } = await run('explain', 'e107');
  expect(code).toBe(0);
  expect(out).toMatch(/^E107: `@hookswitch\/core` is a peer dependency/);
  const unknown = await run('explain', 'E999');
  expect(unknown.code).not.toBe(0);
  expect(unknown.err).toContain('There is no such code.');
});
