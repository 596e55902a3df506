import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { workerUrl } from '../../src/store/sqlite/worker-url.ts';
import { callEvent } from './samples.ts';
import { temporaryDirectory } from './temporary.ts';

async function modesIn(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory);
  const modes = entries.map(async (entry) => [entry, modeOf(await stat(join(directory, entry)))] as const);
  return Object.fromEntries(await Promise.all(modes));
}

function modeOf({ mode }: { readonly mode: number }): string {
  return (mode & 0o777).toString(8);
}

test('all files can be read by their owner only, in a directory made for it', async () => {
  await using directory = await temporaryDirectory();
  const dataDir = join(directory.path, 'deep', 'data');
  const store = await openSqliteStore({ dataDir });
  await store.events.append([callEvent()]);
  expect(await modesIn(dataDir)).toEqual({
    'audit.key': '600',
    'hookswitch.db': '600',
    'hookswitch.db-shm': '600',
    'hookswitch.db-wal': '600',
    'hookswitch.lock': '600',
    'hookswitch.pid': '600',
  });
  expect(modeOf(await stat(dataDir))).toBe('700');
  expect(await readFile(join(dataDir, 'hookswitch.pid'), 'utf8')).toBe(`${process.pid}\n`);
  await store.close();
  // Closed, the database is whole in one file, and nothing says that somebody has it.
  expect(Object.keys(await modesIn(dataDir)).sort()).toEqual(['audit.key', 'hookswitch.db', 'hookswitch.lock']);
});

test('a database with loose modes, as from a backup, is tightened', async () => {
  await using directory = await temporaryDirectory();
  await (await openSqliteStore({ dataDir: directory.path })).close();
  await chmod(join(directory.path, 'hookswitch.db'), 0o644);
  // As a crash leaves it.
  await writeFile(join(directory.path, 'hookswitch.db-wal'), '', { mode: 0o644 });
  const store = await openSqliteStore({ dataDir: directory.path });
  await store.check();
  expect(new Set(Object.values(await modesIn(directory.path)))).toEqual(new Set(['600']));
  await store.close();
});

test('a data directory that cannot be made is an error in words; made possible, it opens', async () => {
  await using directory = await temporaryDirectory();
  const inTheWay = join(directory.path, 'file');
  await writeFile(inTheWay, 'no directory');
  const dataDir = join(inTheWay, 'data');
  const refusal = { code: 'DISK', message: expect.stringContaining(`The data directory ${dataDir} cannot be used: `) };
  await expect(openSqliteStore({ dataDir })).rejects.toMatchObject(refusal);
  await expect(openSqliteStore({ dataDir: inTheWay })).rejects.toMatchObject({ code: 'DISK' });
  const free = join(directory.path, 'free');
  await mkdir(free);
  await (await openSqliteStore({ dataDir: free })).close();
});

test('a file that is no database is refused and the directory is free again', async () => {
  await using directory = await temporaryDirectory();
  await writeFile(join(directory.path, 'hookswitch.db'), 'This is no database at all. '.repeat(100));
  for (const _ of [1, 2]) {
    await expect(openSqliteStore({ dataDir: directory.path })).rejects.toMatchObject({
      code: 'DISK',
      message: expect.stringContaining('file is not a database'),
    });
  }
});

test('the writing thread runs from the same kind of file as its owner', () => {
  expect(workerUrl().pathname).toMatch(/\/src\/store\/sqlite\/worker\.ts$/);
});
