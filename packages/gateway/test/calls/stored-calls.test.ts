import { expect, test } from 'vitest';
import { StoredCalls } from '../../src/calls/stored-calls.ts';
import type { CallStore } from '../../src/store/ports.ts';
import { call, callEvent, range } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';

/** Each event of the log has a call of its own, `c1` the first one. */
async function storeWith(count: number) {
  const files = await temporaryStore();
  const { calls, events } = files.store;
  const places = range(count).map((index) => index + 1);
  await events.append(places.map(() => callEvent()));
  const eventCalls = places.map((sequence) => ({ sequence, callId: `c${sequence}` }));
  await calls.save({ calls: places.map((place) => call(`c${place}`)), eventCalls, throughSequence: count });
  const asked: { readonly after: number; readonly through: number }[] = [];
  const store: Pick<CallStore, 'ofEvents'> = {
    ofEvents(range) {
      asked.push(range);
      return calls.ofEvents(range);
    },
  };
  return { calls, events, store, asked, [Symbol.asyncDispose]: () => files[Symbol.asyncDispose]() };
}

test('who reads the log on has the calls of what follows read in few goes', async () => {
  await using files = await storeWith(600);
  const stored = new StoredCalls(files.store, () => 0);
  for (const place of range(600)) expect((await stored.ofEvent(place + 1))?.id).toBe(`c${place + 1}`);
  expect(files.asked).toHaveLength(4);
});

test('several who read at a time do not disturb each other', async () => {
  await using files = await storeWith(600);
  const stored = new StoredCalls(files.store, () => 0);
  for (const place of range(300)) {
    expect((await stored.ofEvent(place + 1))?.id).toBe(`c${place + 1}`);
    expect((await stored.ofEvent(place + 301))?.id).toBe(`c${place + 301}`);
  }
  expect(files.asked.length).toBeLessThanOrEqual(8);
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

test('what is older than a second is read again', async () => {
  await using files = await storeWith(3);
  let now = 0;
  const stored = new StoredCalls(files.store, () => now);
  for (const place of [1, 2]) await stored.ofEvent(place);
  await files.calls.save({ calls: [call('c3', { state: 'ENDED' })], eventCalls: [], throughSequence: 3 });
  expect((await stored.ofEvent(3))?.state).toBe('RINGING');
  now = 1_000;
  expect((await stored.ofEvent(3))?.state).toBe('ENDED');
});

test('a store that fails is asked again by the next one', async () => {
  await using files = await storeWith(2);
  let fails = true;
  const failing: Pick<CallStore, 'ofEvents'> = {
    ofEvents: (range) => (fails ? Promise.reject(new Error('away')) : files.calls.ofEvents(range)),
  };
  const stored = new StoredCalls(failing, () => 0);
  await expect(stored.ofEvent(1)).rejects.toThrow('away');
  fails = false;
  expect((await stored.ofEvent(1))?.id).toBe('c1');
});
