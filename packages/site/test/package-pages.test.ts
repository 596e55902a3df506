import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../src/folders.ts';
import { blocksOf } from './blocks/extract.ts';

/** What a page leaves to its reader, by the package: declared as what is asked for there. */
const GIVEN: Readonly<Record<string, string>> = {
  core: `
    interface MyOptions { readonly line: number }
    type Own = Parameters<typeof defineDriver<MyOptions>>[0];
    declare const options: Own['options'], probes: Own['probes'], identify: Own['identify'], actionUrls: Own['actionUrls'];
    declare const provisioning: Own['provisioning'], diagnose: Own['diagnose'], isCommandKey: Own['isCommandKey'];`,
  'driver-kit': `
    type Own = Parameters<typeof runVirtual>[0];
    declare const driver: Parameters<typeof conformance>[1]['driver'];
    declare const phone: Own['phone'], exchange: Own['exchange'], credentials: Own['credentials'];
    declare const callIdName: Own['callIdName'], user: Own['user'], handlerErrors: Own['handlerErrors'];`,
  gateway: '',
  sip: '',
};

const CONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'esnext',
    lib: ['esnext', 'dom'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    typeRoots: [join(ROOT, 'node_modules/@types')],
    types: ['node'],
  },
  include: ['page.ts'],
};

test.each(Object.entries(GIVEN))('the programs in the README of %s compile', async (name, given) => {
  const page = `packages/${name}/README.md`;
  const programs = blocksOf(page, await readFile(join(ROOT, page), 'utf8')).filter(({ language }) => language === 'ts');
  expect(programs.length).toBeGreaterThan(0);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hookswitch-page-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'node_modules/@hookswitch'), { recursive: true });
  await symlink(join(ROOT, 'packages', name), join(folder, 'node_modules/@hookswitch', name));
  await symlink(join(ROOT, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
  await writeFile(join(folder, 'page.ts'), [...programs.map(({ text }) => text), given].join('\n'));
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const said = await promisify(execFile)(tsc, ['-p', folder, '--pretty', 'false']).then(
    () => '',
    (error: Error & { readonly stdout?: string }) => error.stdout || error.message,
  );
  expect(said).toBe('');
});
