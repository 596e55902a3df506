import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DRIVER_FILES } from '../../src/check/file-rules.ts';

const CORE = new URL('../../../core', import.meta.url);

/** The least module of a driver that the check has nothing against. */
export const ENTRY = `import { CONTRACT_VERSION, defineDriver } from '@hookswitch/core';
import { models } from './models.js';

export const driver = defineDriver({
  vendor: 'small', name: 'Small', version: '1.2.3', contractVersion: CONTRACT_VERSION,
  models,
  options: {
    schema: { '~standard': { version: 1, vendor: 'small', validate: (value) => ({ value }) } },
    descriptions: { answerKey: 'The key that answers.' },
  },
  probes: [], identify: () => ({ score: 0, reasons: [], model: null, firmware: null, mac: null }),
  capabilitiesFor: () => ({}),
  actionUrls: { maxUrlLength: null, settingsFor: () => [], parse: () => null },
  provisioning: () => null, diagnose: async () => [], isCommandKey: () => false,
});
`;

/** What stands in the manifest of {@link smallPackage}. */
export const MANIFEST = {
  name: 'hookswitch-driver-small',
  version: '1.2.3',
  keywords: ['hookswitch-driver'],
  license: 'MIT',
  type: 'module',
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
  files: ['dist', 'src'],
  engines: { node: '>=24' },
  scripts: { build: 'tsc' },
  peerDependencies: { '@hookswitch/core': '^0.0.0' },
} as const;

/** Files by their path; null takes one away. */
export type Files = Readonly<Record<string, string | null>>;

/** A package of a driver in a folder of its own, which passes the check but for what is given. */
export async function smallPackage(
  manifest: Readonly<Record<string, unknown>> = {},
  files: Files = {},
): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hookswitch-check-')));
  const all: Files = {
    ...Object.fromEntries(DRIVER_FILES.map((file) => [file, ''])),
    'package.json': JSON.stringify({ ...MANIFEST, ...manifest }),
    'README.md': '| S1 | one key |\n\n`answerKey`: the key that answers.\n',
    'dist/index.js': ENTRY,
    'dist/index.d.ts': '',
    'dist/models.js': "export const models = [{ model: 'S1', functionKeys: 1 }];\n",
    'test/conformance.test.ts': '',
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    if (text === null) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await mkdir(join(folder, 'node_modules/@hookswitch'), { recursive: true });
  await symlink(CORE, join(folder, 'node_modules/@hookswitch/core'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
