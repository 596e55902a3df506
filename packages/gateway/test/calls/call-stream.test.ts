import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { CallFilter } from '../../src/application.ts';
import { CallBook } from '../../src/calls/call-book.ts';
import { matchesCall, streamCalls } from '../../src/calls/call-stream.ts';
import type { Call, Phone } from '../../src/model.ts';
import { callEvent } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { createRandom } from '../support/random.ts';
import { range } from '../support/wait.ts';
import { step } from './facts.ts';
import { unlessClosed } from './unless-closed.ts';

/** What a client makes of the updates: every call that it was told, as it is, less those that do not match any more. */
interface Client {
  readonly filter: CallFilter;
  readonly picture: ReadonlyMap<string, Call>;
  /** Resolves when a call with this remote number is in the picture. */
  sees(number: string): Promise<void>;
}

function subscribe({ application }: TestGateway, filter: CallFilter): Client {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const picture = new Map<string, Call>();
  let look = (): void => {};
  const read = async (): Promise<void> => {
    for await (const update of application.calls.subscribe(filter, controller.signal)) {
      if (update.kind !== 'call') continue;
      if (matchesCall(filter, update.call)) picture.set(update.call.id, update.call);
      else picture.delete(update.call.id);
      look();
      // Events come while it reads what was there.
      await turn();
    }
  };
  void read();
  return {
    filter,
    picture,
    sees: (number) =>
      new Promise((resolve) => {
        look = () => {
          if ([...picture.values()].some(({ remote }) => remote.number === number)) resolve();
        };
        look();
      }),
  };
}

const FILTERS: readonly CallFilter[] = [{}, { states: ['RINGING', 'CONNECTED', 'HELD'] }, { states: ['ENDED'] }];

test('clients that subscribe at different moments, while events come all at once, end with the same picture', async () => {
  const running = await testGateway();
  onTestFinished(() => running[Symbol.asyncDispose]());
  const desks: readonly Phone[] = [
    await running.addPhone({ name: 'One' }),
    await running.addPhone({ name: 'Two' }),
    await running.addPhone({ name: 'Three' }),
  ];
  const next = createRandom(7);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
  const clients: Client[] = [];
  for (const round of range(30)) {
    const reports = range(8).map(() => {
      const id = round + Math.floor(next() * 4);
      return running.report(pick(desks), pick(['incoming', 'connected', 'held', 'ended']), `id=${id}&remote=1${id}`);
    });
    // In the middle of it: some of these events are under way, some in the log, some in the store.
    for (const filter of FILTERS) clients.push(subscribe(running, filter));
    await Promise.all(reports);
  }
  const [desk] = desks;
  if (desk === undefined) throw new Error('there is no desk');
  await running.report(desk, 'incoming', 'id=over&remote=901');
  await running.report(desk, 'ended', 'id=over&remote=901');
  await running.report(desk, 'incoming', 'id=open&remote=902');
  await Promise.all(clients.map((client) => client.sees(client.filter.states?.includes('ENDED') ? '901' : '902')));
  for (const { filter, picture } of clients) {
    const { items } = await running.application.calls.list(filter, { first: 500 });
    const there = new Map(items.map(({ node }) => [node.id, node]));
    expect(there.size).toBeGreaterThan(10);
    expect(new Map([...picture].sort())).toEqual(new Map([...there].sort()));
  }
});

test('a call that goes on is in the snapshot, however many newer ones the store has', async () => {
  await using temporary = await temporaryStore();
  const { events, calls } = temporary.store;
  const book = await CallBook.open({
    store: calls,
    log: events,
    onError: unlessClosed,
  });
  const event = step('INCOMING', { number: '101', vendorIds: { id: '1' } });
  for (const logged of await events.append([callEvent('INCOMING', { event })])) book.apply(logged);
  const controller = new AbortController();
  const source = { book, snapshot: async () => [], cursor: () => 'here' };
  const updates = streamCalls(source, {}, controller.signal);
  expect(await updates.next()).toMatchObject({ value: { kind: 'call', call: { remote: { number: '101' } } } });
  expect(await updates.next()).toMatchObject({ value: { kind: 'caughtUp' } });
  controller.abort();
});

test('who watches calls that are over is told of one that was taken to be over and goes on', {
  timeout: 20_000,
}, async () => {
  const running = await testGateway({ config: { calls: { askMs: 0, ringMs: 100, callMs: 3_600_000 } } });
  onTestFinished(() => running[Symbol.asyncDispose]());
  const desk = await running.addPhone();
  const client = subscribe(running, { states: ['ENDED'] });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await client.sees('101');
  // Its word counts as soon as no event can be under way any more from before the call was closed.
  await expect
    .poll(
      async () => {
        await running.report(desk, 'connected', 'id=1&remote=101');
        return client.picture.size;
      },
      { timeout: 15_000 },
    )
    .toBe(0);
  expect(running.application.calls.active(desk.id)).toMatchObject([{ state: 'CONNECTED', endInferred: false }]);
});
