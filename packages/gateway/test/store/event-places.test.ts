import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import type { EventQuery } from '../../src/store/ports.ts';
import { bucketOf } from '../../src/store/sqlite/event-places.ts';
import { migrate } from '../../src/store/sqlite/migrate.ts';
import { MIGRATIONS } from '../../src/store/sqlite/migrations/index.ts';
import { createRandom } from '../support/random.ts';
import { callEvent, deviceEvent, type NewEvent, range } from './samples.ts';
import { type TemporaryStore, temporaryStore } from './temporary.ts';

const STEP = 1_024;
const EDGE = 16_384;
const PHONES = ['a', 'b', 'c', 'd', 'e'];

function databaseOf({ dataDir }: TemporaryStore): DatabaseSync {
  return new DatabaseSync(join(dataDir, 'hookswitch.db'), { timeout: 5_000 });
}

function filled(files: TemporaryStore): number {
  const database = databaseOf(files);
  const row = database.prepare(`SELECT sequence FROM progress WHERE name = 'event_places'`).get();
  database.close();
  return Number(row?.['sequence'] ?? 0);
}

/** A log whose next event has the place behind `sequence`. */
function beginBehind(files: TemporaryStore, sequence: number): void {
  const database = databaseOf(files);
  database.prepare(`INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)`).run(sequence);
  database.close();
}

type Logged = NewEvent & { readonly sequence: number };

function matches({ phoneId, event }: Logged, { phoneIds, types, callEventKinds }: EventQuery): boolean {
  const isOfKind =
    event.type !== 'CALL' || callEventKinds === undefined || callEventKinds.includes(event.callEventKind);
  return phoneIds?.includes(phoneId) !== false && types?.includes(event.type) !== false && isOfKind;
}

test.each(range(6))(
  'what is filled in and what is not yet are one log to whoever reads by phone (%d)',
  async (seed) => {
    await using files = await temporaryStore();
    const random = createRandom(seed);
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    // Filled in on both sides of a bucket's edge.
    beginBehind(files, EDGE - 1_500);
    const log: Logged[] = [];
    const kinds = ['INCOMING', 'CONNECTED', 'ENDED'] as const;
    const queries: readonly EventQuery[] = [
      ...PHONES.map((phoneId) => ({ phoneIds: [phoneId] })),
      { phoneIds: ['a', 'c', 'nobody'] },
      { phoneIds: ['b'], types: ['DEVICE'] },
      { types: ['DEVICE'] },
      { callEventKinds: ['INCOMING'] },
      { phoneIds: [...PHONES, ...range(20).map((n) => `nobody-${n}`)], types: ['CALL'] },
      { phoneIds: ['d', 'e'], callEventKinds: ['ENDED'], types: ['CALL'] },
    ];
    let store = files.store;
    while (log.length < 3_600) {
      const events = range(1 + Math.floor(random() * 700)).map(() => {
        const told = { phoneId: random() < 0.01 ? 'e' : pick(PHONES.slice(0, 4)), receivedAt: log.length };
        return random() < 0.05 ? deviceEvent(told) : callEvent(pick(kinds), told);
      });
      const places = await store.events.append(events);
      log.push(...events.map((event, index) => ({ ...event, sequence: places[index]?.sequence ?? 0 })));
      if (random() < 0.2) store = await files.reopen();
      if (random() < 0.2) {
        const { first } = await store.events.bounds();
        await store.retention.dropEvents({ before: null, maxBytes: 1, through: first + Math.floor(random() * 200) });
        const bounds = await store.events.bounds();
        log.splice(0, bounds.first - (log[0]?.sequence ?? 0));
      }
      const [first, last] = [log[0]?.sequence ?? 0, log.at(-1)?.sequence ?? 0];
      for (const query of queries) {
        const after = pick([undefined, 0, first, EDGE - 1, EDGE, first + Math.floor(random() * (last - first))]);
        const before = pick([undefined, last, EDGE, EDGE + 1, first + Math.floor(random() * (last - first))]);
        const limit = pick([1, 3, 500, 10_000]);
        const expected = log
          .filter((event) => matches(event, query) && event.sequence > (after ?? 0))
          .filter(({ sequence }) => sequence < (before ?? Number.MAX_SAFE_INTEGER))
          .map(({ sequence }) => sequence);
        const at = { ...(after !== undefined && { after }), ...(before !== undefined && { before }), limit };
        const found = await store.events.read(query, at);
        expect(found.map(({ sequence }) => sequence)).toEqual(expected.slice(0, limit));
        const newest = await store.events.read(query, { ...at, last: true });
        expect(newest.map(({ sequence }) => sequence)).toEqual(expected.slice(-limit));
      }
      const heard = await store.events.lastReceivedAt();
      for (const { phoneId, receivedAt } of new Map(log.map((event) => [event.phoneId, event])).values()) {
        expect(heard.get(phoneId)).toBe(receivedAt);
      }
    }
    await vi.waitUntil(() => filled(files) > EDGE);
  },
);

