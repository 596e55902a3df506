import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

/** A driver that dials in two requests, so that one may be under way while its files change. */
const source = (version: string, more = ''): string => `
const schema = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } };
const documented = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'a test' };
const dial = async ({ to }, context) => {
  await context.http.send({ method: 'GET', target: '/${version}/first?' + to });
  await context.http.send({ method: 'GET', target: '/${version}/second?' + to });
  return { status: 'ACCEPTED', value: undefined };
};
export const driver = {
  vendor: 'made', name: 'Made', version: '${version}', contractVersion: '1.0.0', models: [{ model: 'M', functionKeys: null }],
  options: { schema, descriptions: {} }, probes: [],
  identify: () => ({ score: 0, reasons: [], model: null, firmware: null, mac: null }),
  capabilitiesFor: () => ({ DIAL: [{ ...documented, dial }] ${more} }),
  actionUrls: { maxUrlLength: null, settingsFor: () => [], parse: () => null },
  provisioning: () => null, diagnose: async () => [], isCommandKey: () => false,
};`;

/** Waits longer than a machine that has much to do takes. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 30_000 });

test('a driver whose file changes is there anew without a restart; a command that is under way ends as it began', async () => {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'made.mjs');
  await writeFile(file, source('1.0.0'));
  const gate = Promise.withResolvers<void>();
  await using slow = await scriptedPhone(async ({ target }, response) => {
    if (target?.endsWith('/first?1') === true) await gate.promise;
    response.end('ok');
  });
  await using other = await scriptedPhone((_request, response) => void response.end('ok'));
  const running = await testGateway({ drivers: null, config: { drivers: [{ name: file, watch: true }] } });
  onTestFinished(() => running[Symbol.asyncDispose]());
  const { application } = running;
  const shown = () => application.drivers.get('made');
  const [desk, hall] = [
    await running.addPhone({ name: 'Desk', vendor: 'made', address: slow.origin }),
    await running.addPhone({ name: 'Hall', vendor: 'made', address: other.origin }),
  ];
  const dial = { name: 'dial', arguments: { to: '1' } } as const;
  const underWay = running.run(desk, dial);
  await eventually(() => expect(slow.requests).toHaveLength(1));

  await writeFile(
    file,
    source('2.0.0', ', HANG_UP: [{ ...documented, hangUp: async () => ({ status: "ACCEPTED" }) }]'),
  );
  await eventually(() => expect(application.phones.capabilities(hall.id)).toHaveLength(2));
  expect(shown()).toMatchObject({
    version: '2.0.0',
    models: [{ capabilities: [{ capability: 'DIAL' }, { capability: 'HANG_UP' }] }],
    health: { state: 'RUNNING', isolation: 'WORKER', fault: null, restarts: 0 },
  });
  expect(await running.run(hall, dial)).toMatchObject({ status: 'ACCEPTED' });
  expect(other.requests.map(({ target }) => target)).toEqual(['/2.0.0/first?1', '/2.0.0/second?1']);
  gate.resolve();
  expect(await underWay).toMatchObject({ status: 'ACCEPTED' });
  expect(slow.requests.map(({ target }) => target)).toEqual(['/1.0.0/first?1', '/1.0.0/second?1']);

  // Half of it is written: the one before runs on, and it is said.
  await writeFile(file, `${source('3.0.0')} export const more = {`);
  await eventually(() =>
    expect(shown()?.health.fault).toMatch(/^What was written last cannot be loaded: .*The one before runs on/),
  );
  expect(shown()).toMatchObject({ version: '2.0.0', health: { state: 'RUNNING' } });
  expect(await running.run(hall, dial)).toMatchObject({ status: 'ACCEPTED' });
  expect(other.requests.at(-1)?.target).toBe('/2.0.0/second?1');
  // Another vendor's is another driver.
  await writeFile(file, source('3.0.0').replace("vendor: 'made'", "vendor: 'else'"));
  await eventually(() => expect(shown()?.health.fault).toContain('it serves "else" now'));
  await writeFile(file, source('3.0.1'));
  await eventually(() => expect(shown()).toMatchObject({ version: '3.0.1', health: { fault: null } }));
  // Its phones are asked anew behind it: this one cannot hang up.
  await eventually(() => expect(application.phones.capabilities(hall.id)).toHaveLength(1));
  expect(await running.run(hall, dial)).toMatchObject({ status: 'ACCEPTED' });
  expect(other.requests.at(-1)?.target).toBe('/3.0.1/second?1');
}, 120_000);

test('what a driver imports belongs to it', async () => {
  await using folder = await temporaryDirectory();
  await writeFile(join(folder.path, 'version.mjs'), "export const version = '1';");
  const text = source('0').replace("version: '0'", 'version');
  await writeFile(join(folder.path, 'made.mjs'), `import { version } from './version.mjs';\n${text}`);
  const running = await testGateway({
    drivers: null,
    config: { drivers: [{ name: './made.mjs', watch: true }], configDir: folder.path },
  });
  onTestFinished(() => running[Symbol.asyncDispose]());
  expect(running.application.drivers.get('made')?.version).toBe('1');
  await writeFile(join(folder.path, 'version.mjs'), "export const version = '2';");
  await eventually(() => expect(running.application.drivers.get('made')?.version).toBe('2'));
}, 60_000);

test('the tier of a driver whose file changes is not that of the one which was certified', async () => {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'made.mjs');
  const result = { vendor: 'made', version: '1.0.0', tier: 'GOLD', phones: [] };
  await Promise.all([
    writeFile(file, source('1.0.0')),
    writeFile(join(folder.path, 'package.json'), '{}'),
    writeFile(join(folder.path, 'conformance.json'), JSON.stringify(result)),
  ]);
  const running = await testGateway({ drivers: null, config: { drivers: [{ name: file, watch: true }] } });
  onTestFinished(() => running[Symbol.asyncDispose]());
  const tier = () => running.application.drivers.get('made')?.tier;
  expect(tier()).toBe('GOLD');
  await writeFile(file, `${source('1.0.0')} // changed`);
  await eventually(() => expect(tier()).toBeNull());
}, 60_000);

test('a driver that is watched runs in a worker', () => {
  const text = 'drivers: [{ name: ./a.mjs, isolation: none, watch: true }]';
  const parsed = parseConfig({}, { text, name: 'x.yaml', folder: '.' });
  expect('faults' in parsed && parsed.faults).toEqual([
    expect.stringContaining('a driver that is watched runs in a worker'),
  ]);
});
