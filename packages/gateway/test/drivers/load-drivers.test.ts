import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { directDriver } from '../../src/drivers/direct-driver.ts';
import { createDriverRegistry } from '../../src/drivers/driver-registry.ts';
import { type DriverChoice, loadDrivers } from '../../src/drivers/load-drivers.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { acme } from '../support/driver.ts';

/** Drivers that are ended with the test. */
async function load(names: readonly (string | DriverChoice)[], folders: readonly string[], loadMs = 30_000) {
  const loaded = await loadDrivers(names, {
    folders,
    events: { onEnded: () => {}, onFault: () => {} },
    limits: { loadMs, memoryMb: 64 },
  });
  const end = async () => void (await Promise.all(loaded.drivers.map((driver) => driver.close())));
  return { ...loaded, [Symbol.asyncDispose]: end };
}

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
  await using loaded = await load(
    [
      'driver-acme',
      { name: './local.mjs', isolation: 'none' },
      '@hookswitch/driver-snom',
      '@hookswitch/driver-yealink',
    ],
    [folder.path],
  );
  expect(loaded.broken).toEqual([]);
  expect(loaded.drivers.map(({ vendor }) => vendor)).toEqual(['acme', 'local', 'snom', 'yealink']);
  // Only those that are not ours, unless the configuration says otherwise.
  expect(loaded.drivers.map((driver) => driver.health().isolation)).toEqual(['WORKER', 'NONE', 'NONE', 'NONE']);
});

test.each(['none', 'worker'] as const)(
  'everything that is wrong with them is told by its name, isolation %s',
  async (isolation) => {
    await using folder = await temporaryDirectory();
    const files = {
      'good.mjs': source('good'),
      'double.mjs': source('good'),
      'major.mjs': source('major', { contract: '2.0.0' }),
      'minor.mjs': source('minor', { contract: '1.999.0' }),
      'odd.mjs': source('odd', { contract: 'latest' }),
      'strange.mjs': source('strange', { capabilities: '{ COFFEE: [] }' }),
      'throws.mjs': 'throw new Error("no luck")',
      'broken.mjs': source('broken', { capabilities: 'undefined.x' }),
      'empty.mjs': 'export const nothing = 1;',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
    const names = [...Object.keys(files).map((name) => `./${name}`), 'driver-missing'];
    await using loaded = await load(
      names.map((name) => ({ name, isolation })),
      [folder.path],
    );
    expect(loaded.drivers.map(({ vendor }) => vendor)).toEqual(['good']);
    expect(loaded.broken.map(({ name, fault }) => `${name}: ${fault}`)).toEqual([
      './double.mjs: another driver serves "good" already; one a vendor',
      expect.stringMatching(
        /^\.\/major\.mjs: it is written for version 2\.0\.0 of the driver contract, and this gateway has 1\.4\.0/,
      ),
      expect.stringMatching(/^\.\/minor\.mjs: it is written for version 1\.999\.0 .* has 1\.4\.0/),
      expect.stringMatching(/^\.\/odd\.mjs: it is written for version latest /),
      './strange.mjs: it claims capabilities that the contract does not know: COFFEE',
      './throws.mjs: it cannot be loaded: no luck',
      expect.stringMatching(/^\.\/broken\.mjs: Cannot read properties/),
      './empty.mjs: it exports no `driver` made by defineDriver of @hookswitch/core',
      expect.stringMatching(/^driver-missing: there is no such package or file/),
    ]);
  },
  60_000,
);

test('a driver is shown with what each of its models can do', () => {
  const [view] = createDriverRegistry([directDriver(acme)]).views();
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

test('a driver that throws, loops, exits or eats memory where it is imported is broken, and the others are there', async () => {
  const names = ['throws', 'loops', 'exits', 'eats'].map((deed) => hostile(`${deed}-at-import.ts`));
  await using loaded = await load([...names, hostile('driver.ts')], [], 15_000);
  expect(loaded.drivers.map(({ vendor }) => vendor)).toEqual(['hostile']);
  expect(loaded.broken).toEqual([
    { name: names[0], fault: 'it cannot be loaded: no luck' },
    { name: names[1], fault: 'it did not answer "load" within 15000 ms' },
    { name: names[2], fault: 'its thread ended with code 0' },
    { name: names[3], fault: 'it took more memory than it may have' },
  ]);
}, 60_000);

test('a driver whose own timer throws is started again, and again later each time', async () => {
  await using loaded = await load([hostile('throws-later.ts')], []);
  const [driver] = loaded.drivers;
  await expect.poll(() => driver?.health().restarts, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expect(driver?.health().fault).toMatch(/it threw Error behind everybody's back/);
}, 60_000);

function hostile(file: string): string {
  return fileURLToPath(new URL(`./hostile/${file}`, import.meta.url));
}
