import { expect, test } from 'vitest';
import { StoredCalls } from '../../src/calls/stored-calls.ts';
import type { CallStore } from '../../src/store/ports.ts';
import { call, callEvent, range } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';

/** Each event of the log has a call of its own that has ended, `c1` the first one. */
async function storeWith(count: number) {
  const files = await temporaryStore();
  const { calls, events } = files.store;
  const places = range(count).map((index) => index + 1);
  await events.append(places.map(() => callEvent()));
  await calls.save({
    calls: places.map((place) => call(`c${place}`, { state: 'ENDED', endedAt: 1 })),
    eventCalls: places.map((sequence) => ({ sequence, callId: `c${sequence}` })),
    throughSequence: count,
  });
  const asked: { readonly after: number; readonly through: number }[] = [];
  const store: Pick<CallStore, 'ofEvents'> = {
    ofEvents(range) {
      asked.push(range);
      return calls.ofEvents(range);
    },
  };
  return { calls, events, store, asked, [Symbol.asyncDispose]: () => files[Symbol.asyncDispose]() };
}

test('who reads the log on has the calls of what follows read in few goes, and at hand', async () => {
  await using files = await storeWith(600);
  const stored = new StoredCalls(files.store, () => 0);
  let atHand = 0;
  for (const place of range(600)) {
    const found = stored.ofEvent(place + 1);
    if (!(found instanceof Promise)) atHand += 1;
    expect((await found)?.id).toBe(`c${place + 1}`);
  }
  expect(files.asked.map(({ after, through }) => through - after)).toEqual([1, 16, 64, 256, 256, 256]);
  expect(atHand).toBe(594);
});

test('events between those that are asked for may be of no interest', async () => {
  await using files = await storeWith(600);
  const stored = new StoredCalls(files.store, () => 0);
  for (let place = 1; place <= 600; place += 30) expect((await stored.ofEvent(place))?.id).toBe(`c${place}`);
  expect(files.asked.length).toBeLessThan(8);
});

test('of more who read at a time than are read ahead for, none has more read than itself asks for', async () => {
  await using files = await storeWith(4_800);
  const stored = new StoredCalls(files.store, () => 0);
  for (const step of range(100)) {
    for (const reader of range(12)) {
      const place = 400 * reader + step + 1;
      expect((await stored.ofEvent(place))?.id).toBe(`c${place}`);
    }
  }
  const single = files.asked.filter(({ after, through }) => through - after === 1);
  const ahead = files.asked.filter(({ after, through }) => through - after > 1);
  // Twelve begin; four of them go on event by event, 99 more each. The others need 16, 64 and 256 at most.
  expect(single.length).toBeLessThanOrEqual(12 + 4 * 99);
  expect(ahead.length).toBeLessThanOrEqual(8 * 3);
});

test('one event somewhere is asked for by itself', async () => {
  await using files = await storeWith(200);
  const stored = new StoredCalls(files.store, () => 0);
  expect((await stored.ofEvent(180))?.id).toBe('c180');
  expect((await stored.ofEvent(7))?.id).toBe('c7');
  expect(files.asked).toEqual([
    { after: 179, through: 180 },
    { after: 6, through: 7 },
  ]);
});

test('a call that was written since its part was read is found', async () => {
  await using files = await storeWith(2);
  const stored = new StoredCalls(files.store, () => 0);
  expect((await stored.ofEvent(1))?.id).toBe('c1');
  expect((await stored.ofEvent(2))?.id).toBe('c2');
  await files.events.append([callEvent()]);
  expect(await stored.ofEvent(3)).toBeNull();
  await files.calls.save({ calls: [call('c3')], eventCalls: [{ sequence: 3, callId: 'c3' }], throughSequence: 3 });
  expect((await stored.ofEvent(3))?.id).toBe('c3');
});

test('a call that goes on is told as it is now', async () => {
  await using files = await storeWith(3);
  await files.calls.save({ calls: [call('c3')], eventCalls: [], throughSequence: 3 });
  const stored = new StoredCalls(files.store, () => 0);
  for (const place of [1, 2]) await stored.ofEvent(place);
  expect((await stored.ofEvent(3))?.state).toBe('RINGING');
  await files.calls.save({ calls: [call('c3', { state: 'CONNECTED' })], eventCalls: [], throughSequence: 3 });
  expect((await stored.ofEvent(3))?.state).toBe('CONNECTED');
});

test('what is older than a second is read again', async () => {
  await using files = await storeWith(3);
  let now = 0;
  const stored = new StoredCalls(files.store, () => now);
  for (const place of [1, 2]) await stored.ofEvent(place);
  const changed = call('c3', { state: 'ENDED', endedAt: 2 });
  await files.calls.save({ calls: [changed], eventCalls: [], throughSequence: 3 });
  now = 999;
  expect((await stored.ofEvent(3))?.endedAt).toBe(1);
  now = 1_000;
  expect((await stored.ofEvent(3))?.endedAt).toBe(2);
});

test('a store that fails is asked again by the next one', async () => {
  await using files = await storeWith(3);
  let fails = false;
  const failing: Pick<CallStore, 'ofEvents'> = {
    ofEvents: (range) => (fails ? Promise.reject(new Error('away')) : files.calls.ofEvents(range)),
  };
  const stored = new StoredCalls(failing, () => 0);
  expect((await stored.ofEvent(1))?.id).toBe('c1');
  fails = true;
  await expect(stored.ofEvent(2)).rejects.toThrow('away');
  fails = false;
  expect((await stored.ofEvent(2))?.id).toBe('c2');
});
