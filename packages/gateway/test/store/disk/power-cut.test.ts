import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACME_CONFIG, addPhone, startProcess } from '../../support/process.ts';
import { range } from '../samples.ts';
import { temporaryDirectory } from '../temporary.ts';
import { type TestDisk, testDisk } from './disk.ts';
import { eventsIn } from './events-in.ts';

const onLinux = test.runIf(process.platform === 'linux');
const SENDERS = 16;

/** Reports from many sides until the gateway is gone. @returns the names of the events that were answered 200 */
function reportForEver(base: string) {
  const answered = new Set<string>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const send = async (sender: number): Promise<void> => {
    for (let count = 0; ; count += 1) {
      const name = `${sender}-${count}`;
      const response = await fetch(`${base}/hello?n=${name}`).catch(() => null);
      if (response === null) return;
      if (response.status === 200) answered.add(name);
      while ((waiting[0]?.count ?? Number.POSITIVE_INFINITY) <= answered.size) waiting.shift()?.resolve();
    }
  };
  const senders = Promise.all(range(SENDERS).map(send));
  return {
    answered,
    /** Resolves when so many were answered. */
    reached(count: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ count: answered.size + count, resolve });
      return promise;
    },
    /** Resolves when the gateway answers no more. */
    ended: senders,
  };
}

interface Cut {
  readonly disk: TestDisk;
  readonly reports: ReturnType<typeof reportForEver>;
  readonly url: string;
}

/** @returns names of events that were answered 200 before the power went, and those that are kept after it */
async function powerCut(work: (cut: Cut) => Promise<void>) {
  await using scratch = await temporaryDirectory();
  await using data = await temporaryDirectory();
  await using rest = await temporaryDirectory();
  const config = join(scratch.path, 'hookswitch.yaml');
  await writeFile(config, ACME_CONFIG);
  const environment = { HOOKSWITCH_CONFIG: config, HOOKSWITCH_LOG_LEVEL: 'info' };
  const disk = await testDisk(data.path, scratch.path);
  await using gateway = startProcess({ ...environment, HOOKSWITCH_DATA_DIR: data.path, ...disk.environment });
  const { base } = await addPhone(gateway, { name: 'Desk' });
  const reports = reportForEver(base);
  await work({ disk, reports, url: await gateway.url });
  gateway.kill('SIGKILL');
  await reports.ended;
  await disk.afterPowerCut(rest.path);
  await using next = startProcess({ ...environment, HOOKSWITCH_DATA_DIR: rest.path });
  const url = await next.url;
  await expect
    .poll(async () => (await fetch(`${url}/health/ready`)).text(), { timeout: 10_000 })
    .toBe('ready\nstore: ok\nspool: ok, empty\n');
  next.kill('SIGTERM');
  await next.ended;
  const kept = (await eventsIn(rest.path)).map(({ name }) => name);
  // No event twice, whatever was in doubt.
  expect(new Set(kept).size).toBe(kept.length);
  return { lost: [...reports.answered].filter((name) => !kept.includes(name)), answered: reports.answered.size };
}

const FULL = { writes: 'ENOSPC' } as const;

onLinux('what was answered 200 survives a loss of power', { timeout: 60_000 }, async () => {
  const { lost, answered } = await powerCut(({ reports }) => reports.reached(500));
  expect([lost, answered >= 500]).toEqual([[], true]);
});

onLinux('so does what was answered from the spool', { timeout: 60_000 }, async () => {
  const { lost, answered } = await powerCut(async ({ disk, reports }) => {
    await reports.reached(200);
    await disk.set('database', FULL);
    await reports.reached(300);
  });
  expect([lost, answered >= 500]).toEqual([[], true]);
});

onLinux('and what was moving from the spool to the log', { timeout: 60_000 }, async () => {
  const { lost, answered } = await powerCut(async ({ disk, reports }) => {
    await disk.set('database', FULL);
    await reports.reached(2_000);
    await disk.set('database');
    // Nothing is waited for that says that it is done: some have moved, and others have not.
    await reports.reached(50);
  });
  expect([lost, answered >= 2_050]).toEqual([[], true]);
});

onLinux('what moved to the log and still lies in the spool is there once', { timeout: 60_000 }, async () => {
  const { lost, answered } = await powerCut(async ({ disk, reports, url }) => {
    await disk.set('database', FULL);
    await reports.reached(500);
    // The spool cannot be emptied any more, so that the next gateway finds all of it again.
    await disk.set('spool', { writes: 'EIO' });
    await disk.set('database');
    await expect
      .poll(async () => (await fetch(`${url}/metrics`)).text(), { timeout: 10_000 })
      .toMatch(/^hookswitch_spool_events 0$/m);
  });
  expect([lost, answered >= 500]).toEqual([[], true]);
});

// Whether the tests above can see anything: the same with a disk that says that it has synced, and has not.
onLinux('a missing sync of the database is seen', { timeout: 60_000 }, async () => {
  const { lost } = await powerCut(async ({ disk, reports }) => {
    await disk.set('database', { lies: true });
    await reports.reached(200);
  });
  expect(lost.length).toBeGreaterThan(100);
});

onLinux('a missing sync of the spool is seen', { timeout: 60_000 }, async () => {
  const { lost } = await powerCut(async ({ disk, reports }) => {
    await disk.set('database', FULL);
    await disk.set('spool', { lies: true });
    await reports.reached(200);
  });
  expect(lost.length).toBeGreaterThan(100);
});
