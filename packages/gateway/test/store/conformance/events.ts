import { describe, expect, test } from 'vitest';
import type { EventLog, EventQuery } from '../../../src/store/ports.ts';
import { callEvent, deviceEvent, type NewEvent, range, storedPhone } from '../samples.ts';
import type { OpenStore } from './open-store.ts';

/** What every event log keeps to. */
export function eventLogConforms(temporaryStore: OpenStore): void {
  describe('appending', () => {
    test('gives back the events as they were given, with their places', async () => {
      await using files = await temporaryStore();
      const given = [callEvent('INCOMING'), deviceEvent({ vendorEvent: null, variables: [] })];
      const [first, second, ...others] = await files.store.events.append(given);
      expect(others).toEqual([]);
      expect(first).toEqual({ sequence: 1, ...given[0] });
      expect(second).toEqual({ sequence: 2, ...given[1] });
      expect(await files.store.events.get(1)).toEqual(first);
      expect(await files.store.events.get(2)).toEqual(second);
      expect(await files.store.events.get(3)).toBeNull();
    });

    test('of nothing gives nothing', async () => {
      await using files = await temporaryStore();
      expect(await files.store.events.append([])).toEqual([]);
    });

    test('by many at once: each keeps its events together and no place is given twice', async () => {
      await using files = await temporaryStore();
      const appended = await Promise.all(
        range(200).map((index) =>
          files.store.events.append(
            [callEvent(), callEvent('ENDED')].map((event) => ({ ...event, phoneId: `p${index}` })),
          ),
        ),
      );
      const sequences = appended.flat().map(({ sequence }) => sequence);
      expect(new Set(sequences).size).toBe(400);
      for (const [index, events] of appended.entries()) {
        expect(events.map(({ phoneId }) => phoneId)).toEqual([`p${index}`, `p${index}`]);
        expect((events[1]?.sequence ?? 0) - (events[0]?.sequence ?? 0)).toBe(1);
      }
      const read = await files.store.events.read({}, { limit: 1000 });
      expect(read).toEqual(appended.flat().sort((left, right) => left.sequence - right.sequence));
    });

    test('writes how a switch stands; one that comes a second time changes nothing', async () => {
      await using files = await temporaryStore();
      const { events, phones } = files.store;
      await phones.put(storedPhone('p1'));
      const turned = (enabled: boolean, phoneId: string) => ({
        ...deviceEvent({ phoneId }),
        event: { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled, target: null } as const,
        receipt: Uint8Array.of(Number(enabled), phoneId.length),
      });
      const appended = await events.append([turned(true, 'p1'), turned(false, 'p1'), turned(true, 'nobody')]);
      expect(appended.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
      expect(await phones.features('p1')).toMatchObject([{ feature: 'DO_NOT_DISTURB', enabled: false }]);
      const again = await events.append([turned(true, 'p1'), callEvent()], { mayBeThere: true });
      expect(again.map(({ sequence }) => sequence)).toEqual([1, 4]);
      expect(await phones.features('p1')).toMatchObject([{ enabled: false }]);
      await events.append([{ ...turned(true, 'p1'), receipt: Uint8Array.of(3) }]);
      expect(await phones.features('p1')).toMatchObject([{ enabled: true }]);
    });

    test('an event that cannot be written leaves nothing of its append', async () => {
      await using files = await temporaryStore();
      const unwritable = callEvent('ENDED', { receivedAt: 0.5 });
      await expect(files.store.events.append([callEvent(), unwritable])).rejects.toMatchObject({ code: 'CONSTRAINT' });
      expect(await files.store.events.read({}, { limit: 10 })).toEqual([]);
    });
  });

  describe('reading', () => {
    const LOG: readonly NewEvent[] = [
      callEvent('INCOMING', { phoneId: 'a' }),
      callEvent('CONNECTED', { phoneId: 'b', vendor: 'yealink' }),
      deviceEvent({ phoneId: 'a' }),
      callEvent('ENDED', { phoneId: 'a' }),
      deviceEvent({ phoneId: 'b', vendor: 'yealink' }),
      callEvent('ENDED', { phoneId: 'c' }),
    ];
    const read = async (log: EventLog, query: EventQuery, where: Partial<Parameters<EventLog['read']>[1]> = {}) =>
      (await log.read(query, { limit: 100, ...where })).map(({ sequence }) => sequence);
    // More phones than are looked up one by one: the whole log is walked instead, with the same outcome.
    const strangers = range(100).map((index) => `stranger-${index}`);

    const ranges = [
      { where: {}, expected: [1, 2, 3, 4, 5, 6] },
      { where: { limit: 2 }, expected: [1, 2] },
      { where: { limit: 2, last: true }, expected: [5, 6] },
      { where: { after: 2 }, expected: [3, 4, 5, 6] },
      { where: { after: 2, limit: 1 }, expected: [3] },
      { where: { before: 5 }, expected: [1, 2, 3, 4] },
      { where: { after: 1, before: 5, limit: 2, last: true }, expected: [3, 4] },
      { where: { after: 3, before: 4 }, expected: [] },
      { where: { after: 6 }, expected: [] },
      { where: { limit: 0 }, expected: [] },
    ];
    // All phones of the log: narrowed, and yet the same outcome. So each way to walk is seen with each range.
    const everybody = [{}, { phoneIds: ['a', 'b', 'c'] }, { phoneIds: ['a', 'b', 'c', ...strangers] }];
    test.each(ranges)('between $where', async ({ where, expected }) => {
      await using files = await temporaryStore();
      await files.store.events.append(LOG);
      for (const query of everybody) expect(await read(files.store.events, query, where)).toEqual(expected);
    });

    test.each<{ query: EventQuery; expected: number[] }>([
      { query: { phoneIds: ['a'] }, expected: [1, 3, 4] },
      { query: { phoneIds: ['b', 'a', 'a'] }, expected: [1, 2, 3, 4, 5] },
      { query: { phoneIds: ['b', 'a', ...strangers] }, expected: [1, 2, 3, 4, 5] },
      { query: { phoneIds: [] }, expected: [] },
      { query: { phoneIds: ['nobody'] }, expected: [] },
      { query: { vendors: ['yealink'] }, expected: [2, 5] },
      { query: { types: ['DEVICE'] }, expected: [3, 5] },
      { query: { types: ['DEVICE', 'CALL'], vendors: ['snom'] }, expected: [1, 3, 4, 6] },
      { query: { callEventKinds: ['ENDED'] }, expected: [3, 4, 5, 6] },
      { query: { callEventKinds: ['ENDED'], types: ['CALL'] }, expected: [4, 6] },
      { query: { callEventKinds: [], types: ['CALL'] }, expected: [] },
      { query: { callEventKinds: ['ENDED'], types: ['CALL'], phoneIds: ['a', 'b'] }, expected: [4] },
      { query: { types: [] }, expected: [] },
    ])('narrowed by $query', async ({ query, expected }) => {
      await using files = await temporaryStore();
      await files.store.events.append(LOG);
      expect(await read(files.store.events, query)).toEqual(expected);
      expect(await read(files.store.events, query, { last: true })).toEqual(expected);
      expect(await read(files.store.events, query, { limit: 1 })).toEqual(expected.slice(0, 1));
      expect(await read(files.store.events, query, { limit: 1, last: true })).toEqual(expected.slice(-1));
    });

    test('finds what is rare, far away in a long log', async () => {
      await using files = await temporaryStore();
      const { events } = files.store;
      const common = range(6000).map(() => callEvent('CONNECTED'));
      await events.append([deviceEvent(), ...common]);
      await events.append([deviceEvent({ phoneId: 'phone-2' }), ...common]);
      await events.append([deviceEvent()]);
      const rare = [1, 6002, 12_003];
      expect(await read(events, { types: ['DEVICE'] })).toEqual(rare);
      expect(await read(events, { types: ['DEVICE'] }, { last: true, limit: 2 })).toEqual(rare.slice(1));
      expect(await read(events, { types: ['DEVICE'], phoneIds: ['phone-1'] })).toEqual([1, 12_003]);
      expect(await read(events, { types: ['DEVICE'] }, { after: 1, before: 12_003 })).toEqual([6002]);
      expect(await read(events, { types: ['USER'] }, { last: true })).toEqual([]);
    });

    test.each([-1, 0.5, 10_001, Number.NaN])('refuses a page of %d', async (limit) => {
      await using files = await temporaryStore();
      await expect(files.store.events.read({}, { limit })).rejects.toThrow('A page holds');
    });
  });

  test('gives the events of places, close together and far apart, each once and in order', async () => {
    await using files = await temporaryStore();
    const { events } = files.store;
    const log = await events.append(range(1_200).map((index) => callEvent('INCOMING', { vendorEvent: `${index}` })));
    const at = async (places: readonly number[]) => {
      const found = await events.at(places);
      expect(found).toEqual(found.map(({ sequence }) => log[sequence - 1]));
      return found.map(({ sequence }) => sequence);
    };
    expect(await at([])).toEqual([]);
    expect(await at([3, 1, 0, 3, 1_201])).toEqual([1, 3]);
    const close = range(400).map((index) => 10 + 2 * index);
    const far = [900, 950, 1_000, 1_200];
    expect(await at([...far, ...close])).toEqual([...close, ...far]);
    expect(await at([1, ...close.toReversed(), 1_100])).toEqual([1, ...close, 1_100]);
    const all = log.map(({ sequence }) => sequence);
    expect(await at([...all, 1_201])).toEqual(all);
    await expect(events.at(range(10_001))).rejects.toThrow('A page holds');
  });

  test('its bounds and the newest event of each phone', async () => {
    await using files = await temporaryStore();
    const { events } = files.store;
    expect(await events.bounds()).toEqual({ first: 0, last: 0 });
    expect(await events.lastReceivedAt()).toEqual(new Map());
    await events.append([
      callEvent('INCOMING', { phoneId: 'a', receivedAt: 10 }),
      callEvent('INCOMING', { phoneId: 'b', receivedAt: 20 }),
      callEvent('ENDED', { phoneId: 'a', receivedAt: 30 }),
    ]);
    expect(await events.bounds()).toEqual({ first: 1, last: 3 });
    const newest = new Map([
      ['a', 30],
      ['b', 20],
    ]);
    expect(await events.lastReceivedAt()).toEqual(newest);
    const reopened = await files.reopen();
    expect(await reopened.events.bounds()).toEqual({ first: 1, last: 3 });
    expect(await reopened.events.lastReceivedAt()).toEqual(newest);
    expect((await reopened.events.append([callEvent()]))[0]?.sequence).toBe(4);
  });

  test('the newest event of each of many phones', async () => {
    await using files = await temporaryStore();
    const { events } = files.store;
    const phones = range(1_100).map((index) => `p${index}`);
    await events.append(phones.map((phoneId) => callEvent('INCOMING', { phoneId, receivedAt: 1 })));
    await events.append(phones.map((phoneId, index) => callEvent('ENDED', { phoneId, receivedAt: 2 + index })));
    expect(await events.lastReceivedAt()).toEqual(new Map(phones.map((phoneId, index) => [phoneId, 2 + index])));
  });
}
