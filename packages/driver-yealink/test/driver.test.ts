import { readFileSync } from 'node:fs';
import { CONTRACT_VERSION } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { driver } from '../src/index.ts';

const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

test('the driver says who it is', () => {
  expect(driver).toMatchObject({
    vendor: 'yealink',
    name: 'Yealink',
    version: manifest.version,
    contractVersion: CONTRACT_VERSION,
  });
  expect(driver.models).toHaveLength(62);
  expect(driver.models).toContainEqual({ model: 'T46S', functionKeys: 27 });
});

test('its package offers the driver and nothing that a user does not need', async () => {
  expect(Object.keys(await import('../src/index.ts'))).toEqual(['driver']);
});
