import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as core from '../src/index.ts';

const lists = Object.entries<unknown>(core).flatMap(([name, value]): [string, readonly unknown[]][] =>
  Array.isArray(value) ? [[name, value]] : [],
);

test('all lists of words are read', () => {
  expect(lists.map(([name]) => name)).toHaveLength(26);
});

test.each(lists)('%s has each word once', (_name, words) => {
  expect(words.length).toBeGreaterThan(0);
  expect(new Set(words).size).toBe(words.length);
});

test.each(lists.filter(([name]) => name !== 'COMMAND_NAMES' && name !== 'PAD_KEYS'))(
  '%s is written as GraphQL writes enums',
  (_name, words) => {
    for (const word of words) expect(word).toMatch(/^[A-Z][A-Z0-9_]*$/);
  },
);

test('the package depends on nothing', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    expect(manifest).not.toHaveProperty(kind);
  }
});

test('a driver is what was declared', () => {
  const driver = core.defineDriver({
    vendor: 'example',
    name: 'Example',
    version: '1.0.0',
    contractVersion: core.CONTRACT_VERSION,
    models: [],
    options: {
      schema: { '~standard': { version: 1, vendor: 'example', validate: () => ({ value: {} }) } },
      descriptions: {},
    },
    probes: [],
    identify: () => ({ score: 0, reasons: [], model: null, firmware: null, mac: null }),
    capabilitiesFor: () => ({}),
    actionUrls: { maxUrlLength: null, settingsFor: () => [], parse: () => null },
    provisioning: () => null,
    diagnose: async () => [],
    isCommandKey: () => false,
  });
  expect(driver.vendor).toBe('example');
  expect(driver.contractVersion).toMatch(/^\d+\.\d+\.\d+$/);
});
