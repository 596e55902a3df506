import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { startChild } from './children/start.ts';
import { temporaryDirectory } from './temporary.ts';

test('one process has the data directory, until it ends however it ends', async () => {
  await using directory = await temporaryDirectory();
  await using child = await startChild('check-on-demand.ts', directory.path);
  expect(await child.line()).toBe('open');
  const message = `The data directory ${directory.path} is in use by another Hookswitch gateway (process ${child.pid})`;
  const second = openSqliteStore({ dataDir: directory.path });
  await expect(second).rejects.toMatchObject({ code: 'LOCKED', message: expect.stringContaining(message) });
  // The attempt has not taken the lock from its holder.
  await expect(openSqliteStore({ dataDir: directory.path })).rejects.toMatchObject({ code: 'LOCKED' });
  child.say('write');
  expect(await child.line()).toBe('written');

  await child.kill();
  const store = await openSqliteStore({ dataDir: directory.path });
  await store.check();
  await store.close();
});

test('a process does not open it twice either, and closing sets it free', async () => {
  await using directory = await temporaryDirectory();
  const first = await openSqliteStore({ dataDir: directory.path });
  const second = openSqliteStore({ dataDir: directory.path });
  await expect(second).rejects.toMatchObject({ code: 'LOCKED', message: expect.stringContaining(`${process.pid}`) });
  // The attempt has opened and closed no file on which this process holds a lock: that would have dropped it.
  await using child = await startChild('check-on-demand.ts', directory.path);
  expect(await child.line()).toMatch(/^LOCKED /);
  await first.check();
  await Promise.all([first.close(), first.close()]);
  const third = await openSqliteStore({ dataDir: directory.path });
  await third.close();
});
