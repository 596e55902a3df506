import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeReadme } from '../../src/claims/readme.ts';
import { conformance } from '../../src/index.ts';
import { certify } from '../../src/tier/certify.ts';
import { RESULT_FILE, writeResult } from '../../src/tier/result.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { exampleDriver } from '../support/example-driver.ts';
import { exampleHarness } from '../support/example-harness.ts';
import { harnessPackage } from '../support/harness-package.ts';

/** The cases about the package that fail. */
async function failures(harness: ReturnType<typeof exampleHarness>): Promise<readonly string[]> {
  const runner = new CollectingRunner();
  conformance(runner, harness);
  return [...(await runner.failures((name) => /README|conformance\.json/.test(name))).keys()];
}

const MATRIX = 'the Example driver: the support matrix in its README is current';
const RESULT = 'the Example driver: its conformance.json is of this driver';

test('what is written into a package is current, and what was changed since is not', async () => {
  await using place = await harnessPackage();
  const { folder } = place;
  const harness = { ...exampleHarness(), folder };
  expect(await failures(harness)).toEqual([MATRIX, RESULT]);
  await writeReadme(harness, folder);
  const { result, missing, failures: failed } = await certify(harness, folder);
  expect(failed).toEqual(new Map());
  const { count } = conformance(new CollectingRunner(), harness);
  expect(result).toMatchObject({ vendor: 'example', version: '1.0.0', tier: 'GOLD', cases: { count, failed: 0 } });
  expect(missing).toContain('PLATINUM');
  await writeResult(result, folder);
  expect(await failures(harness)).toEqual([]);
  expect(await readFile(join(place.path, 'README.md'), 'utf8')).toMatch(/\| ANSWER \| D1 HTTP \|.*The end\.\n$/s);
  for (const spoilt of [
    { ...result, version: '0.9.0' },
    { ...result, cases: { count: 3, failed: 0 } },
    { ...result, phones: result.phones.map((phone) => ({ ...phone, claims: phone.claims.slice(1) })) },
    null,
  ]) {
    await writeFile(join(place.path, RESULT_FILE), JSON.stringify(spoilt));
    expect(await failures(harness)).toEqual([RESULT]);
  }
});

test('a driver that fails gets no tier, and what fails is told', async () => {
  await using place = await harnessPackage();
  const driver = { ...exampleDriver, vendor: 'No Vendor' };
  const { result, failures: failed } = await certify(exampleHarness(driver), place.folder);
  expect(result).toMatchObject({ tier: null, cases: { failed: 1 } });
  expect([...failed.keys()]).toEqual(['the Example driver: its vendor, name and version are sound']);
});

test('a README without a place for the matrix is told so', async () => {
  await using place = await harnessPackage({ 'README.md': '# Example\n' });
  await expect(writeReadme(exampleHarness(), place.folder)).rejects.toThrow('has no place for the support matrix');
});
