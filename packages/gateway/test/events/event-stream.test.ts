import { expect, test } from 'vitest';
import type { EventFilter, EventUpdate } from '../../src/application.ts';
import { encodeCursor } from '../../src/events/cursor.ts';
import { createEventHub } from '../../src/events/event-hub.ts';
import { streamEvents } from '../../src/events/event-stream.ts';
import type { LoggedEvent, Phone } from '../../src/model.ts';
import { callEvent } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { range } from '../support/wait.ts';

/** A subscriber that reads only when it is asked to. */
interface Subscriber extends AsyncDisposable {
  next(): Promise<EventUpdate | 'ended'>;
  /** Reads until something else than an event comes. */
  events(): Promise<{ readonly events: readonly LoggedEvent[]; readonly end: EventUpdate | 'ended' }>;
}

function subscribe({ application }: TestGateway, after?: string, filter: EventFilter = {}): Subscriber {
  const controller = new AbortController();
  const updates = application.events.subscribe(filter, after, controller.signal)[Symbol.asyncIterator]();
  const next = async (): Promise<EventUpdate | 'ended'> => {
    const { done, value } = await updates.next();
    return done === true ? 'ended' : value;
  };
  return {
    next,
    async events() {
      const events: LoggedEvent[] = [];
      for (;;) {
        const update = await next();
        if (update === 'ended' || update.kind !== 'event') return { events, end: update };
        events.push(update.event);
      }
    },
    async [Symbol.asyncDispose]() {
      controller.abort();
      await updates.return?.();
    },
  };
}

const nOf = (event: LoggedEvent): string => event.variables.find(({ name }) => name === 'n')?.value ?? '';

/** The number of a subscriber's event; fails where something else came. */
async function nextN(subscriber: Subscriber): Promise<string> {
  const update = await subscriber.next();
  if (update === 'ended' || update.kind !== 'event') throw new Error(JSON.stringify(update));
  return nOf(update.event);
}

async function reportMany(running: TestGateway, desk: Phone, count: number): Promise<void> {
  await Promise.all(
    range(20).map(async (writer) => {
      for (let n = writer; n < count; n += 20) {
        expect((await running.report(desk, 'hello', `n=${n}`)).status).toBe(200);
      }
    }),
  );
}

test('without a cursor: caught up at once, then live', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  await running.report(desk, 'hello', 'n=old');
  await using subscriber = subscribe(running);
  expect(await subscriber.next()).toEqual({ kind: 'caughtUp', cursor: running.application.events.cursorOf(1) });
  await running.report(desk, 'hello', 'n=new');
  expect(await nextN(subscriber)).toBe('new');
});

test('from a cursor, while 20 phones write: no gap, no event twice, in the order of the log', {
  timeout: 20_000,
}, async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  await reportMany(running, desk, 1_100);
  const start = running.application.events.cursorOf(0);
  const writing = reportMany(running, desk, 400);
  await using subscriber = subscribe(running, start);
  const { events: replayed, end } = await subscriber.events();
  expect(end).toMatchObject({ kind: 'caughtUp' });
  expect(replayed.length).toBeGreaterThanOrEqual(1_100);
  const seen = replayed.map(({ sequence }) => sequence);
  while (seen.length < 1_500) {
    const update = await subscriber.next();
    if (update === 'ended' || update.kind !== 'event') throw new Error(JSON.stringify(update));
    seen.push(update.event.sequence);
  }
  await writing;
  expect(seen).toEqual(range(1_500).map((n) => n + 1));
  // `caughtUp` says exactly how far the replay went.
  expect(end).toEqual({ kind: 'caughtUp', cursor: running.application.events.cursorOf(replayed.length) });
});

