import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/ports.ts';
import { type EventPartition, sizeOfNext } from '../../src/store/postgres/event-partitions.ts';
import { eventsInPostgres } from '../../src/store/postgres/events-elsewhere.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { type Migration, migrate } from '../../src/store/postgres/migrate.ts';
import { MIGRATIONS } from '../../src/store/postgres/migrations/index.ts';
import { createClient } from '../../src/store/postgres/options.ts';
import { callEvent, range } from '../store/samples.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { POSTGRESQL, type Postgres, startPostgres } from './postgres.ts';

const log = { warn() {}, error() {} };
const DAY_MS = 24 * 3_600_000;

test.each([
  { what: 'the first', previous: undefined, expected: 100 },
  { what: 'filled in a day: as large again', previous: [1, 1001, DAY_MS], expected: 1_000 },
  { what: 'filled in two hours: twelve times as large', previous: [1, 201, DAY_MS / 12], expected: 2_400 },
  { what: 'filled in a month: no smaller than the least', previous: [1, 301, DAY_MS * 30], expected: 100 },
  { what: 'filled in no time: no larger than the most', previous: [1, 1001, 0], expected: 5_000 },
])('a partition has room for a day: $what', ({ previous, expected }) => {
  const [first = 0, until = 0, took = 0] = previous ?? [];
  const before: EventPartition | undefined = previous && { first, until, name: 'events_1', createdAt: 0 };
  expect(sizeOfNext(before, took, { least: 100, most: 5_000 })).toBe(expected);
});

