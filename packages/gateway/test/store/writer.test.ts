import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as isBeingWritten } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadSecretKeyFile } from '../../src/security/secret-key.ts';
import { auditKeyFile } from '../../src/store/sqlite/audit-key.ts';
import type { Unit } from '../../src/store/sqlite/protocol.ts';
import { Reader } from '../../src/store/sqlite/reader.ts';
import { workerUrl } from '../../src/store/sqlite/worker-url.ts';
import { Writer } from '../../src/store/sqlite/writer.ts';
import { callEvent, range } from './samples.ts';
import { temporaryDirectory, temporaryStore } from './temporary.ts';

/** The path of a database that is to be made, beside the key of its audit. */
async function databaseIn(path: string): Promise<string> {
  const file = join(path, 'hookswitch.db');
  await loadSecretKeyFile(auditKeyFile(file));
  return file;
}

/** A writer whose threads the test can get hold of. */
async function temporaryWriter() {
  const directory = await temporaryDirectory();
  const file = await databaseIn(directory.path);
  const workers: Worker[] = [];
  const logged: string[] = [];
  const writer = new Writer({
    file,
    log: { error: (_fields, message) => logged.push(message) },
    spawn(workerData) {
      const worker = new Worker(workerUrl(), { workerData });
      workers.push(worker);
      return worker;
    },
  });
  await writer.start();
  const reader = new Reader(file);
  return {
    directory,
    writer,
    workers,
    logged,
    killWorker: () => workers.at(-1)?.terminate(),
    names: () => reader.all('SELECT name FROM progress ORDER BY sequence, name').map(({ name }) => name),
    async [Symbol.asyncDispose]() {
      reader.close();
      await writer.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function raise(): never {
  throw new Error('there is no thread');
}

const put = (name: string, sequence = 0): Unit[number] => ({
  sql: 'INSERT INTO progress (name, sequence) VALUES (?, ?)',
  params: [name, sequence],
});
/** Keeps the thread in SQLite for a while, so that it can be killed there; by itself it writes one row. */
const SLOW: Unit = [
  {
    sql: `INSERT INTO progress (name, sequence) WITH RECURSIVE numbers (n) AS (
        SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000000
      ) SELECT 'slow', max(n) FROM numbers`,
    params: [],
  },
];

describe('grouping', () => {
  test('what is asked for in one tick is one commit', async () => {
    await using files = await temporaryStore();
    await Promise.all(range(100).map(() => files.store.events.append([callEvent()])));
    expect(files.store.writeStatistics()).toEqual({ units: 100, commits: 1 });
  });

  test('what arrives during a commit is the next one', async () => {
    await using files = await temporaryStore();
    const appendInTurn = async () => {
      for (const _ of range(20)) await files.store.events.append([callEvent()]);
    };
    // Fewer events than are filled in behind at a time, which would be a unit more.
    await Promise.all(range(48).map(appendInTurn));
    expect(files.store.writeStatistics()).toEqual({ units: 48 * 20, commits: 20 });
  });

  test('a lone write waits for no other', async () => {
    await using files = await temporaryStore();
    for (const _ of range(5)) await files.store.check();
    expect(files.store.writeStatistics()).toEqual({ units: 5, commits: 5 });
  });

  test('what nobody is in a hurry for shares the commit of the next that somebody is, or has one a while after the last', async () => {
    await using temporary = await temporaryWriter();
    await using other = await temporaryWriter();
    const { writer } = temporary;
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    await writer.write([put('first')]);
    const gathered = writer.write([put('gathered')], { mayGather: true });
    await writer.write([put('hurried')]);
    await gathered;
    expect(writer.statistics()).toEqual({ units: 3, commits: 2 });
    const later = writer.write([put('later')], { mayGather: true });
    // As long as several commits take.
    for (const n of range(10)) await other.writer.write([put(`n${n}`)]);
    expect(writer.statistics().commits).toBe(2);
    vi.advanceTimersByTime(3);
    await later;
    expect(writer.statistics()).toEqual({ units: 4, commits: 3 });
    expect(temporary.names()).toEqual(['first', 'gathered', 'hurried', 'later']);
  });

  test.each([
    { waiting: 7, sent: 1 },
    { waiting: 8, sent: 2 },
  ])(
    'the thread has its next group before the last one is answered where enough wait: $waiting',
    async ({ waiting, sent }) => {
      await using temporary = await temporaryWriter();
      const { writer, workers } = temporary;
      const post = vi.spyOn(workers[0] ?? raise(), 'postMessage');
      const first = writer.write([put('first')]);
      await isBeingWritten();
      const next = range(waiting).map((index) => writer.write([put(`n${index}`)]));
      expect(post).toHaveBeenCalledTimes(1);
      await first;
      expect(post).toHaveBeenCalledTimes(sent);
      await Promise.all(next);
      expect(writer.statistics()).toEqual({ units: 1 + waiting, commits: 2 });
    },
  );

  test('a group is bounded', async () => {
    await using temporary = await temporaryWriter();
    await Promise.all(range(5000).map((index) => temporary.writer.write([put(`n${index}`)])));
    expect(temporary.writer.statistics()).toEqual({ units: 5000, commits: 3 });
  });
});

describe('units of one commit', () => {
  test('one that fails is undone as a whole and leaves the others', async () => {
    await using temporary = await temporaryWriter();
    const { writer } = temporary;
    const outcomes = await Promise.allSettled([
      writer.write([put('before', 1)]),
      writer.write([put('half', 2), put('before', 3)]),
      writer.write([put('before', 4)]),
      writer.write([
        put('other half', 5),
        { sql: 'UPDATE progress SET sequence = 0 WHERE name = ?', params: ['x'], orMissing: 'No x.' },
      ]),
      writer.write([put('typo', 6), { sql: 'INSERT INTO nowhere VALUES (1)', params: [] }]),
      writer.write([put('after', 7), put('after too', 8)]),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: [{ changes: 1 }] },
      { status: 'rejected', reason: { code: 'UNIQUE', statement: 1 } },
      { status: 'rejected', reason: { code: 'UNIQUE', statement: 0 } },
      { status: 'rejected', reason: { code: 'MISSING_ROW', statement: 1, message: 'No x.' } },
      { status: 'rejected', reason: { code: 'FAULT', statement: 1 } },
      { status: 'fulfilled', value: [{ changes: 1 }, { changes: 1 }] },
    ]);
    expect(temporary.names()).toEqual(['before', 'after', 'after too']);
    expect(writer.statistics()).toEqual({ units: 2, commits: 1 });
  });

  test('a full disk fails them all, and the next commit is tried afresh', async () => {
    await using temporary = await temporaryWriter();
    const { writer } = temporary;
    // SQLite's own limit: the database may not grow any more.
    await writer.write([{ sql: 'PRAGMA max_page_count = 1', params: [] }]);
    const large = 'x'.repeat(1_000_000);
    const outcomes = await Promise.allSettled([
      writer.write([put('small')]),
      writer.write([put('beside'), put(large)]),
    ]);
    const refused = { status: 'rejected', reason: { code: 'DISK', message: expect.stringContaining('full') } };
    expect(outcomes).toMatchObject([refused, refused]);
    expect(temporary.names()).toEqual([]);
    await writer.write([put(large)]);
    expect(temporary.names()).toEqual([large]);
  });

  test('a database that may only be read fails them all, and the next commit is tried afresh', async () => {
    await using temporary = await temporaryWriter();
    const { writer } = temporary;
    await writer.write([{ sql: 'PRAGMA query_only = 1', params: [] }]);
    await expect(writer.write([put('a'), put('b')])).rejects.toMatchObject({
      code: 'DISK',
      message: expect.stringContaining('readonly'),
    });
    await writer.write([put('c')]);
    expect(temporary.names()).toEqual(['c']);
  });

  test('a commit that fails fails them all', async () => {
    await using temporary = await temporaryWriter();
    const { writer } = temporary;
    // A rule that is checked at the commit only, and broken by one of the units.
    await writer.write([
      {
        sql: 'CREATE TABLE late (name TEXT REFERENCES progress (name) DEFERRABLE INITIALLY DEFERRED) STRICT',
        params: [],
      },
    ]);
    const outcomes = await Promise.allSettled([
      writer.write([put('innocent')]),
      writer.write([{ sql: `INSERT INTO late VALUES ('nobody')`, params: [] }]),
    ]);
    const refused = { status: 'rejected', reason: { code: 'CONSTRAINT', statement: null } };
    expect(outcomes).toMatchObject([refused, refused]);
    expect(temporary.names()).toEqual([]);
    await writer.write([put('afterwards')]);
    expect(temporary.names()).toEqual(['afterwards']);
  });
});

describe('a writing thread that dies', () => {
  test('fails what it was writing; what waited is written by the next one', async () => {
    await using temporary = await temporaryWriter();
    const { writer } = temporary;
    const slow = writer.write(SLOW);
    await isBeingWritten();
    const waiting = writer.write([put('waited')]);
    const died = temporary.killWorker();
    await expect(slow).rejects.toMatchObject({
      code: 'WRITER_DIED',
      message: expect.stringContaining('may have been written or not'),
    });
    await waiting;
    await died;
    await writer.write([put('later', 1)]);
    expect(temporary.names()).toEqual(['waited', 'later']);
    expect(temporary.workers).toHaveLength(2);
    expect(temporary.logged).toEqual(['The writing thread of the store died.']);
  });

  test('lets nothing overtake that has to come in order', async () => {
    await using temporary = await temporaryWriter();
    const { writer } = temporary;
    const inOrder = { inOrder: true };
    const slow = writer.write(SLOW, inOrder);
    await isBeingWritten();
    const behind = writer.write([put('behind')], inOrder);
    const beside = writer.write([put('beside')]);
    const outcomes = Promise.allSettled([slow, behind, beside]);
    await temporary.killWorker();
    const refused = (words: string) => ({
      status: 'rejected',
      reason: { code: 'WRITER_DIED', message: expect.stringContaining(words) },
    });
    expect(await outcomes).toMatchObject([
      refused('may have been written or not'),
      refused('was not written'),
      { status: 'fulfilled' },
    ]);
    await writer.write([put('later')], inOrder);
    expect(temporary.names()).toEqual(['beside', 'later']);
  });

  test('while nothing is to be written is started again by the next write', async () => {
    await using temporary = await temporaryWriter();
    await temporary.killWorker();
    await Promise.all([temporary.writer.write([put('a')]), temporary.writer.write([put('b')])]);
    expect(temporary.names()).toEqual(['a', 'b']);
    expect(temporary.workers).toHaveLength(2);
  });

  test('and cannot be started again fails what waits with the reason, until it can', async () => {
    await using temporary = await temporaryWriter();
    const { writer, directory } = temporary;
    await temporary.killWorker();
    await rename(directory.path, `${directory.path}-away`);
    const refused = { code: 'DISK', message: expect.stringContaining('unable to open database file') };
    await expect(writer.write([put('lost')])).rejects.toMatchObject(refused);
    await expect(writer.write([put('lost too')])).rejects.toMatchObject(refused);
    await rename(`${directory.path}-away`, directory.path);
    await writer.write([put('found')]);
    expect(temporary.names()).toEqual(['found']);
  });

  test('at its first start gives the reason, and closing afterwards ends', async () => {
    const writer = new Writer({ file: '/nowhere/at/all/hookswitch.db' });
    await expect(writer.start()).rejects.toMatchObject({ code: 'DISK' });
    await writer.close();
    await expect(writer.write([put('a')])).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('closing', () => {
  test('writes what was given before and refuses what comes after', async () => {
    await using directory = await temporaryDirectory();
    const file = await databaseIn(directory.path);
    const writer = new Writer({ file });
    await writer.start();
    const given = range(3000).map((index) => writer.write([put(`n${index}`)]));
    const closed = writer.close();
    await expect(writer.write([put('late')])).rejects.toMatchObject({ code: 'CLOSED' });
    await Promise.all(given);
    await closed;
    expect(writer.statistics().units).toBe(3000);
  });

  test('a closed store refuses in words', async () => {
    await using files = await temporaryStore();
    await files.store.close();
    await expect(files.store.check()).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(files.store.events.get(1)).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(files.store.phones.all()).rejects.toMatchObject({ code: 'CLOSED' });
  });

  test('while the thread is still starting ends it', async () => {
    await using directory = await temporaryDirectory();
    const writer = new Writer({ file: await databaseIn(directory.path) });
    const started = writer.start();
    await Promise.all([started, writer.close()]);
  });
});
