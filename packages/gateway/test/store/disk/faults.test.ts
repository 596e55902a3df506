import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { ACME_CONFIG, addPhone, type GatewayProcess, startProcess } from '../../support/process.ts';
import { scriptedPhone, staysSilent } from '../../support/scripted-phone.ts';
import { range } from '../samples.ts';
import { temporaryDirectory } from '../temporary.ts';
import { type DiskFault, type TestDisk, testDisk } from './disk.ts';
import { eventsIn } from './events-in.ts';

/** What may take a store away. @returns how it comes back */
type Fault = (setup: { readonly disk: TestDisk; readonly dataDir: string }) => Promise<() => Promise<void>>;

const disk =
  (fault: DiskFault): Fault =>
  async (setup) => {
    await setup.disk.set('database', fault);
    return () => setup.disk.set('database');
  };
const lock: Fault = async ({ dataDir }) => {
  const other = new DatabaseSync(join(dataDir, 'hookswitch.db'), { timeout: 5_000 });
  other.exec('BEGIN EXCLUSIVE');
  return async () => {
    other.exec('ROLLBACK');
    other.close();
  };
};

const FAULTS: readonly [string, Fault, RegExp][] = [
  ['a full disk', disk({ writes: 'ENOSPC' }), /^store: The store cannot write: database or disk is full/m],
  ['a disk that does not write', disk({ writes: 'EIO' }), /^store: The store cannot write: disk I\/O error/m],
  ['a disk that does not sync', disk({ syncs: 'EIO' }), /^store: The store cannot write: disk I\/O error/m],
  [
    'a file system that has become read-only',
    disk({ writes: 'EROFS', opens: 'EROFS' }),
    /^store: The store cannot write: .*(I\/O error|readonly)/m,
  ],
  ['a database that another process has locked', lock, /^store: (The store has not answered|.*locked)/m],
];

const DIAL = 'mutation ($id: ID!) { dial(phoneId: $id, command: { to: "101" }) { status failure { message } } }';

/** A gateway in a process of its own, on a disk that can be made to fail, and a phone of it. */
async function onTestDisk() {
  const [scratch, data] = [await temporaryDirectory(), await temporaryDirectory()];
  const config = join(scratch.path, 'hookswitch.yaml');
  await writeFile(config, ACME_CONFIG);
  const disk = await testDisk(data.path, scratch.path);
  const phone = await scriptedPhone();
  const start = (): GatewayProcess =>
    startProcess({ HOOKSWITCH_CONFIG: config, HOOKSWITCH_DATA_DIR: data.path, ...disk.environment });
  let gateway = start();
  const added = await addPhone(gateway, { name: 'Desk', address: phone.origin });
  const path = added.base.replace(/^.*(?=\/a\/)/, '');
  const fetched = async (target: string): Promise<string> => (await fetch(`${await gateway.url}${target}`)).text();
  return {
    disk,
    phone,
    id: added.id,
    dataDir: data.path,
    get gateway() {
      return gateway;
    },
    /** What the phone is answered to ten reports at once. */
    async report(name: string): Promise<readonly number[]> {
      const url = `${await gateway.url}${path}/hello`;
      return Promise.all(range(10).map(async (n) => (await fetch(`${url}?n=${name}-${n}`)).status));
    },
    ready: () => fetched('/health/ready'),
    metrics: () => fetched('/metrics'),
    dial: () =>
      gateway.graphql(DIAL, { id: added.id }).then(
        ({ dial }) => dial,
        (error: Error) => error.message,
      ),
    async killAndRestart() {
      gateway.kill('SIGKILL');
      await gateway.ended;
      gateway = start();
    },
    async stop() {
      gateway.kill('SIGTERM');
      return gateway.ended;
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await phone[Symbol.asyncDispose]();
      await Promise.all([scratch, data].map((directory) => directory[Symbol.asyncDispose]()));
    },
  };
}

const ALL_TAKEN = range(10).map(() => 200);
const WHOLE = 'ready\nstore: ok\nspool: ok, empty\n';
/** So soon it must be well again. */
const WITHIN = { timeout: 5_000, interval: 20 };

