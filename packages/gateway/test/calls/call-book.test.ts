import { setImmediate } from 'node:timers/promises';
import type { CallEvent } from '@hookswitch/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CallUpdate } from '../../src/application.ts';
import { CallBook } from '../../src/calls/call-book.ts';
import { matchesCall } from '../../src/calls/call-stream.ts';
import { createCallWriter } from '../../src/calls/call-writer.ts';
import type { Call, LoggedEvent } from '../../src/model.ts';
import type { CallStore } from '../../src/store/ports.ts';
import type { SqliteStore } from '../../src/store/sqlite/index.ts';
import { call, callEvent } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';
import { testGateway } from '../support/gateway.ts';
import { range } from '../support/wait.ts';
import { step } from './facts.ts';
import { unlessClosed } from './unless-closed.ts';

function open({ events, calls }: SqliteStore): Promise<CallBook> {
  return CallBook.open({ store: calls, log: events, onError: unlessClosed });
}

/** Appends to the log and takes it in, as the intake does. */
async function happen(
  store: SqliteStore,
  book: CallBook,
  ...events: readonly CallEvent[]
): Promise<readonly LoggedEvent[]> {
  const entries = events.map((event, index) => callEvent('INCOMING', { event, receivedAt: (index + 1) * 1_000 }));
  const logged = await store.events.append(entries);
  for (const event of logged) book.apply(event);
  return logged;
}

const LIFE: readonly CallEvent[] = [
  step('INCOMING', { number: '101', vendorIds: { id: '1' } }),
  step('CONNECTED', { vendorIds: { id: '1' } }),
  step('HELD', { vendorIds: { id: '1' } }),
  step('OUTGOING', { number: '102', vendorIds: { id: '2' } }),
  step('INCOMING', { number: '103' }),
  step('OUTGOING', { number: '104', vendorIds: { id: '4' } }),
  step('ENDED', { vendorIds: { id: '4' } }),
];

test('a call placed while another is held was placed on its behalf', async () => {
  await using temporary = await temporaryStore();
  const book = await open(temporary.store);
  await happen(temporary.store, book, ...LIFE);
  const [held, consultation] = book.active('phone-1');
  expect(held).toMatchObject({ state: 'HELD', consultationForId: null, conferencedWithIds: null });
  expect(consultation).toMatchObject({ state: 'DIALING', consultationForId: held?.id });
});

test('the picture after a restart is the one before, in the same order', async () => {
  await using temporary = await temporaryStore();
  const before = await open(temporary.store);
  await happen(temporary.store, before, ...LIFE);
  await before.flush();
  const calls = before.active('phone-1');
  expect(calls.map(({ remote }) => remote.number)).toEqual(['101', '102', '103']);
  const after = await open(await temporary.reopen());
  expect(after.active('phone-1')).toEqual(calls);
  expect(after.activeCount).toBe(3);
  // And it goes on as it would have: of two calls that share an id the newer one is meant.
  await happen(
    temporary.store,
    after,
    step('CONNECTED', { number: '103' }),
    step('CONNECTED', { vendorIds: { id: '2' } }),
  );
  expect(after.active('phone-1').map(({ state }) => state)).toEqual(['HELD', 'CONNECTED', 'CONNECTED']);
});

test('what a crash took from the store is derived again from the log', async () => {
  await using temporary = await temporaryStore();
  const before = await open(temporary.store);
  const logged = await happen(temporary.store, before, ...LIFE.slice(0, 2));
  await before.flush();
  // These were logged and never derived.
  await temporary.store.events.append(
    LIFE.slice(2).map((event) => callEvent('INCOMING', { event, receivedAt: 9_000 })),
  );
  const after = await open(await temporary.reopen());
  expect(after.active('phone-1').map(({ remote, state }) => [remote.number, state])).toEqual([
    ['101', 'HELD'],
    ['102', 'DIALING'],
    ['103', 'RINGING'],
  ]);
  expect(after.active('phone-1')[0]?.id).toBe(before.active('phone-1')[0]?.id);
  expect(await temporary.store.calls.throughSequence()).toBe(7);
  expect((await after.ofEvent(logged[0] ?? missing()))?.id).toBe(after.active('phone-1')[0]?.id);
});

function missing(): never {
  throw new Error('the log has not that many events');
}

test('an event leads to its call before the call is in the store, and at once', async () => {
  await using temporary = await temporaryStore();
  const book = await open(temporary.store);
  const [first, question] = await happen(
    temporary.store,
    book,
    step('INCOMING', { number: '101' }),
    step('SCREENING_REQUESTED'),
  );
  expect(book.ofEvent(first ?? missing())).toEqual(book.active('phone-1')[0]);
  expect(await book.ofEvent(question ?? missing())).toBeNull();
  expect(await book.get('nothing')).toBeNull();
});