test('what was never filled in is when the store is opened', async () => {
  await using files = await temporaryStore();
  const { store } = files;
  await store.events.append([callEvent('INCOMING', { phoneId: 'a', receivedAt: 7 })]);
  await store.close();
  const database = databaseOf(files);
  database.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${3 * STEP})
    INSERT INTO events (phone_id, vendor, type, call_event_kind, received_at, body)
    SELECT 'b', vendor, type, call_event_kind, i, body FROM events, n`);
  database.close();
  const { events } = await files.reopen();
  expect(filled(files)).toBe(3 * STEP);
  expect(await events.lastReceivedAt()).toEqual(
    new Map([
      ['a', 7],
      ['b', 3 * STEP],
    ]),
  );
  expect((await events.read({ phoneIds: ['b'] }, { limit: 1, last: true }))[0]?.sequence).toBe(3 * STEP + 1);
  expect((await events.read({ phoneIds: ['a'] }, { limit: 2 })).map(({ sequence }) => sequence)).toEqual([1]);
});

test('an event that may be there is looked for in what is filled in, behind it, and in what is being written', async () => {
  await using files = await temporaryStore();
  const { events } = files.store;
  const named = range(STEP + 500).map((n) => ({ ...deviceEvent(), receipt: Uint8Array.of(n >> 8, n & 255) }));
  await events.append(named);
  await vi.waitUntil(() => filled(files) === STEP);
  const again = [0, STEP - 1, STEP, STEP + 499].map((n) => named[n] as NewEvent);
  const places = async (appended: Promise<readonly { readonly sequence: number }[]>) =>
    (await appended).map(({ sequence }) => sequence);
  expect(await places(events.append(again, { mayBeThere: true }))).toEqual([1, STEP, STEP + 1, STEP + 500]);
  // All of them are filled in then.
  expect(filled(files)).toBe(STEP + 500);
  const next = { ...deviceEvent(), receipt: Uint8Array.of(255, 255) };
  const written = [events.append([next]), events.append([again[0] as NewEvent, next, next], { mayBeThere: true })];
  expect(await Promise.all(written.map(places))).toEqual([[STEP + 501], [1, STEP + 501, STEP + 501]]);
  expect((await events.bounds()).last).toBe(STEP + 501);
  // Filled in ahead of a step that is asked for already: that does not go back.
  const more = range(STEP + 76).map((n) => ({ ...deviceEvent(), receipt: Uint8Array.of(9, n >> 8, n & 255) }));
  const both = [events.append(more), events.append([more.at(-1) as NewEvent], { mayBeThere: true })];
  expect((await Promise.all(both))[1]?.[0]?.sequence).toBe(STEP + 501 + more.length);
  expect(filled(files)).toBeGreaterThan(STEP + 501);
  // And the next step goes on from there.
  await events.append(range(STEP).map(() => deviceEvent({ phoneId: 'b' })));
  await vi.waitUntil(() => filled(files) >= 3 * STEP);
  expect(await events.read({ phoneIds: ['b'] }, { limit: 10_000 })).toHaveLength(STEP);
});

test('what an older version has filled in is found by its keys and its receipts', async () => {
  await using files = await temporaryStore();
  await files.store.close();
  await rm(join(files.dataDir, 'hookswitch.db'));
  const database = databaseOf(files);
  migrate(database, MIGRATIONS.slice(0, 13));
  const body = JSON.stringify({ vendorEvent: 'x', variables: [], event: { type: 'DEVICE' } });
  const insert = database.prepare(`INSERT INTO events (phone_id, vendor, type, received_at, body, receipt)
    VALUES (?, 'snom', 'DEVICE', ?, ?, ?)`);
  for (const n of range(10)) insert.run(n % 2 === 0 ? 'a' : 'b', n, body, Uint8Array.of(1, n));
  database.exec(`INSERT INTO progress (name, sequence) VALUES ('event_places', 6);
    INSERT INTO event_places SELECT 0, phone_id, sequence, vendor, type, call_event_kind FROM events WHERE sequence <= 6`);
  database.close();
  const { events } = await files.reopen();
  const found = async (query: EventQuery) => (await events.read(query, { limit: 50 })).map(({ sequence }) => sequence);
  expect(await found({ types: ['DEVICE'] })).toEqual(range(10).map((n) => n + 1));
  expect(await found({ types: ['CALL'] })).toEqual([]);
  expect(await found({ phoneIds: ['a'] })).toEqual([1, 3, 5, 7, 9]);
  const again = [2, 8].map((n) => ({ ...deviceEvent(), receipt: Uint8Array.of(1, n) }));
  expect((await events.append(again, { mayBeThere: true })).map(({ sequence }) => sequence)).toEqual([3, 9]);
});

test('what retention has dropped is not walked through', async () => {
  await using files = await temporaryStore();
  beginBehind(files, 1_000_000);
  await files.store.events.append(range(10).map(() => callEvent('CONNECTED', { phoneId: 'a' })));
  const store = await files.reopen();
  const { commits } = store.writeStatistics();
  expect(commits).toBeLessThan(5);
  expect(await store.events.read({ phoneIds: ['a'] }, { limit: 100 })).toHaveLength(10);
});

test('where filling in fails, nothing is lost to whoever reads, and it is made up for', async () => {
  await using files = await temporaryStore();
  const { events } = files.store;
  const database = databaseOf(files);
  database.exec(`CREATE TRIGGER full BEFORE INSERT ON event_places BEGIN SELECT RAISE(ABORT, 'full'); END`);
  for (const _ of range(3)) await events.append(range(STEP).map(() => callEvent('CONNECTED', { phoneId: 'a' })));
  expect(await events.read({ phoneIds: ['a'] }, { limit: 10_000 })).toHaveLength(3 * STEP);
  expect(filled(files)).toBe(0);
  const reopened = (await files.reopen()).events;
  expect(await reopened.read({ phoneIds: ['a'] }, { limit: 10_000 })).toHaveLength(3 * STEP);
  // Nor is an event written twice, or kept out.
  const named = { ...deviceEvent(), receipt: Uint8Array.of(1) };
  await reopened.append([named]);
  const again = await reopened.append([named, deviceEvent()], { mayBeThere: true });
  expect(again.map(({ sequence }) => sequence)).toEqual([3 * STEP + 1, 3 * STEP + 2]);
  database.exec('DROP TRIGGER full');
  database.close();
  await reopened.append([callEvent('CONNECTED', { phoneId: 'b' })]);
  await vi.waitUntil(() => filled(files) === 3 * STEP);
  expect(await reopened.read({ phoneIds: ['a'] }, { limit: 10_000 })).toHaveLength(3 * STEP);
});

test('places of events that were dropped go bucket by bucket', async () => {
  await using files = await temporaryStore();
  beginBehind(files, EDGE - STEP);
  const { events, retention } = files.store;
  for (const _ of range(4)) await events.append(range(STEP).map(() => callEvent('CONNECTED', { phoneId: 'a' })));
  await vi.waitUntil(() => filled(files) >= EDGE + 2 * STEP);
  let more = true;
  while (more) ({ more } = await retention.dropEvents({ before: null, maxBytes: 1, through: EDGE + STEP }));
  expect((await events.bounds()).first).toBe(EDGE + STEP + 1);
  const database = databaseOf(files);
  const buckets = database.prepare('SELECT DISTINCT bucket FROM event_places').all();
  const keys = database.prepare('SELECT min(sequence) AS first FROM event_keys').get();
  database.close();
  expect(buckets.map(({ bucket }) => bucket)).toEqual([bucketOf(EDGE)]);
  expect(keys).toEqual({ first: EDGE + STEP + 1 });
  const found = await events.read({ phoneIds: ['a'] }, { limit: 10_000 });
  expect(found.map(({ sequence }) => sequence)).toEqual(range(2 * STEP).map((index) => EDGE + STEP + 1 + index));
});

test('a bucket is read by its index', async () => {
  await using files = await temporaryStore();
  const database = databaseOf(files);
  const plan = database
    .prepare(`EXPLAIN QUERY PLAN SELECT sequence FROM event_places
      WHERE bucket = 1 AND phone_id = 'a' AND sequence > 1 AND sequence < 9 ORDER BY sequence DESC LIMIT 1`)
    .all();
  database.close();
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH event_places USING PRIMARY KEY (bucket=? AND phone_id=? AND sequence>? AND sequence<?)',
  ]);
});
