import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectStream } from '../../src/store/jetstream/connection.ts';
import { eventsInJetStream, type JetStreamOptions } from '../../src/store/jetstream/index.ts';
import type { NewEvent } from '../../src/store/ports.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { call, callEvent, callIdOf, deviceEvent, range, storedPhone } from '../store/samples.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { NATS, type Nats, startNats } from './nats.ts';
import { POSTGRESQL, type Postgres, startPostgres } from './postgres.ts';
import { startRelay } from './relay.ts';

const named = (n: number, receivedAt = Date.now()): NewEvent => ({
  ...callEvent('INCOMING', { vendorEvent: `${n}`, receivedAt }),
  receipt: Uint8Array.of(7, n >> 8, n & 255),
});
const turned = (enabled: boolean): NewEvent => ({
  ...deviceEvent({ phoneId: 'p1' }),
  event: { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled, target: null },
});

describe.runIf(installed(POSTGRESQL, NATS))('an event log in JetStream', () => {
  let postgres: Postgres;
  let nats: Nats;
  let offices = 0;
  beforeAll(async () => {
    [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  });
  afterAll(async () => {
    await postgres[Symbol.asyncDispose]();
    await nats[Symbol.asyncDispose]();
  });

  async function office() {
    offices += 1;
    const name = `office_${offices}`;
    await postgres.createDatabase(name);
    const directory = await temporaryDirectory();
    const warnings: string[] = [];
    const log = { warn: (_: object, message: string) => void warnings.push(message), error() {} };
    return {
      name,
      warnings,
      /** @param port of something between the gateway and NATS */
      open: (port = nats.port, limits: JetStreamOptions['limits'] = { maxAgeMs: null, maxBytes: null }) =>
        openPostgresStore({
          postgres: postgres.options(name),
          dataDir: directory.path,
          log,
          events: eventsInJetStream({ ...nats.options(name, port), limits }, log),
        }),
      /** One of several gateways. */
      join: (at: Nats, member: string) =>
        openPostgresStore({
          postgres: postgres.options(name),
          dataDir: directory.path,
          log,
          member,
          events: eventsInJetStream(at.options(name), log),
        }),
      [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
    };
  }

  test('a crash: what is given meanwhile fails typed, what was acknowledged is there, and it is taken again afterwards', async () => {
    await using place = await office();
    const store = await place.open();
    expect(place.warnings).toEqual([expect.stringContaining('one replica')]);
    await store.events.append([named(1), named(2)]);
    await nats.crash();
    await vi.waitFor(() => expect(store.events.append([named(3)])).rejects.toMatchObject({ code: 'AWAY' }), {
      timeout: 10_000,
    });
    await expect(store.check()).rejects.toThrow('NATS cannot be used');
    expect(store.fault).toMatchObject({ code: 'AWAY' });
    await nats.start();
    await vi.waitFor(() => store.check(), { timeout: 20_000 });
    const again = [named(1), named(3), named(2), named(4)];
    expect((await store.events.append(again)).map(({ sequence }) => sequence)).toEqual([1, 3, 2, 4]);
    expect((await store.events.read({}, { limit: 10 })).map(({ vendorEvent }) => vendorEvent)).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    await store.close();
  });

  test('an acknowledgement that is lost leaves events in doubt; given again they stand in the log once, in their order', async () => {
    await using place = await office();
    await using relay = await startRelay(nats.port);
    const store = await place.open(relay.port);
    await store.events.append([named(1)]);
    relay.loseAnswerTo('Nats-Msg-Id');
    await expect(store.events.append([named(2), named(3)])).rejects.toMatchObject({ code: 'IN_DOUBT' });
    await vi.waitFor(() => store.check(), { timeout: 20_000 });
    expect((await store.events.append([named(2), named(3)])).map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(await store.events.bounds()).toEqual({ first: 1, last: 3 });
    await store.close();
  });

  test('an event that is given again long after the stream has forgotten it is found in the log', async () => {
    await using place = await office();
    const store = await place.open();
    const past = Date.now();
    const earlier = range(300).map((n) => named(n, past));
    const first = await store.events.append(earlier);
    // The stream forgets: its window of duplicates is made short for this.
    const connection = await connectStream(nats.options(place.name));
    const { config } = await connection.info();
    await connection.manager.streams.update(place.name, { ...config, duplicate_window: 100_000_000 });
    await vi.waitFor(
      async () => {
        const { duplicate } = await connection.js.publish(`${connection.subject}.cA`, '{}', { msgID: 'probe' });
        expect(duplicate).toBe(false);
      },
      { timeout: 10_000, interval: 200 },
    );
    await connection.close();
    // An hour later by this gateway's clock.
    vi.useFakeTimers({ toFake: ['Date'], now: past + 3_600_000 });
    try {
      const again = await store.events.append([...earlier.slice(100), named(999)]);
      expect(again.slice(0, -1)).toEqual(first.slice(100));
      const { last } = await store.events.bounds();
      expect(again.at(-1)?.sequence).toBe(last);
      // What is new is known as well, in the next page of the same spool.
      expect(
        (await store.events.append([named(999, past), ...earlier.slice(0, 5)])).map(({ sequence }) => sequence),
      ).toEqual([last, 1, 2, 3, 4, 5]);
      expect(await store.events.bounds()).toMatchObject({ last });
    } finally {
      vi.useRealTimers();
    }
    await store.close();
  });

  test('how switches stand is written although PostgreSQL was away when the event came', async () => {
    await using place = await office();
    const store = await place.open();
    await store.phones.put(storedPhone('p1'));
    await store.events.append([turned(true)]);
    await postgres.crash();
    expect((await store.events.append([turned(false)])).map(({ sequence }) => sequence)).toEqual([2]);
    await postgres.start();
    await vi.waitFor(async () => expect(await store.phones.features('p1')).toMatchObject([{ enabled: false }]), {
      timeout: 20_000,
    });
    await store.close();
  });

  test('and although the gateway ended before it was written', async () => {
    await using place = await office();
    const store = await place.open();
    await store.phones.put(storedPhone('p1'));
    await store.events.append([turned(true), callEvent()]);
    await store.close();
    // Another process that got as far as the acknowledgement.
    const connection = await connectStream(nats.options(place.name));
    const { receipt: _, ...event } = turned(false);
    await connection.js.publish(`${connection.subject}.cDE`, JSON.stringify(event));
    await connection.close();
    const next = await place.open();
    expect(await next.phones.features('p1')).toMatchObject([{ enabled: false }]);
    await next.close();
  });

  test('a start does not look again for switches in what was followed, though none of it was of a switch', async () => {
    await using place = await office();
    const store = await place.open();
    const { promise, resolve } = Promise.withResolvers<void>();
    const following = store.events.follow?.({
      after: 0,
      take: async ({ sequence }) => {
        if (sequence === 6_000) resolve();
      },
      onError: () => {},
    });
    await store.events.append(range(6_000).map(() => callEvent()));
    await promise;
    await vi.waitFor(
      async () => {
        const [row] = await postgres.run(place.name, `SELECT sequence FROM progress WHERE name = 'features'`);
        expect(Number(row?.['sequence'])).toBeGreaterThanOrEqual(5_000);
      },
      { timeout: 20_000 },
    );
    await following?.stop();
    await store.close();
  });

  test('a stream that was deleted and is made anew: what the former one told keeps nothing out', async () => {
    await using place = await office();
    const store = await place.open();
    await store.phones.put(storedPhone('p1'));
    const events = await store.events.append([callEvent(), callEvent(), turned(true)]);
    await store.calls.save({ calls: [], eventCalls: [], throughSequence: events.length });
    await store.close();
    const connection = await connectStream(nats.options(place.name));
    await connection.manager.streams.delete(place.name);
    await connection.close();
    const next = await place.open();
    expect(place.warnings).toContainEqual(expect.stringContaining('not those that PostgreSQL knows'));
    expect(await next.calls.throughSequence()).toBe(0);
    await next.events.append([turned(false)]);
    expect(await next.phones.features('p1')).toMatchObject([{ enabled: false }]);
    await next.close();
  });

  test('a gateway that reaches another domain than that of the log is refused, and changes nothing there', async () => {
    await using place = await office();
    await using hub = await startNats({ domain: 'hub' });
    await using berlin = await startNats({ domain: 'berlin' });
    await (await place.join(hub, 'a')).close();
    for (const other of [berlin, nats]) {
      await expect(place.join(other, 'b')).rejects.toMatchObject({
        code: 'FAULT',
        message: expect.stringMatching(
          /is in the domain hub of JetStream, and NATS here leads to .*Say bus\.domain: hub/,
        ),
      });
    }
    const servers = await fetch(`${berlin.monitoring}/jsz`);
    expect(await servers.json()).toMatchObject({ streams: 0 });
    // As the error says.
    await postgres.run(place.name, 'DELETE FROM event_log');
    await (await place.join(berlin, 'b')).close();
  });

  test('servers may be given a domain while a gateway is connected: it takes their acknowledgements, and others join', async () => {
    await using place = await office();
    await using hub = await startNats();
    const store = await place.join(hub, 'a');
    await store.events.append([named(1)]);
    await hub.crash();
    await hub.start('hub');
    await vi.waitFor(() => store.events.append([named(2)]), { timeout: 20_000 });
    expect(await store.events.bounds()).toEqual({ first: 1, last: 2 });
    await (await place.join(hub, 'b')).close();
    expect(await postgres.run(place.name, 'SELECT domain FROM event_log')).toEqual([{ domain: 'hub' }]);
    await store.close();
  });

  test('a stream that holds something else is left alone', async () => {
    await using place = await office();
    const connection = await connectStream(nats.options(`${place.name}_other`));
    await connection.manager.streams.add({ name: place.name, subjects: ['orders.*'] });
    await connection.close();
    await expect(place.open()).rejects.toMatchObject({
      code: 'FAULT',
      message: expect.stringContaining('is not a log'),
    });
  });

  test('the stream keeps as much as is configured, also when that is changed; what it drops is counted, and the calls of it go', async () => {
    await using place = await office();
    const open = (maxBytes: number | null, maxAgeMs: number | null = null) =>
      place.open(nats.port, { maxBytes, maxAgeMs });
    let store = await open(null);
    await store.events.append(range(400).map((n) => named(n)));
    const { bytes } = await store.retention.eventVolume();
    const eventCalls = range(400).map((n) => ({ sequence: n + 1, callId: 'c1' }));
    await store.calls.save({ calls: [call('c1')], eventCalls, throughSequence: 400 });
    const what = { before: null, maxBytes: null, through: 400 };
    expect(await store.retention.dropEvents(what)).toEqual({ rows: 0, more: false });
    await store.close();
    store = await open(Math.round(bytes / 2), 86_400_000);
    const { first, last } = await store.events.bounds();
    expect(last).toBe(400);
    expect(first).toBeGreaterThan(150);
    expect((await store.retention.eventVolume()).bytes).toBeLessThanOrEqual(bytes / 2);
    await store.retention.dropEvents(what);
    expect(await callIdOf(store.calls, first - 1)).toBeNull();
    expect(await callIdOf(store.calls, first)).toBe('c1');
    await store.events.append(range(50).map((n) => named(1_000 + n)));
    const moved = (await store.events.bounds()).first - first;
    expect(moved).toBeGreaterThan(30);
    expect(await store.retention.dropEvents(what)).toEqual({ rows: moved, more: false });
    await store.close();
    // What the configuration does not name any more stays as it is, and is said.
    place.warnings.length = 0;
    await (await open(null)).close();
    expect(place.warnings).toContainEqual(expect.stringContaining('limits of its own'));
  });
});