describe.runIf(process.platform === 'linux')('while the store is away', { timeout: 60_000 }, () => {
  test.each(FAULTS)('behind %s reports count, nothing is sent, and it comes back by itself', async (_, fault, said) => {
    await using setup = await onTestDisk();
    expect(await setup.report('before')).toEqual(ALL_TAKEN);
    const mend = await fault(setup);
    expect(await setup.report('during')).toEqual(ALL_TAKEN);
    expect(await setup.report('more')).toEqual(ALL_TAKEN);
    expect(await setup.ready()).toMatch(/^not ready$[\s\S]*^spool: ok, 20 reports wait in \d+ of \d+ bytes$/m);
    expect(await setup.ready()).toMatch(said);
    const metrics = await setup.metrics();
    for (const line of ['store_up 0', 'spool_up 1', 'spool_events 20', 'events_spooled_total 20']) {
      expect(metrics).toMatch(new RegExp(`^hookswitch_${line}$`, 'm'));
    }
    expect(await setup.dial()).toMatch(/STORE_UNAVAILABLE/);
    expect(setup.phone.requests).toEqual([]);
    const mendedAt = Date.now();
    await mend();
    await expect.poll(setup.ready, WITHIN).toBe(WHOLE);
    expect(await setup.metrics()).toMatch(/^hookswitch_store_up 1$/m);
    expect(await setup.report('after')).toEqual(ALL_TAKEN);
    expect(await setup.dial()).toMatchObject({ failure: null });
    expect(setup.phone.requests).toHaveLength(1);
    expect(await setup.stop()).toEqual({ code: 0, signal: null });

    const events = await eventsIn(setup.dataDir);
    const names = events.map(({ name }) => name);
    expect(names.map((name) => name.replace(/-\d$/, ''))).toEqual(
      ['before', 'during', 'more', 'after'].flatMap((name) => range(10).map(() => name)),
    );
    expect(new Set(names).size).toBe(40);
    // The true time, not that of the way into the log.
    expect(events.slice(10, 30).every(({ receivedAt }) => receivedAt < mendedAt)).toBe(true);
  });

  test('with the spool away as well nothing is said to be kept, until one of them is back', async () => {
    await using setup = await onTestDisk();
    await setup.disk.set('database', { writes: 'EIO' });
    expect(await setup.report('spooled')).toEqual(ALL_TAKEN);
    await setup.disk.set('spool', { syncs: 'EIO' });
    expect(await setup.report('refused')).toEqual(range(10).map(() => 503));
    expect(await setup.ready()).toMatch(/^spool: The event spool in .* cannot write: EIO.*\(10 reports wait/m);
    expect(await setup.metrics()).toMatch(/^hookswitch_spool_up 0$/m);
    await setup.disk.set('spool');
    expect(await setup.report('again')).toEqual(ALL_TAKEN);
    await setup.disk.set('database');
    await expect.poll(setup.ready, WITHIN).toBe(WHOLE);
    await setup.stop();
    const names = (await eventsIn(setup.dataDir)).map(({ name }) => name);
    expect(names.filter((name) => !name.startsWith('refused')).map((name) => name.replace(/-\d$/, ''))).toEqual([
      ...range(10).map(() => 'spooled'),
      ...range(10).map(() => 'again'),
    ]);
  });

  test('with a spool that fails alone the log takes what comes', async () => {
    await using setup = await onTestDisk();
    await setup.disk.set('database', { writes: 'EIO' });
    expect(await setup.report('spooled')).toEqual(ALL_TAKEN);
    await setup.disk.set('spool', { writes: 'EIO' });
    await setup.disk.set('database');
    expect(await setup.report('logged')).toEqual(ALL_TAKEN);
    await setup.disk.set('spool');
    await expect.poll(setup.ready, WITHIN).toBe(WHOLE);
    await setup.stop();
    const names = (await eventsIn(setup.dataDir)).map(({ name }) => name);
    expect([names.length, new Set(names).size]).toEqual([20, 20]);
  });

  test('killed, the next gateway finds in the spool what was answered', async () => {
    await using setup = await onTestDisk();
    await setup.disk.set('database', { writes: 'ENOSPC' });
    expect(await setup.report('spooled')).toEqual(ALL_TAKEN);
    await setup.disk.set('database');
    await setup.killAndRestart();
    await setup.gateway.url;
    await expect.poll(setup.ready, WITHIN).toBe(WHOLE);
    expect(await setup.report('after')).toEqual(ALL_TAKEN);
    await setup.stop();
    expect((await eventsIn(setup.dataDir)).map(({ name }) => name.replace(/-\d$/, ''))).toEqual([
      ...range(10).map(() => 'spooled'),
      ...range(10).map(() => 'after'),
    ]);
  });

  test('what became of a command that was sent is told, and written when the store is back', async () => {
    await using setup = await onTestDisk();
    setup.phone.script = staysSilent;
    const dialled = setup.dial();
    await setup.phone.received(1);
    await setup.disk.set('database', { writes: 'ENOSPC' });
    await setup.phone.stop();
    expect(await dialled).toMatchObject({ status: 'UNKNOWN', failure: null });
    await setup.disk.set('database');
    await setup.stop();
    const database = new DatabaseSync(join(setup.dataDir, 'hookswitch.db'), { readOnly: true });
    const command = database.prepare('SELECT status, settled_at FROM commands').get();
    database.close();
    expect(command).toMatchObject({ status: 'UNKNOWN', settled_at: expect.any(Number) });
  });
});
