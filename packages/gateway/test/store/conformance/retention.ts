import { describe, expect, test } from 'vitest';
import { auditEntry } from '../../../src/audit/audited.ts';
import type { Store } from '../../../src/store/ports.ts';
import type { Dropped, EventsToDrop } from '../../../src/store/retention.ts';
import { call, callEvent, callIdOf, command, range } from '../samples.ts';
import type { OpenStore } from './open-store.ts';

const CALLER = { id: 'key-1', name: 'frontend' };
const CLAIM = { callerId: 'key-1', scope: 'phone-1', key: 'once', fingerprint: 'f1' };
const ALL = { before: null, maxBytes: null, through: 1_000_000 };

/** Steps until nothing is left to drop. @returns how many rows went */
async function all(step: () => Promise<Dropped>): Promise<number> {
  let rows = 0;
  for (let more = true; more; ) {
    const dropped = await step();
    rows += dropped.rows;
    more = dropped.more;
  }
  return rows;
}

/** What drops events a part at a time and when it is asked: not a stream, which does it by itself. */
export function eventRetentionConforms(temporaryStore: OpenStore): void {
  /** 40 events, received at 1 to 40. */
  async function logged({ events }: Store): Promise<void> {
    for (const index of range(20)) {
      await events.append([1, 2].map((n) => callEvent('INCOMING', { receivedAt: index * 2 + n })));
    }
  }
  const drop = ({ retention }: Store, what: Partial<EventsToDrop>) =>
    all(() => retention.dropEvents({ ...ALL, ...what }));

  test('events are dropped from the oldest on, none that is younger, and what belongs to which call with them', async () => {
    await using files = await temporaryStore();
    const { store } = files;
    await logged(store);
    const eventCalls = range(40).map((index) => ({ sequence: index + 1, callId: 'c1' }));
    await store.calls.save({ calls: [call('c1')], eventCalls, throughSequence: 40 });
    expect(await drop(store, {})).toBe(0);
    const rows = await drop(store, { before: 25 });
    const { first, last } = await store.events.bounds();
    expect(rows).toBe(first - 1);
    expect(last).toBe(40);
    // An engine may drop parts of the log only.
    expect(first).toBeGreaterThan(15);
    expect(first).toBeLessThanOrEqual(25);
    const left = range(41 - first).map((index) => first + index);
    const read = await store.events.read({}, { limit: 100 });
    expect(read.map(({ sequence }) => sequence)).toEqual(left);
    expect(await store.events.get(first - 1)).toBeNull();
    const places: number[] = [];
    for await (const page of store.calls.eventCalls(['c1'])) places.push(...page.map(({ sequence }) => sequence));
    expect(places).toEqual(left);
    expect(await callIdOf(store.calls, first - 1)).toBeNull();
    expect(await callIdOf(store.calls, first)).toBe('c1');
    expect(await store.retention.eventVolume()).toMatchObject({ oldestAt: first });
    const reopened = await files.reopen();
    expect(await reopened.events.bounds()).toEqual({ first, last: 40 });
  });

  test('the newest event stays, and places go on from it', async () => {
    await using files = await temporaryStore();
    await logged(files.store);
    await drop(files.store, { before: 1_000 });
    expect((await files.store.events.bounds()).first).toBeGreaterThan(30);
    const store = await files.reopen();
    expect((await store.events.bounds()).last).toBe(40);
    expect((await store.events.append([callEvent()]))[0]?.sequence).toBe(41);
  });

  test('an event from which nothing was derived yet stays, however old', async () => {
    await using files = await temporaryStore();
    await logged(files.store);
    await drop(files.store, { before: 1_000, through: 20 });
    const { first } = await files.store.events.bounds();
    expect(first).toBeGreaterThan(10);
    expect(first).toBeLessThanOrEqual(21);
  });

  test('by size: the oldest go until the rest is small enough, and not much more', async () => {
    await using files = await temporaryStore();
    const { store } = files;
    for (const _ of range(10)) await store.events.append(range(400).map(() => callEvent('CONNECTED')));
    const { bytes } = await store.retention.eventVolume();
    const maxBytes = Math.round(bytes / 2);
    await drop(store, { maxBytes });
    const after = await store.retention.eventVolume();
    expect(after.bytes).toBeLessThanOrEqual(maxBytes);
    expect(after.bytes).toBeGreaterThan(maxBytes / 2);
    expect((await store.events.bounds()).last).toBe(4_000);
    expect(await drop(store, { maxBytes })).toBe(0);
  });

  test('while events come: none of them is lost, none has a place twice, and places have no gap', async () => {
    await using files = await temporaryStore();
    const { store } = files;
    for (const _ of range(5)) await store.events.append(range(600).map(() => callEvent('ENDED', { receivedAt: 1 })));
    const dropping = drop(store, { before: 2 });
    let dropped = false;
    const ended = dropping.then(() => {
      dropped = true;
    });
    const places: number[] = [];
    let during = 0;
    while (!dropped || places.length < 60) {
      const appended = await store.events.append([callEvent('INCOMING', { receivedAt: 3 }), callEvent()]);
      places.push(...appended.map(({ sequence }) => sequence));
      if (!dropped) during += 1;
    }
    await ended;
    expect(during).toBeGreaterThan(0);
    expect(places).toEqual(range(places.length).map((index) => 3_001 + index));
    expect((await store.events.bounds()).first).toBeGreaterThan(2_000);
    for (const sequence of places) expect((await store.events.get(sequence))?.sequence).toBe(sequence);
  });
}