describe.runIf(installed(POSTGRESQL))('the event log in PostgreSQL, in partitions', () => {
  let postgres: Postgres;
  let databases = 0;
  beforeAll(async () => {
    postgres = await startPostgres(['fsync=off', 'full_page_writes=off']);
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  async function office(sizes = { least: 10, most: 10 }) {
    databases += 1;
    const name = `office_${databases}`;
    await postgres.createDatabase(name);
    const directory = await temporaryDirectory();
    return {
      name,
      open: (changes: { readonly statementTimeoutMs?: number } = {}) =>
        openPostgresStore({
          postgres: { ...postgres.options(name), ...changes },
          dataDir: directory.path,
          log,
          events: eventsInPostgres(sizes),
        }),
      run: (sql: string) => postgres.run(name, sql),
      partitions: async () =>
        (await postgres.run(name, 'SELECT name FROM event_partitions ORDER BY first')).map((row) => row['name']),
      async client() {
        const client = createClient(postgres.options(name));
        await client.connect();
        return client;
      },
      [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
    };
  }
  const old = (count: number) => range(count).map((n) => callEvent('INCOMING', { receivedAt: n + 1 }));
  /** Ten events a partition, from the second on: the first has what the migration made room for. */
  async function filled(store: Store, place: Awaited<ReturnType<typeof office>>): Promise<void> {
    await place.run('ALTER TABLE events DETACH PARTITION events_1; DROP TABLE events_1; DELETE FROM event_partitions');
    await place.run('UPDATE event_head SET room = 1');
    for (const event of old(35)) await store.events.append([event]);
  }

  test('a drop that waits for somebody who reads lets others write and read; cut off, it is gone on with', async () => {
    await using place = await office();
    let store = await place.open({ statementTimeoutMs: 1_000 });
    await filled(store, place);
    expect(await place.partitions()).toEqual(['events_1', 'events_11', 'events_21', 'events_31']);
    const reader = await place.client();
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM events');
    const what = { before: 1_000, maxBytes: null, through: 35 };
    const dropping = expect(store.retention.dropEvents(what)).rejects.toThrow();
    for (const _ of range(12)) await store.events.append([callEvent()]);
    expect(await store.events.read({}, { limit: 100, after: 20 })).toHaveLength(27);
    await dropping;
    expect(await place.run('SELECT 1 FROM pg_inherits WHERE inhdetachpending')).toHaveLength(1);
    await reader.query('ROLLBACK');
    await reader.end();
    await store.close();
    store = await place.open();
    let dropped = 0;
    for (let more = true; more; ) {
      const step = await store.retention.dropEvents(what);
      dropped += step.rows;
      more = step.more;
    }
    expect(dropped).toBe(30);
    expect(await place.partitions()).toEqual(['events_31', 'events_41']);
    expect(await place.run(`SELECT 1 FROM pg_class WHERE relname ~ '^events_(1|11|21)$'`)).toEqual([]);
    expect(await store.events.bounds()).toEqual({ first: 31, last: 47 });
    await store.close();
  });

  test('an event that is given again is found in the partition in which it lies, and stands in the log once', async () => {
    await using place = await office();
    const store = await place.open();
    await filled(store, place);
    const now = Date.now();
    const named = range(25).map((n) => ({
      ...callEvent('INCOMING', { receivedAt: now }),
      receipt: Uint8Array.of(9, n),
    }));
    for (const event of named) await store.events.append([event]);
    const again = await store.events.append(named);
    expect(again.map(({ sequence }) => sequence)).toEqual(range(25).map((n) => 36 + n));
    expect((await store.events.bounds()).last).toBe(60);
    await store.close();
  });

  test('several that append at once make each partition once', async () => {
    await using place = await office();
    const store = await place.open();
    await filled(store, place);
    const appended = await Promise.all(range(60).map(() => store.events.append([callEvent(), callEvent('ENDED')])));
    expect(appended.flat().map(({ sequence }) => sequence)).toEqual(range(120).map((n) => 36 + n));
    await store.close();
  });

  test('a log from before is taken over as it is, as the first partition', async () => {
    await using place = await office({ least: 100_000, most: 100_000 });
    const client = await place.client();
    await migrate(client, MIGRATIONS.slice(0, 3));
    await client.query(`INSERT INTO events SELECT n, 'p1', 'snom', 'CALL', 'INCOMING', n,
      '{"vendorEvent":null,"variables":[],"event":{"type":"CALL"}}', decode(lpad(n::text, 4, '0'), 'hex')
      FROM generate_series(1, 50) AS n`);
    await client.query('UPDATE event_head SET last = 50');
    await client.end();
    const store = await place.open();
    expect(await store.events.bounds()).toEqual({ first: 1, last: 50 });
    const given = { ...callEvent(), receipt: Uint8Array.of(0, 0x50) };
    expect((await store.events.append([given, callEvent()])).map(({ sequence }) => sequence)).toEqual([50, 51]);
    expect(await place.partitions()).toEqual(['events_1']);
    await store.close();
  });

  test('a gateway goes on while a newer one adds to the schema; after a breaking step none that is older starts', async () => {
    await using place = await office();
    const older = await place.open();
    await older.events.append([callEvent()]);
    const next = MIGRATIONS.length + 1;
    const sql = `ALTER TABLE calls ADD COLUMN further text; ALTER TABLE commands ADD COLUMN further integer DEFAULT 1;
      CREATE TABLE further (id integer PRIMARY KEY)`;
    const expanding: Migration = { version: next, name: 'further', sql };
    let writing = true;
    const sequences: number[] = [];
    const goOn = async () => {
      while (writing) sequences.push(...(await older.events.append([callEvent()])).map(({ sequence }) => sequence));
    };
    const written = goOn();
    const newer = await place.client();
    await migrate(newer, [...MIGRATIONS, expanding]);
    const { length } = sequences;
    while (sequences.length < length + 5) await older.check();
    writing = false;
    await written;
    expect(sequences).toEqual(range(sequences.length).map((n) => n + 2));
    await older.calls.save({ calls: [], eventCalls: [], throughSequence: sequences.length });
    await older.close();
    // And it may be started again: a rolling upgrade may be undone.
    const again = await place.open();
    await again.check();
    await again.close();
    const breaking: Migration = { version: next + 1, name: 'breaking', sql: 'DROP TABLE further', isBreaking: true };
    await migrate(newer, [...MIGRATIONS, expanding, breaking]);
    await newer.end();
    await expect(place.open()).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' });
  });
});