test('what the store refuses is written with the next change', async () => {
  const saved: Parameters<CallStore['save']>[0][] = [];
  const errors: unknown[] = [];
  let broken = true;
  const save = Promise.withResolvers<void>();
  const store = {
    async save(change) {
      if (broken) throw new Error('full');
      saved.push(change);
      save.resolve();
    },
  } satisfies Pick<CallStore, 'save'>;
  const writer = createCallWriter({ store, owns: () => true, onError: (error) => errors.push(error) });
  writer.note({ sequence: 1, phoneId: 'p1' }, { calls: [call('a')], owners: [{ sequence: 1, callId: 'a' }] });
  await writer.flush();
  expect(errors.length).toBeGreaterThan(0);
  expect(writer.unsavedCallOf(1)).toBe('a');
  broken = false;
  writer.note(
    { sequence: 2, phoneId: 'p1' },
    { calls: [call('b', { state: 'CONNECTED' })], owners: [{ sequence: 2, callId: 'b' }] },
  );
  await save.promise;
  expect(saved).toMatchObject([
    {
      calls: [{ id: 'a' }, { id: 'b', state: 'CONNECTED' }],
      eventCalls: [
        { sequence: 1, callId: 'a' },
        { sequence: 2, callId: 'b' },
      ],
      throughSequence: 2,
    },
  ]);
});

test('many changes are written at once, and what a store then refuses is tried again by the clock alone', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const asked: number[] = [];
  let broken = false;
  const store: Pick<CallStore, 'save'> = {
    async save({ calls }) {
      asked.push(calls.length);
      if (broken) throw new Error('full');
    },
  };
  const writer = createCallWriter({ store, owns: () => true, onError: () => {} });
  let sequence = 0;
  const note = async (many: number): Promise<void> => {
    for (const _ of range(many)) {
      sequence += 1;
      writer.note({ sequence, phoneId: 'p1' }, { calls: [call(`call-${sequence}`)], owners: [] });
    }
    await setImmediate();
  };
  await note(63);
  expect(asked).toEqual([]);
  await note(1);
  expect(asked).toEqual([64]);
  broken = true;
  await note(64);
  await note(64);
  expect(asked).toEqual([64, 64]);
  broken = false;
  vi.advanceTimersByTime(100);
  await setImmediate();
  expect(asked).toEqual([64, 64, 128]);
});

test.each<[Parameters<typeof matchesCall>[0], boolean]>([
  [{}, true],
  [{ phoneIds: ['phone-1'], states: ['HELD', 'RINGING'] }, true],
  [{ phoneIds: [] }, false],
  [{ states: ['HELD'] }, false],
  [{ directions: ['INCOMING'], since: 1_000, until: 1_001 }, true],
  [{ directions: ['OUTGOING'] }, false],
  [{ since: 1_001 }, false],
  [{ until: 1_000 }, false],
])('%j lets a call through: %s', (filter, expected) => {
  expect(matchesCall(filter, call('a'))).toBe(expected);
});

test('subscribers see every call, then each change, and a call that stops matching once more', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'incoming', 'id=2&remote=102');
  await running.report(desk, 'connected', 'id=2');
  const controller = new AbortController();
  const updates = running.application.calls
    .subscribe({ states: ['RINGING'] }, controller.signal)
    [Symbol.asyncIterator]();
  const next = async (): Promise<readonly unknown[]> => {
    const { value } = (await updates.next()) as IteratorYieldResult<CallUpdate>;
    return value.kind === 'call' ? [value.call.remote.number, value.call.state] : [value.kind, value.cursor];
  };
  expect(await next()).toEqual(['101', 'RINGING']);
  expect(await next()).toEqual(['caughtUp', running.application.events.cursorOf(3)]);
  await running.report(desk, 'ended', 'id=2');
  await running.report(desk, 'connected', 'id=1');
  expect(await next()).toEqual(['101', 'CONNECTED']);
  await running.report(desk, 'held', 'id=1');
  await running.report(desk, 'incoming', 'id=3&remote=103');
  expect(await next()).toEqual(['103', 'RINGING']);
  const waiting = updates.next();
  controller.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test('a slow subscriber is sent the latest state of a call, not each step', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const controller = new AbortController();
  const updates = running.application.calls.subscribe({}, controller.signal)[Symbol.asyncIterator]();
  expect((await updates.next()).value).toMatchObject({ kind: 'caughtUp' });
  for (const path of ['incoming', 'connected', 'held', 'ended']) await running.report(desk, path, 'id=1&remote=101');
  await running.report(desk, 'incoming', 'id=2&remote=102');
  const seen: (Call['state'] | undefined)[] = [];
  for (const _ of range(2)) {
    const { value } = (await updates.next()) as IteratorYieldResult<CallUpdate>;
    seen.push(value.kind === 'call' ? value.call.state : undefined);
  }
  expect(seen).toEqual(['ENDED', 'RINGING']);
  controller.abort();
});
