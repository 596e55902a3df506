import { readFileSync } from 'node:fs';
import { CONTRACT_VERSION } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { driver } from '../src/index.ts';

test('the driver is one value with the members of the contract, in its order', () => {
  expect(Object.keys(driver)).toEqual([
    'vendor',
    'name',
    'version',
    'contractVersion',
    'models',
    'options',
    'probes',
    'identify',
    'capabilitiesFor',
    'actionUrls',
    'keysOf',
    'monitor',
    'provisioning',
    'diagnose',
    'isCommandKey',
  ]);
  expect(driver.vendor).toBe('snom');
  expect(driver.contractVersion).toBe(CONTRACT_VERSION);
  expect(driver.models).toContainEqual({ model: 'D785', functionKeys: 24 });
});

test("its version is its package's", () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect(text).toContain(`"version": "${driver.version}"`);
});
