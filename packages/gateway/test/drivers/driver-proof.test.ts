import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDriverRegistry } from '../../src/drivers/driver-registry.ts';
import { loadDrivers } from '../../src/drivers/load-drivers.ts';
import { temporaryDirectory } from '../store/temporary.ts';

const SOURCE = `
const schema = { '~standard': { version: 1, vendor: 'test', validate: (given) =>
  given.mode === 'bad' ? { issues: [{ message: 'no such mode' }] } : { value: { mode: given.mode ?? 'a' } } } };
const dial = async () => ({ status: 'ACCEPTED', value: undefined });
export const driver = {
  vendor: 'proved', name: 'Proved', version: '1.2.3', contractVersion: '1.0.0', models: [{ model: 'P1', functionKeys: null }],
  options: { schema, descriptions: { mode: 'How it dials.' } }, probes: [],
  identify: () => ({ score: 0, reasons: [], model: null, firmware: null, mac: null }),
  capabilitiesFor: ({ firmware, options }) => {
    if (firmware === 'broken') throw new Error('no such firmware');
    return { DIAL: [{ transport: 'HTTP', evidence: 'DOCUMENTED', source: 'mode ' + options.mode, dial }] };
  },
  actionUrls: { maxUrlLength: null, settingsFor: () => [], parse: () => null },
  provisioning: () => null, diagnose: async () => [], isCommandKey: () => false,
};`;

const PHONE = {
  name: 'P1 with 2.0',
  model: 'P1',
  firmware: '2.0',
  options: { mode: 'b' },
  reachableBy: { http: true, sip: false },
  allowEvents: null,
  claims: [{ capability: 'DIAL', transport: 'HTTP', evidence: 'DOCUMENTED', source: 'mode b' }],
};
const RESULT = { vendor: 'proved', version: '1.2.3', tier: 'GOLD', cases: { count: 3, failed: 0 }, phones: [PHONE] };

/** How the driver is shown whose package brings this file; undefined: none. */
async function shown(result: string | undefined, isolation: 'none' | 'worker' = 'none') {
  await using place = await temporaryDirectory();
  const folder = join(place.path, 'node_modules', 'driver-proved');
  await mkdir(join(folder, 'dist'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"name":"driver-proved","type":"module","exports":"./dist/index.js"}');
  await writeFile(join(folder, 'dist/index.js'), SOURCE);
  if (result !== undefined) await writeFile(join(folder, 'conformance.json'), result);
  const loaded = await loadDrivers([{ name: 'driver-proved', isolation }], {
    folders: [place.path],
    events: { onEnded: () => {}, onFault: () => {} },
    limits: { loadMs: 30_000, memoryMb: 64 },
  });
  try {
    expect(loaded.broken).toEqual([]);
    const [view] = createDriverRegistry(loaded.drivers).views();
    return { tier: view?.tier, claims: view?.claims };
  } finally {
    for (const driver of loaded.drivers) await driver.close();
  }
}

const NOTHING = { tier: null, claims: [] };

test.each(['none', 'worker'] as const)('a result that is true is shown, isolation %s', async (isolation) => {
  expect(await shown(JSON.stringify(RESULT), isolation)).toEqual({
    tier: 'GOLD',
    claims: [{ phone: 'P1 with 2.0', model: 'P1', firmware: '2.0', ...PHONE.claims[0] }],
  });
});

test.each([
  ['is missing', undefined],
  ['is no JSON', '{'],
  ['is something else', '{}'],
  ['is longer than anybody reads', JSON.stringify({ ...RESULT, more: 'x'.repeat(2_000_000) })],
  ['is of another driver', JSON.stringify({ ...RESULT, vendor: 'acme' })],
  ['is of another version', JSON.stringify({ ...RESULT, version: '1.2.2' })],
  ['claims what the driver does not', JSON.stringify({ ...RESULT, phones: [{ ...PHONE, options: {} }] })],
  [
    'has options that the driver refuses',
    JSON.stringify({ ...RESULT, phones: [{ ...PHONE, options: { mode: 'bad' } }] }),
  ],
  [
    'is of a phone at which the driver fails',
    JSON.stringify({ ...RESULT, phones: [{ ...PHONE, firmware: 'broken' }] }),
  ],
])('a result that %s proves nothing', async (_, result) => {
  expect(await shown(result)).toEqual(NOTHING);
});

test('what comes with the gateway brings results that are true', async () => {
  const { drivers } = await loadDrivers(['@hookswitch/driver-snom', '@hookswitch/driver-yealink'], {
    folders: [],
    events: { onEnded: () => {}, onFault: () => {} },
  });
  for (const { tier, claims } of createDriverRegistry(drivers).views()) {
    expect(tier).not.toBe(null);
    expect(claims.length).toBeGreaterThan(100);
  }
});
