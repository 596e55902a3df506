import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokenWords, createDriverRegistry } from '../../src/drivers/driver-registry.ts';
import { loadDrivers } from '../../src/drivers/load-drivers.ts';
import { shownFault, shownName } from '../../src/drivers/shown-name.ts';
import { temporaryDirectory } from '../store/temporary.ts';

test.each([
  ['@acme/driver-acme', '@acme/driver-acme'],
  ['driver-acme', 'driver-acme'],
  ['./drivers/acme.mjs', 'acme.mjs'],
  ['../acme/', 'acme'],
  ['/home/somebody/secret/acme.mjs', 'acme.mjs'],
  ['C:\\Users\\somebody\\acme.mjs', 'acme.mjs'],
  ['file:///home/somebody/acme.mjs', 'acme.mjs'],
])('the driver %s is shown as %s', (name, shown) => {
  expect(shownName(name)).toBe(shown);
});

test.each([
  [
    "it cannot be loaded: Cannot find package 'x' imported from /home/somebody/acme.mjs",
    "it cannot be loaded: Cannot find package 'x' imported from acme.mjs",
  ],
  ["Cannot find module 'file:///home/somebody/a.mjs'", "Cannot find module 'a.mjs'"],
  ['it is written for version 2.0.0 and/or http://example.com/docs', null],
])('the fault %s', (fault, shown) => {
  expect(shownFault(fault)).toBe(shown ?? fault);
});

test.each(['none', 'worker'] as const)(
  'a broken driver tells nobody where it lies: isolation %s',
  async (isolation) => {
    await using folder = await temporaryDirectory();
    const name = join(folder.path, 'acme.mjs');
    await writeFile(name, `import './gone.mjs';`);
    const events = { onEnded: () => {}, onFault: () => {} };
    const { broken } = await loadDrivers([{ name, isolation }], { folders: [], events });
    const registry = createDriverRegistry([], broken);
    const told = JSON.stringify([registry.views(), brokenWords(registry)]);
    expect(told).not.toContain(folder.path);
    expect(registry.views()).toMatchObject([{ vendor: 'acme.mjs', name: 'acme.mjs' }]);
    expect(broken.map((one) => one.name)).toEqual([name]);
  },
);
