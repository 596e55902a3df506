import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import rootManifest from '../../package.json' with { type: 'json' };
import { REPOSITORY } from './support/container-file.ts';

const run = promisify(execFile);
const PACKAGES = 14;

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

let folder: string;
/** Tarballs, and what each holds, unpacked. */
let packed: readonly {
  readonly tarball: string;
  readonly unpacked: string;
  readonly files: readonly string[];
  readonly manifest: Manifest;
}[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hookswitch-tarballs-'));
  const pack = ['-r', '--filter', './packages/*', 'pack', '--pack-destination', folder];
  await run('npx', ['-y', rootManifest.packageManager, ...pack], { cwd: REPOSITORY, maxBuffer: 2 ** 26 });
  const names = (await readdir(folder)).filter((name) => name.endsWith('.tgz')).sort();
  const all = await Promise.all(
    names.map(async (name) => {
      const unpacked = join(folder, name.slice(0, -'.tgz'.length));
      await run('mkdir', [unpacked]);
      await run('tar', ['-xzf', join(folder, name), '-C', unpacked, '--strip-components=1']);
      const entries = await readdir(unpacked, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      const manifest: Manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'));
      return { tarball: join(folder, name), unpacked, files, manifest };
    }),
  );
  packed = all.filter(({ manifest }) => manifest.private !== true);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every package that is published is packed, with its licence, its page and a manifest that says all', () => {
  expect(packed).toHaveLength(PACKAGES);
  for (const { manifest, unpacked, files } of packed) {
    expect(manifest).toMatchObject({
      name: expect.stringMatching(/^(hookswitch|create-hookswitch-driver|@hookswitch\/[a-z-]+)$/),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      description: expect.stringMatching(/./),
      license: 'Apache-2.0',
      type: 'module',
      files: expect.arrayContaining(['dist']),
      exports: expect.objectContaining({ './package.json': './package.json' }),
      engines: { node: '>=24' },
      publishConfig: { access: 'public', provenance: true },
    });
    for (const name of ['LICENSE', 'README.md']) expect(files).toContain(join(unpacked, name));
    expect(Object.values(manifest.dependencies ?? {}).filter((range) => /workspace:|catalog:/.test(range))).toEqual([]);
  }
});

test('no tarball holds tests, paths of a machine, or maps of files that are not there', async () => {
  const faults: string[] = [];
  for (const { unpacked, files } of packed) {
    for (const file of files) {
      const name = file.slice(unpacked.length + 1);
      // What a driver's package is made of has tests of its own.
      if (
        !name.startsWith('template/') &&
        /\.test\.|(^|\/)(test|tests|coverage|node_modules)\/|\.tsbuildinfo$|(^|\/)\.env/.test(name)
      )
        faults.push(`${name}: a test`);
      const text = await readFile(file, 'utf8');
      if (text.includes(REPOSITORY)) faults.push(`${name}: holds a path of this machine`);
      if (!name.endsWith('.map')) continue;
      const { sources }: { readonly sources: readonly string[] } = JSON.parse(text);
      for (const source of sources) if (!files.includes(join(file, '..', source))) faults.push(`${name}: no ${source}`);
    }
  }
  expect(faults).toEqual([]);
});

test('publint finds nothing in any tarball', async () => {
  for (const { unpacked, manifest } of packed) {
    const { messages } = await publint({ pkgDir: unpacked, pack: false, strict: true });
    expect([manifest.name, messages]).toEqual([manifest.name, []]);
  }
});

test('TypeScript resolves the types of every package that has some, as Node.js and bundlers see them', async () => {
  let looked = 0;
  for (const { tarball, manifest } of packed) {
    if (Object.keys(manifest.exports).every((path) => path === './package.json')) continue;
    looked += 1;
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(tarball))), {
      excludeEntrypoints: [/\.(graphql|json)$/],
    });
    if (result.types === false) throw new Error(`${manifest.name} has no types`);
    const problems = result.problems.filter(
      // For require() of ES modules Node.js 24 and later need no second build; resolution without "exports" is none of theirs.
      (problem) =>
        problem.kind !== 'CJSResolvesToESM' && !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
    );
    expect([manifest.name, problems]).toEqual([manifest.name, []]);
  }
  expect(looked).toBe(PACKAGES - 3);
});
