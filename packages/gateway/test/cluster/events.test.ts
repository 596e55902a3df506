import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CallBook } from '../../src/calls/call-book.ts';
import type { Phone } from '../../src/model.ts';
import { openConfiguredStore } from '../../src/store/open-configured.ts';
import { NATS } from '../engines/nats.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import { callEvent, callIdOf } from '../store/samples.ts';
import type { TestGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled, range } from '../support/wait.ts';
import { type Engines, startEngines } from './cluster.ts';
import { Listener } from './listener.ts';

const PATIENT = { timeout: 30_000 };

describe.runIf(installed(POSTGRESQL, NATS))('events of several gateways', () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  /** What a phone would be told: it is given to one of the gateways. */
  const report = async (at: TestGateway, phone: Phone, n: number) => {
    const path = n % 2 === 0 ? 'incoming' : 'connected';
    const { status } = await at.report(phone, path, `remote=10${n >> 1}&id=${n >> 1}&n=${n}`);
    expect(status).toBe(200);
  };
  const all = (count: number) => range(count).map(String);
  const sorted = (seen: readonly string[]) => seen.toSorted((a, b) => Number(a) - Number(b));
  const inTheLog = async ({ application }: TestGateway) =>
    (await application.events.list({}, { first: 1_000 })).items.map(
      (event) => event.variables.find(({ name }) => name === 'n')?.value,
    );
  const callsAt = async ({ application }: TestGateway) =>
    (await application.calls.list({}, { first: 500 })).items.map(({ node }) => node);

  test('reach the subscribers of each once and in one order, with the same calls', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    const phone = await a.addPhone();
    const listeners = [new Listener(), new Listener()] as const;
    await listeners[0].listenAt(a);
    await listeners[1].listenAt(b);
    await vi.waitFor(() => expect(b.application.phones.get(phone.id)).not.toBeNull(), PATIENT);
    // Several at a time, each at the other one.
    for (const round of range(15))
      await Promise.all(range(4).map((n) => report(n % 2 === 0 ? a : b, phone, 4 * round + n)));
    for (const { seen } of listeners) await vi.waitFor(() => expect(sorted(seen)).toEqual(all(60)), PATIENT);
    expect(listeners[1].seen).toEqual(listeners[0].seen);
    expect(await inTheLog(b)).toEqual(listeners[0].seen);
    const calls = await callsAt(a);
    expect(calls).toHaveLength(30);
    expect(await callsAt(b)).toEqual(calls);
    const [first] = (await b.application.events.list({}, { first: 1 })).items;
    if (first === undefined) throw new Error('no event');
    expect((await b.application.calls.ofEvent(first))?.id).toBe((await a.application.calls.ofEvent(first))?.id);
    // Who comes later has the same.
    await using c = await office.gateway();
    expect(await callsAt(c)).toEqual(calls);
    for (const { id } of calls) expect(c.application.calls.active(phone.id).map((call) => call.id)).toContain(id);
    for (const listener of listeners) listener.leave();
  });

  test('a subscriber that moves with its cursor loses and doubles nothing while reports go on', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    const phone = await a.addPhone();
    await vi.waitFor(() => expect(b.application.phones.get(phone.id)).not.toBeNull(), PATIENT);
    const mover = new Listener();
    await mover.listenAt(a);
    let [given, moving] = [0, true];
    const reporting = (async () => {
      for (; moving; given += 1) await report(given % 3 === 0 ? a : b, phone, given);
    })();
    for (const move of range(12)) {
      const before = mover.seen.length;
      await vi.waitFor(() => expect(mover.seen.length).toBeGreaterThan(before + 3), PATIENT);
      await mover.listenAt(move % 2 === 0 ? b : a);
    }
    moving = false;
    await reporting;
    await vi.waitFor(() => expect(mover.seen).toHaveLength(given), PATIENT);
    expect(sorted(mover.seen)).toEqual(all(given));
    expect(mover.seen).toEqual(await inTheLog(a));
    mover.leave();
  });

  test('with NATS crashed in the middle nothing is lost and nothing comes twice', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    const phone = await a.addPhone();
    const listeners = [new Listener(), new Listener()] as const;
    await listeners[0].listenAt(a);
    await listeners[1].listenAt(b);
    await vi.waitFor(() => expect(b.application.phones.get(phone.id)).not.toBeNull(), PATIENT);
    for (const n of range(10)) await report(n % 2 === 0 ? a : b, phone, n);
    const crashing = engines.nats.crash();
    for (const n of range(10)) await report(n % 2 === 0 ? a : b, phone, 10 + n);
    await crashing;
    for (const n of range(10)) await report(n % 2 === 0 ? a : b, phone, 20 + n);
    await engines.nats.start();
    for (const n of range(10)) await report(n % 2 === 0 ? a : b, phone, 30 + n);
    for (const { seen } of listeners) await vi.waitFor(() => expect(sorted(seen)).toEqual(all(40)), PATIENT);
    expect(listeners[1].seen).toEqual(listeners[0].seen);
    expect(await inTheLog(b)).toEqual(listeners[0].seen);
    expect(await callsAt(b)).toEqual(await callsAt(a));
    for (const listener of listeners) listener.leave();
  });

  test('how a switch stands is read at each as soon as its event has come', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    const phone = await a.addPhone();
    const wrong: string[] = [];
    const checks: Promise<void>[] = [];
    for (const { application } of [a, b]) {
      application.events.follow({}, undefined, {
        update(update) {
          if (update.kind !== 'event' || update.event.event.type !== 'FEATURE') return true;
          const { sequence, receivedAt } = update.event;
          const check = async () => {
            const [state] = await application.phones.features(phone.id);
            if ((state?.since ?? 0) < receivedAt) wrong.push(`${sequence}: ${JSON.stringify(state)}`);
          };
          checks.push(check());
          return true;
        },
        end: () => {},
      });
    }
    for (const n of range(10)) {
      await (n % 2 === 0 ? a : b).report(phone, 'dnd', `on=${n % 2}`);
      // One after the other: what two gateways get at once may stand in the log in another order than that of its times.
      await vi.waitFor(() => expect(checks).toHaveLength(2 * (n + 1)), PATIENT);
      await Promise.all(checks);
    }
    expect(wrong).toEqual([]);
    const standing = await Promise.all([a, b].map(({ application }) => application.phones.features(phone.id)));
    expect(standing[1]).toEqual(standing[0]);
  });

  test('a command is confirmed by what its phone reports to the other one', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using a = await office.gateway();
    await using b = await office.gateway();
    // Of some phones the one is the owner, of some the other.
    for (const n of range(4)) {
      const phone = await a.addPhone({ name: `Desk ${n}`, address: device.origin });
      await vi.waitFor(() => expect(b.application.phones.get(phone.id)).not.toBeNull(), PATIENT);
      const [here, there] = n % 2 === 0 ? [a, b] : [b, a];
      const { id } = await here.run(phone, { name: 'dial', arguments: { to: '102' } });
      expect((await there.report(phone, 'outgoing', `remote=102&id=${n}`)).status).toBe(200);
      expect(await commandWhen(here.application, id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
      await a.application.phones.remove(phone.id, a.caller);
    }
  });

  test('what an owner left unwritten is written by another, and whoever is behind changes nothing', async () => {
    await using office = await engines.office();
    await using stack = new AsyncDisposableStack();
    const open = async (owns: boolean) => {
      const { dataDir = '', store = { kind: 'sqlite' }, bus = null } = await office.config();
      const opened = await openConfiguredStore({ dataDir, configDir: null, store, bus }, { warn() {}, error() {} });
      stack.defer(() => opened.close());
      const onError = (error: unknown) => expect.unreachable(String(error));
      const book = await CallBook.open({ store: opened.calls, log: opened.events, owns: () => owns, onError });
      return { store: opened, book };
    };
    const [behind, ahead] = [await open(true), await open(false)];
    const told = { device: null, ongoingCalls: 2, source: 'ASKED', way: null } as const;
    const heard: unknown[] = [];
    const following = ahead.store.events.follow?.({
      after: 0,
      take: async (event, beside) => void heard.push([event, beside]),
      onError: (error) => expect.unreachable(String(error)),
    });
    const events = await behind.store.events.append([
      { ...callEvent('INCOMING'), told },
      callEvent('CONNECTED', { receivedAt: 1_700_000_001_000 }),
      callEvent('HELD', { receivedAt: 1_700_000_002_000 }),
    ]);
    await vi.waitFor(() => expect(heard).toHaveLength(3), PATIENT);
    expect(heard[0]).toEqual([events[0], told]);
    expect(heard[1]).toEqual([events[1], { ...told, ongoingCalls: null, source: 'REPORTED' }]);
    await following?.stop();
    expect(await ahead.store.events.read({ phoneIds: ['phone-1'] }, { limit: 2, last: true })).toEqual(events.slice(1));
    for (const event of events.slice(0, 2)) behind.book.apply(event);
    for (const event of events) ahead.book.apply(event);
    await ahead.book.flush();
    const [call] = ahead.book.active('phone-1');
    expect(call).toMatchObject({ state: 'HELD' });
    expect(behind.book.active('phone-1')).toMatchObject([{ id: call?.id, state: 'CONNECTED' }]);
    await behind.book.flush();
    for (const { store } of [behind, ahead]) {
      expect(await store.calls.get(call?.id ?? '')).toEqual(call);
      expect(await callIdOf(store.calls, 3)).toBe(call?.id);
      expect(await store.calls.throughSequence()).toBe(3);
    }
    // The owner comes as far, and there is nothing left to write.
    behind.book.apply(events[2] ?? expect.unreachable('three events'));
    await behind.book.flush();
    expect((await open(true)).book.active('phone-1')).toEqual([call]);
  });
});
