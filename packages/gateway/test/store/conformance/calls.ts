import { describe, expect, test } from 'vitest';
import type { CallQuery, CallStore, EventCall } from '../../../src/store/ports.ts';
import { call, callEvent, callIdOf, range } from '../samples.ts';
import type { OpenStore } from './open-store.ts';

/** What every store of calls keeps to. */
export function callStoreConforms(temporaryStore: OpenStore): void {
  test('keeps a call whole, replaces it, and knows which may still change', async () => {
    await using files = await temporaryStore();
    const ringing = call('c1', {
      transfer: { kind: 'BLIND', state: 'STARTED', target: null },
      conferencedWithIds: ['c2'],
    });
    await files.store.calls.save({
      calls: [
        ringing,
        call('c2', { state: 'ENDED', endedAt: 4_999 }),
        call('c3', { state: 'ENDED', endedAt: 4_999, endInferred: true }),
        call('c4', { state: 'ENDED', endedAt: 3_999, endInferred: true }),
      ],
      eventCalls: [],
      throughSequence: 0,
    });
    expect(await files.store.calls.get('c1')).toEqual(ringing);
    expect(await files.store.calls.get('nobody')).toBeNull();
    const since = { endedSince: 5_000, closedSince: 4_000 };
    expect((await files.store.calls.recent(since)).map(({ id }) => id).sort()).toEqual(['c1', 'c3']);
    const ended = { ...ringing, state: 'ENDED', endedAt: 5000, endReason: 'COMPLETED' } as const;
    await files.store.calls.save({ calls: [ended], eventCalls: [], throughSequence: 0 });
    const { calls } = await files.reopen();
    expect(await calls.get('c1')).toEqual(ended);
    expect((await calls.recent(since)).map(({ id }) => id).sort()).toEqual(['c1', 'c3']);
    expect((await calls.recent({ endedSince: 5_001, closedSince: 5_001 })).map(({ id }) => id)).toEqual([]);
  });

  test('knows which events belong to a call, and how far the log was derived', async () => {
    await using files = await temporaryStore();
    const { calls, events } = files.store;
    expect(await calls.throughSequence()).toBe(0);
    await events.append([callEvent('INCOMING'), callEvent('CONNECTED'), callEvent('ENDED')]);
    await calls.save({
      calls: [call('c1'), call('c2')],
      eventCalls: [
        { sequence: 3, callId: 'c1' },
        { sequence: 1, callId: 'c1' },
        { sequence: 2, callId: 'c2' },
      ],
      throughSequence: 3,
    });
    const [first, second, third] = [1, 2, 3].map((sequence) => ({ sequence, callId: sequence === 2 ? 'c2' : 'c1' }));
    expect(await eventCalls(calls, 'c1')).toEqual([first, third]);
    expect(await eventCalls(calls, 'c1', 'nobody', 'c2')).toEqual([first, second, third]);
    expect(await eventCalls(calls)).toEqual([]);
    expect(await callIdOf(calls, 2)).toBe('c2');
    expect(await callIdOf(calls, 4)).toBeNull();
    expect([...(await calls.ofEvents({ after: 1, through: 9 }))].sort()).toEqual([
      [2, call('c2')],
      [3, call('c1')],
    ]);
    expect(await calls.throughSequence()).toBe(3);
    await calls.save({ calls: [], eventCalls: [{ sequence: 2, callId: 'c1' }], throughSequence: 7 });
    expect(await eventCalls(calls, 'c1', 'c2')).toEqual([first, { sequence: 2, callId: 'c1' }, third]);
    expect(await eventCalls(calls, 'c2')).toEqual([]);
    expect(await calls.throughSequence()).toBe(7);
  });

  test('tells the events of more calls, and of calls with more events, than it asks for at once', async () => {
    await using files = await temporaryStore();
    const { calls, events } = files.store;
    const placed = range(6_200).map((index) => ({ sequence: index + 1, callId: `c${Math.max(0, index - 5_100)}` }));
    for (const part of [placed.slice(0, 3_100), placed.slice(3_100)]) await events.append(part.map(() => callEvent()));
    const ids = [...new Set(placed.map(({ callId }) => callId))];
    await calls.save({ calls: ids.map((id) => call(id)), eventCalls: placed, throughSequence: placed.length });
    expect(await eventCalls(calls, ...ids)).toEqual(placed);
    expect(await eventCalls(calls, ...ids.slice(1))).toEqual(placed.slice(5_101));
  });

  test('saves all or nothing', async () => {
    await using files = await temporaryStore();
    const { calls, events } = files.store;
    await events.append([callEvent()]);
    const eventCalls = [
      { sequence: 1, callId: 'c1' },
      { sequence: 1.5, callId: 'c1' },
    ];
    await expect(calls.save({ calls: [call('c1')], eventCalls, throughSequence: 5 })).rejects.toMatchObject({
      code: 'CONSTRAINT',
    });
    expect(await calls.get('c1')).toBeNull();
    expect(await callIdOf(calls, 1)).toBeNull();
    expect(await calls.throughSequence()).toBe(0);
  });

  describe('lists newest first', () => {
    const CALLS = [
      call('a', { startedAt: 1000, phoneId: 'p1', state: 'ENDED' }),
      call('b', { startedAt: 2000, phoneId: 'p2', direction: 'OUTGOING' }),
      call('c', { startedAt: 2000, phoneId: 'p1', state: 'CONNECTED' }),
      call('d', { startedAt: 3000, phoneId: 'p1', state: 'ENDED', direction: 'OUTGOING' }),
      call('e', { startedAt: 500, phoneId: 'p3', direction: null }),
    ];
    const strangers = range(100).map((index) => `stranger-${index}`);

    test.each<{ query: CallQuery; expected: string }>([
      { query: {}, expected: 'dcbae' },
      { query: { phoneIds: ['p1', 'p2', 'p3'] }, expected: 'dcbae' },
      { query: { phoneIds: ['p1', 'p2', 'p3', ...strangers] }, expected: 'dcbae' },
      { query: { phoneIds: ['p1'] }, expected: 'dca' },
      { query: { phoneIds: ['p1', ...strangers] }, expected: 'dca' },
      { query: { phoneIds: [] }, expected: '' },
      { query: { states: ['RINGING', 'CONNECTED'] }, expected: 'cbe' },
      { query: { states: [] }, expected: '' },
      { query: { directions: ['OUTGOING'] }, expected: 'db' },
      { query: { directions: ['OUTGOING'], phoneIds: ['p1'] }, expected: 'd' },
      { query: { since: 2000 }, expected: 'dcb' },
      { query: { until: 2000 }, expected: 'ae' },
      { query: { since: 1000, until: 3000, phoneIds: ['p1', 'p2'] }, expected: 'cba' },
      { query: { since: 3001 }, expected: '' },
    ])('$query', async ({ query, expected }) => {
      await using files = await temporaryStore();
      const { calls } = files.store;
      await calls.save({ calls: CALLS, eventCalls: [], throughSequence: 0 });
      const whole = await calls.list(query, { limit: 100 });
      expect(whole.items.map(({ id }) => id).join('')).toBe(expected);
      expect(whole).toMatchObject({ hasNextPage: false, hasPreviousPage: false });

      // One call a page comes to the same.
      let paged = '';
      for (let after: string | undefined; ; after = paged.at(-1)) {
        const page = await calls.list(query, { limit: 1, after });
        paged += page.items.map(({ id }) => id).join('');
        expect(page.hasPreviousPage).toBe(after !== undefined);
        expect(page.hasNextPage).toBe(paged.length < expected.length);
        if (!page.hasNextPage) break;
      }
      expect(paged).toBe(expected);
    });

    test('a call that turns out otherwise stands in the list as it is now', async () => {
      await using files = await temporaryStore();
      const { calls } = files.store;
      await calls.save({ calls: CALLS, eventCalls: [], throughSequence: 0 });
      const changed = [
        call('a', { startedAt: 2500, phoneId: 'p1', state: 'HELD', direction: 'OUTGOING' }),
        call('b', { startedAt: 2000, phoneId: 'p2', state: 'ENDED', direction: 'INCOMING' }),
      ];
      await calls.save({ calls: changed, eventCalls: [], throughSequence: 1 });
      const listed = async (query: CallQuery): Promise<string> =>
        (await calls.list(query, { limit: 100 })).items.map(({ id }) => id).join('');
      expect(await listed({})).toBe('dacbe');
      expect(await listed({ phoneIds: ['p1'] })).toBe('dac');
      expect(await listed({ phoneIds: ['p1'], states: ['HELD'] })).toBe('a');
      expect(await listed({ phoneIds: ['p1'], directions: ['OUTGOING'] })).toBe('da');
      expect(await listed({ phoneIds: ['p1'], since: 2100, until: 2900 })).toBe('a');
      expect(await listed({ states: ['ENDED'] })).toBe('db');
      expect(await listed({ directions: ['INCOMING'] })).toBe('cb');
    });

    test('a cursor that is newer than `until` does not widen the list', async () => {
      await using files = await temporaryStore();
      const { calls } = files.store;
      await calls.save({ calls: CALLS, eventCalls: [], throughSequence: 0 });
      const page = await calls.list({ until: 2000 }, { limit: 10, after: 'd' });
      expect(page.items.map(({ id }) => id)).toEqual(['a', 'e']);
    });

    test('refuses a cursor that names no call', async () => {
      await using files = await temporaryStore();
      const page = files.store.calls.list({}, { limit: 10, after: 'nobody' });
      await expect(page).rejects.toMatchObject({ code: 'UNKNOWN_CURSOR' });
    });

    test('of one time and more than are looked at in one go', async () => {
      await using files = await temporaryStore();
      const { calls } = files.store;
      const ids = range(5200).map((index) => `call-${String(index).padStart(5, '0')}`);
      const rare = ids[17];
      const many = ids.map((id) => call(id, id === rare ? { state: 'HELD' } : {}));
      await calls.save({ calls: many, eventCalls: [], throughSequence: 0 });
      for (const phoneIds of [undefined, ['phone-1']]) {
        const all = await calls.list({ phoneIds }, { limit: 10_000 });
        expect(all.items.map(({ id }) => id)).toEqual(ids.toReversed());
        const held = await calls.list({ phoneIds, states: ['HELD'] }, { limit: 10 });
        expect(held.items.map(({ id }) => id)).toEqual([rare]);
      }
    });
  });
}

/** Which events belong to these calls, in the log's order. */
async function eventCalls(calls: CallStore, ...callIds: readonly string[]): Promise<readonly EventCall[]> {
  const found: EventCall[] = [];
  for await (const page of calls.eventCalls(callIds)) found.push(...page);
  return found.sort((left, right) => left.sequence - right.sequence);
}