test('a filter narrows replay and live alike, tags as the phone has them now', async () => {
  await using running = await testGateway();
  const { application, caller } = running;
  const desk = await running.addPhone({ tags: ['sales'] });
  const other = await running.addPhone({ name: 'Other', tags: ['office'] });
  await running.report(desk, 'incoming', 'n=1&id=1&remote=101');
  await running.report(desk, 'connected', 'n=2&id=1');
  await running.report(desk, 'hello', 'n=3');
  await running.report(other, 'incoming', 'n=4&id=1&remote=101');
  const filter: EventFilter = { tags: ['sales', 'none'], types: ['CALL', 'OTHER'], callEventKinds: ['INCOMING'] };
  await using subscriber = subscribe(running, application.events.cursorOf(0), filter);
  const { events, end } = await subscriber.events();
  expect([events.map(nOf), end]).toEqual([['1', '3'], { kind: 'caughtUp', cursor: application.events.cursorOf(4) }]);
  await running.report(desk, 'connected', 'n=5&id=1');
  await application.phones.update(other.id, { tags: ['sales'] }, caller);
  await running.report(other, 'hello', 'n=6');
  expect(await nextN(subscriber)).toBe('6');
});

test.each(['', 'nonsense', 'ZXZlbnQ6MQ==', Buffer.from('event:01').toString('base64url')])(
  'a cursor that this log never gave is refused: %j',
  async (cursor) => {
    await using running = await testGateway();
    await running.report(await running.addPhone(), 'hello');
    await expect(subscribe(running, cursor).next()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  },
);

test('neither is one of another log, that lies ahead', async () => {
  await using running = await testGateway();
  const cursor = running.application.events.cursorOf(1);
  await expect(subscribe(running, cursor).next()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('one who stalls is told, loses nothing, and slows nobody', { timeout: 20_000 }, async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  await using stalled = subscribe(running);
  await using reader = subscribe(running);
  for (const subscriber of [stalled, reader]) expect(await subscriber.next()).toMatchObject({ kind: 'caughtUp' });
  const reading = Promise.all(range(1_200).map(() => nextN(reader)));
  await running.report(desk, 'hello', 'n=first');
  expect(await nextN(stalled)).toBe('first');
  await reportMany(running, desk, 1_199);
  expect(new Set(await reading).size).toBe(1_200);

  const missed = await stalled.next();
  expect(missed).toEqual({
    kind: 'missed',
    reason: 'SUBSCRIBER_TOO_SLOW',
    resumeCursor: running.application.events.cursorOf(1),
  });
  expect(await stalled.next()).toBe('ended');
  await using resumed = subscribe(running, running.application.events.cursorOf(1));
  const { events } = await resumed.events();
  expect(events.map(({ sequence }) => sequence)).toEqual(range(1_199).map((n) => n + 2));
});

async function subscribersOf(running: TestGateway): Promise<number> {
  const text = await (await fetch(`${running.gateway.url}/metrics`)).text();
  return Number(/^hookswitch_subscribers (\d+)$/m.exec(text)?.[1]);
}

test('who leaves is forgotten, by abort or by return, waiting or not', async () => {
  await using running = await testGateway();
  const controller = new AbortController();
  const open = (signal = new AbortController().signal): AsyncIterator<EventUpdate> =>
    running.application.events.subscribe({}, undefined, signal)[Symbol.asyncIterator]();
  const [returned, aborted] = [open(), open(controller.signal)];
  await Promise.all([returned.next(), aborted.next()]);
  expect(await subscribersOf(running)).toBe(2);
  const waiting = aborted.next();
  controller.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await returned.return?.();
  expect(await subscribersOf(running)).toBe(0);
  expect(await open(AbortSignal.abort()).next()).toEqual({ done: true, value: undefined });
});

test('a cursor of a gateway that is ahead: what was seen there does not come again, what is behind it does', async () => {
  await using files = await temporaryStore();
  const log = files.store.events;
  const events = await log.append(range(4).map(() => callEvent()));
  const [first] = events;
  if (first === undefined) throw new Error('no event');
  const hub = createEventHub(first.sequence);
  const filter = { query: {}, phoneMatches: () => true };
  const controller = new AbortController();
  const following = (after: number) =>
    streamEvents({ log, hub }, { filter, after: encodeCursor(after) }, controller.signal)[Symbol.asyncIterator]();
  const updates = following(3);
  expect((await updates.next()).value).toEqual({ kind: 'caughtUp', cursor: encodeCursor(3) });
  for (const event of events.slice(1)) hub.publish(event);
  expect((await updates.next()).value).toEqual({ kind: 'event', event: events[3] });
  // None of this log's.
  await expect(following(5).next()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  controller.abort();
});
