import { expect, test } from 'vitest';
import { createBoundedQueue } from '../../src/events/bounded-queue.ts';
import { decodeCursor, encodeCursor } from '../../src/events/cursor.ts';
import { createEventHub } from '../../src/events/event-hub.ts';
import { createEventIntake } from '../../src/events/event-intake.ts';
import type { LoggedEvent } from '../../src/model.ts';
import type { EventQuery } from '../../src/store/ports.ts';
import { deviceEvent, storedPhone } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';
import { registered } from '../support/registered-phone.ts';
import { range } from '../support/wait.ts';
import { temporaryKeeper } from './temporary-keeper.ts';

const PHONE = registered(storedPhone('phone-1').phone);
const STARTED = { type: 'DEVICE', deviceEventKind: 'STARTED' } as const;
const REPORT = {
  event: STARTED,
  vendorEvent: 'started',
  variables: [],
  device: { mac: null, model: null, firmware: null },
};

test('what many append at once is published in the order of the log, each step before its event', async () => {
  await using temporary = await temporaryStore();
  const hub = createEventHub(0);
  const steps: number[] = [];
  const published: number[] = [];
  const failures: unknown[] = [];
  await using kept = await temporaryKeeper(temporary.store, {
    hub,
    steps: [
      () => {
        throw new Error('a step that fails stops neither the others nor the event');
      },
      ({ sequence }) => steps.push(sequence),
    ],
    onError: (error) => failures.push(error),
  });
  const intake = createEventIntake({ keeper: kept.keeper, now: Date.now, callsOf: () => [] });
  const queue = hub.subscribe((event) => {
    published.push(event.sequence);
    expect(steps.at(-1)).toBe(event.sequence);
    return false;
  });
  await Promise.all(
    range(300).map((n) =>
      n % 3 === 0 ? intake.notice(PHONE, [STARTED, STARTED]) : intake.receive(PHONE, REPORT, 'ACTION_URL'),
    ),
  );
  expect(published).toEqual(range(400).map((n) => n + 1));
  expect([hub.lastSequence, failures.length]).toEqual([400, 400]);
  queue.close();
  expect(hub.subscriberCount).toBe(0);
});

test('an event that cannot be stored is published to nobody', async () => {
  await using temporary = await temporaryStore();
  const hub = createEventHub(0);
  await using kept = await temporaryKeeper(temporary.store, { hub });
  const intake = createEventIntake({ keeper: kept.keeper, now: Date.now, callsOf: () => [] });
  await temporary.store.close();
  await expect(intake.receive(PHONE, REPORT, 'ACTION_URL')).rejects.toMatchObject({ code: 'CLOSED' });
  expect(hub.lastSequence).toBe(0);
  await temporary.reopen();
});

test('a queue is bounded in items and in bytes; full, it ends and drops what waits', async () => {
  let closed = 0;
  const queue = createBoundedQueue<string>({ items: 2, bytes: 10 }, { queueClosed: () => (closed += 1) });
  expect([queue.push('a', 5), queue.push('b', 5)]).toEqual([true, true]);
  expect(await queue.next()).toBe('a');
  expect(queue.push('c', 6)).toBe(false);
  expect([queue.overflowed, closed, await queue.next()]).toEqual([true, 1, null]);
  expect(queue.push('d', 1)).toBe(false);

  const short = createBoundedQueue<string>({ items: 1, bytes: 10 });
  expect([short.push('a', 1), short.push('b', 1)]).toEqual([true, false]);
});

test('a closed queue still gives out what waits, and wakes who waits', async () => {
  let closed = 0;
  const queue = createBoundedQueue<string>({ items: 2, bytes: 10 }, { queueClosed: () => (closed += 1) });
  const waiting = queue.next();
  queue.push('a', 1);
  queue.push('b', 1);
  queue.close();
  queue.close();
  expect([await waiting, await queue.next(), await queue.next()]).toEqual(['a', 'b', null]);
  expect([queue.overflowed, closed]).toEqual([false, 1]);
  const empty = createBoundedQueue<string>({ items: 2, bytes: 10 });
  const forNothing = empty.next();
  empty.close();
  expect(await forNothing).toBeNull();
});

test('large events fill a subscriber’s queue by their size', () => {
  const hub = createEventHub(0);
  const queue = hub.subscribe(() => true);
  const value = 'x'.repeat(100_000);
  const large = (sequence: number): LoggedEvent => ({
    ...deviceEvent({ variables: [{ name: 'n', value }] }),
    sequence,
  });
  for (const n of range(20)) hub.publish(large(n));
  expect([queue.overflowed, hub.subscriberCount]).toEqual([false, 1]);
  hub.publish(large(21));
  expect([queue.overflowed, hub.subscriberCount]).toEqual([true, 0]);
});

test.each([0, 1, 999_999_999_999_999])('a cursor leads to its place: %d', (sequence) => {
  expect(decodeCursor(encodeCursor(sequence))).toBe(sequence);
});

test.each([
  '',
  'event:1',
  encodeCursor(-1),
  encodeCursor(1.5),
  `${encodeCursor(1)}=`,
  ` ${encodeCursor(1)}`,
  encodeCursor(1e16),
])('%j is no cursor', (text) => {
  expect(decodeCursor(text)).toBeNull();
});

test('only those whose phone, type or vendor it is are asked about an event, each once', () => {
  const hub = createEventHub(0);
  const asked: string[] = [];
  const listen = (name: string, narrowing: EventQuery) =>
    hub.subscribe((event) => {
      asked.push(`${name} ${event.sequence}`);
      return false;
    }, narrowing);
  const queues = [
    listen('all', {}),
    listen('phones', { phoneIds: ['phone-1', 'phone-1', 'phone-2'] }),
    listen('another phone', { phoneIds: ['phone-3'], types: ['DEVICE'] }),
    listen('nothing', { phoneIds: [] }),
    listen('types', { types: ['DEVICE', 'CALL'], vendors: ['other'] }),
    listen('another type', { types: ['OTHER'] }),
    listen('vendor', { vendors: ['acme'] }),
    listen('another vendor', { vendors: ['other'] }),
  ];
  hub.publish({ ...deviceEvent({ phoneId: 'phone-1', vendor: 'acme' }), sequence: 1 });
  expect(asked.toSorted()).toEqual(['all 1', 'phones 1', 'types 1', 'vendor 1']);
  for (const queue of queues) queue.close();
  hub.publish({ ...deviceEvent({ phoneId: 'phone-1', vendor: 'acme' }), sequence: 2 });
  expect([asked.length, hub.subscriberCount]).toEqual([4, 0]);
});

test('what is taken does not wait; what is not waits, and what comes behind it', () => {
  const hub = createEventHub(0);
  const taken: number[] = [];
  let takes = true;
  const queue = hub.subscribe({
    matches: () => true,
    take({ sequence }) {
      if (takes) taken.push(sequence);
      return takes;
    },
  });
  const publish = (sequence: number) => hub.publish({ ...deviceEvent(), sequence });
  publish(1);
  takes = false;
  publish(2);
  takes = true;
  publish(3);
  expect([taken, queue.take()?.sequence, queue.take()?.sequence, queue.take()]).toEqual([[1], 2, 3, undefined]);
  publish(4);
  expect(taken).toEqual([1, 4]);
  queue.close();
});