/** What drops calls, commands and the audit. */
export function retentionConforms(temporaryStore: OpenStore): void {
  test('calls that ended before go, with what their events were; others stay', async () => {
    await using files = await temporaryStore();
    const { calls, retention, events } = files.store;
    await events.append([callEvent(), callEvent()]);
    const ended = (id: string, endedAt: number) => call(id, { state: 'ENDED', endedAt });
    await calls.save({
      calls: [ended('old', 10), ended('young', 20), call('ringing', { startedAt: 1 })],
      eventCalls: [
        { sequence: 1, callId: 'old' },
        { sequence: 2, callId: 'young' },
      ],
      throughSequence: 2,
    });
    expect(await all(() => retention.dropCalls(20))).toBe(1);
    expect(await calls.get('old')).toBeNull();
    expect(await callIdOf(calls, 1)).toBeNull();
    expect(await callIdOf(calls, 2)).toBe('young');
    expect((await calls.list({}, { limit: 10 })).items.map(({ id }) => id).sort()).toEqual(['ringing', 'young']);
    expect(await events.get(1)).not.toBeNull();
  });

  test('many calls go in several steps', async () => {
    await using files = await temporaryStore();
    const { calls, retention } = files.store;
    const ended = range(1_100).map((index) => call(`c${index}`, { state: 'ENDED', endedAt: index }));
    await calls.save({ calls: ended, eventCalls: [], throughSequence: 0 });
    const first = await retention.dropCalls(1_050);
    expect(first.more).toBe(true);
    expect(first.rows).toBeLessThan(1_050);
    expect(first.rows + (await all(() => retention.dropCalls(1_050)))).toBe(1_050);
    expect((await calls.list({}, { limit: 100 })).items).toHaveLength(50);
  });

  test('commands that are settled go, with their key, which is free again; those that are not stay', async () => {
    await using files = await temporaryStore();
    const { commands, retention } = files.store;
    await commands.insert(command('old', { requestedAt: 10 }), CLAIM);
    await commands.insert(command('open', { requestedAt: 10 }), { ...CLAIM, key: 'open' });
    await commands.insert(command('young', { requestedAt: 20 }), { ...CLAIM, key: 'young' });
    for (const [id, requestedAt] of [
      ['old', 10],
      ['young', 20],
    ] as const) {
      await commands.update(command(id, { requestedAt, status: 'ACCEPTED', settledAt: 30 }));
    }
    expect(await all(() => retention.dropCommands(20))).toBe(1);
    expect(await commands.get('old')).toBeNull();
    expect(await commands.get('open')).not.toBeNull();
    expect(await commands.insert(command('again', { requestedAt: 40 }), CLAIM)).toBeNull();
    for (const key of ['open', 'young']) {
      expect(await commands.insert(command('other'), { ...CLAIM, key })).toMatchObject({ id: key });
    }
  });

  test('a batch goes with the last of its commands, and its key with it', async () => {
    await using files = await temporaryStore();
    const { commands, retention } = files.store;
    const batch = { id: 'b1', total: 2, requestedBy: 'frontend', requestedAt: 10 };
    const of = (id: string) => command(id, { batchId: 'b1', requestedAt: 10 });
    const claim = { ...CLAIM, scope: '*' };
    await commands.insertBatch(batch, [of('c1'), of('c2')], claim);
    const settle = (id: string) => commands.update({ ...of(id), status: 'ACCEPTED', settledAt: 11 });
    await settle('c1');
    expect(await all(() => retention.dropCommands(20))).toBe(1);
    expect(await commands.getBatch('b1')).toEqual(batch);
    expect(await commands.insert(command('other'), claim)).toMatchObject({ id: 'b1' });
    await settle('c2');
    expect(await all(() => retention.dropCommands(20))).toBe(1);
    expect(await commands.getBatch('b1')).toBeNull();
    expect(await commands.insert(command('other'), claim)).toBeNull();
  });

  describe('the audit', () => {
    const entry = (action: string, at: number) => auditEntry({ action, caller: CALLER }, at);
    const sequences = async ({ audit }: Store) =>
      (await audit.list({}, { limit: 100 })).items.map(({ sequence }) => sequence).reverse();

    test('is shortened at its beginning, and is whole from there on, also when it goes on', async () => {
      await using files = await temporaryStore();
      const { store } = files;
      for (const index of range(10)) await store.audit.append(entry(`act${index}`, index));
      expect(await store.retention.dropAudit(0)).toEqual({ rows: 0, more: false });
      expect(await all(() => store.retention.dropAudit(4))).toBe(4);
      expect(await sequences(store)).toEqual([5, 6, 7, 8, 9, 10]);
      expect(await files.verifyAudit()).toMatchObject({ whole: true, rows: 6, last: 10, dropped: 4 });
      const reopened = await files.reopen();
      await reopened.audit.append(entry('later', 20));
      expect(await all(() => reopened.retention.dropAudit(7))).toBe(3);
      expect(await files.verifyAudit()).toMatchObject({ whole: true, rows: 4, last: 11, dropped: 7 });
      // A longer limit brings nothing back, and its commands are not missed.
      expect(await all(() => reopened.retention.dropAudit(5))).toBe(0);
      expect(await files.verifyAudit()).toMatchObject({ whole: true, dropped: 7 });
    });

    test('keeps its newest row, so that the next one is tied to it', async () => {
      await using files = await temporaryStore();
      const { store } = files;
      for (const index of range(1_200)) await store.audit.append(entry('act', index));
      expect(await all(() => store.retention.dropAudit(1_000_000))).toBe(1_199);
      await store.audit.append(entry('act', 1_000_001));
      expect(await sequences(store)).toEqual([1_200, 1_201]);
      expect(await files.verifyAudit()).toMatchObject({ whole: true, rows: 2, dropped: 1_199 });
    });

    test('tells of the commands from then on, and not of those whose rows are gone', async () => {
      await using files = await temporaryStore();
      const { store } = files;
      const settled = { status: 'ACCEPTED', settledAt: 30 } as const;
      await store.commands.insert(command('old', { requestedAt: 10 }), null);
      await store.commands.insert(command('young', { requestedAt: 20 }), null);
      await store.commands.update(command('old', { requestedAt: 10, ...settled }));
      await store.commands.update(command('young', { requestedAt: 20, ...settled }));
      expect(await all(() => store.retention.dropAudit(20))).toBe(1);
      expect(await files.verifyAudit()).toMatchObject({ whole: true, rows: 3, dropped: 1 });
    });

    test('noted before: a place that was dropped proves nothing, the last one that was dropped still does', async () => {
      await using files = await temporaryStore();
      const { store } = files;
      for (const index of range(6)) await store.audit.append(entry('act', index));
      const notes = (await store.audit.list({}, { limit: 10 })).items;
      const noted = (sequence: number) => ({
        sequence,
        mac: notes.find((row) => row.sequence === sequence)?.mac ?? '',
      });
      await all(() => store.retention.dropAudit(3));
      for (const sequence of [3, 4, 6]) {
        expect(await files.verifyAudit(noted(sequence))).toMatchObject({ whole: true });
      }
      expect(await files.verifyAudit(noted(2))).toMatchObject({ whole: false, sequence: 2 });
      const other = { sequence: 3, mac: noted(4).mac };
      expect(await files.verifyAudit(other)).toMatchObject({ whole: false, sequence: 3 });
    });
  });
}
