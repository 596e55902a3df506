import { fileURLToPath } from 'node:url';
import { checkDriverPackage, driverSize } from '@hookswitch/driver-kit/check';
import { expect, test } from 'vitest';

test('the package passes the check of drivers', async () => {
  expect(await checkDriverPackage(fileURLToPath(new URL('..', import.meta.url)))).toEqual([]);
});

test('its package offers the driver and nothing that a user does not need', async () => {
  expect(Object.keys(await import('../src/index.ts'))).toEqual(['driver']);
});

test('it is about 400 lines of code without its tables', async () => {
  const { lines } = await driverSize(fileURLToPath(new URL('..', import.meta.url)));
  expect(lines).toBeLessThanOrEqual(400);
});
