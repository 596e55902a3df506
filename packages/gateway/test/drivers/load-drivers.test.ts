import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDriverRegistry } from '../../src/drivers/driver-registry.ts';
import { loadDrivers } from '../../src/drivers/load-drivers.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { acme } from '../support/driver.ts';

const SOURCE = `
const schema = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } };
export const driver = {
  vendor: 'VENDOR', name: 'Vendor', version: '0.0.0', contractVersion: 'CONTRACT', models: [],
  options: { schema, descriptions: {} }, probes: [], identify: () => ({ score: 0 }), capabilitiesFor: () => (CAPABILITIES),
  actionUrls: {}, provisioning: () => null, diagnose: async () => [], isCommandKey: () => false,
};`;

function source(vendor: string, changes: { readonly contract?: string; readonly capabilities?: string } = {}): string {
  return SOURCE.replace('VENDOR', vendor)
    .replace('CONTRACT', changes.contract ?? '1.0.0')
    .replace('CAPABILITIES', changes.capabilities ?? '{}');
}

test('drivers are found beside the configuration, as packages and as files, and among the gateway’s own', async () => {
  await using folder = await temporaryDirectory();
  const inPackage = join(folder.path, 'node_modules', 'driver-acme');
  await mkdir(inPackage, { recursive: true });
  await writeFile(join(inPackage, 'package.json'), '{"name":"driver-acme","type":"module","exports":"./index.js"}');
  await writeFile(join(inPackage, 'index.js'), source('acme'));
  await writeFile(join(folder.path, 'local.mjs'), source('local'));
  const loaded = await loadDrivers(['driver-acme', './local.mjs', '@hookswitch/driver-snom'], [folder.path]);
  expect(loaded.faults).toEqual([]);
  expect(loaded.drivers.map(({ vendor }) => vendor)).toEqual(['acme', 'local', 'snom']);
});

test('everything that is wrong with them is told at once, each by its name', async () => {
  await using folder = await temporaryDirectory();
  const files = {
    'good.mjs': source('good'),
    'double.mjs': source('good'),
    'major.mjs': source('major', { contract: '2.0.0' }),
    'minor.mjs': source('minor', { contract: '1.3.0' }),
    'odd.mjs': source('odd', { contract: 'latest' }),
    'strange.mjs': source('strange', { capabilities: '{ COFFEE: [] }' }),
    'throws.mjs': 'throw new Error("no luck")',
    'broken.mjs': source('broken', { capabilities: 'undefined.x' }),
    'empty.mjs': 'export const nothing = 1;',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  const { drivers, faults } = await loadDrivers(
    [...Object.keys(files).map((name) => `./${name}`), 'driver-missing'],
    [folder.path],
  );
  expect(drivers.map(({ vendor }) => vendor)).toEqual(['good']);
  expect(faults).toEqual([
    './double.mjs: another driver serves "good" already; one driver a vendor',
    expect.stringMatching(
      /^\.\/major\.mjs: it is written for version 2\.0\.0 of the driver contract, and this gateway has 1\.2\.0/,
    ),
    expect.stringMatching(/^\.\/minor\.mjs: it is written for version 1\.3\.0 .* has 1\.2\.0/),
    expect.stringMatching(/^\.\/odd\.mjs: it is written for version latest /),
    './strange.mjs: it claims capabilities that the contract does not know: COFFEE',
    './throws.mjs: it cannot be loaded: no luck',
    expect.stringMatching(/^\.\/broken\.mjs: Cannot read properties/),
    './empty.mjs: it exports no `driver` made by defineDriver of @hookswitch/core',
    expect.stringMatching(/^driver-missing: there is no such package or file/),
  ]);
});

test('a driver is shown with what each of its models can do', () => {
  const [view] = createDriverRegistry([acme]).views;
  expect(view).toMatchObject({ vendor: 'acme', name: 'ACME', contractVersion: '1.0.0' });
  const [model] = view?.models ?? [];
  expect(model?.model).toBe('One');
  expect(model?.capabilities[0]).toEqual({
    capability: 'PRESS_KEYS',
    transports: ['HTTP'],
    evidence: 'DOCUMENTED',
    source: 'a test',
  });
});
