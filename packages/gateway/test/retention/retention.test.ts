import { expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { retentionConfig } from '../../src/config/retention.ts';
import { createRetentionKeeper, type Retained } from '../../src/retention/retention-keeper.ts';
import { StoreError } from '../../src/store/errors.ts';
import { KEEP_ALL } from '../../src/store/retention.ts';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { range } from '../support/wait.ts';

const DAY_MS = 24 * 3_600_000;

const sectionOf = (retention: string) => {
  const text = `retention: ${retention}`;
  const result = parseConfig({}, { text, name: 'hookswitch.yaml', folder: '/etc' });
  return 'config' in result ? result.config.retention : result.faults;
};

test('what is not said is kept for ever', () => {
  expect(sectionOf('{}')).toEqual(KEEP_ALL);
  expect(sectionOf('{ events: { days: 30, gigabytes: 0.5 }, calls: { days: 90 }, audit: { days: 1.5 } }')).toEqual({
    events: { maxAgeMs: 30 * DAY_MS, maxBytes: 500_000_000 },
    calls: { maxAgeMs: 90 * DAY_MS },
    commands: { maxAgeMs: null },
    audit: { maxAgeMs: 1.5 * DAY_MS },
  });
});

test.each([
  ['{ events: { days: 0 } }', 'retention.events.days'],
  ['{ events: { gigabytes: 0 } }', 'retention.events.gigabytes'],
  ['{ calls: { gigabytes: 1 } }', 'gigabytes'],
  ['{ phones: { days: 1 } }', 'phones'],
])('%s is refused', (section, named) => {
  expect(sectionOf(section)).toEqual([expect.stringContaining(named)]);
});

test('a gateway drops what is old; a cursor from before ends with what was missed, and the one that it names goes on', async () => {
  await using device = await scriptedPhone();
  const clock = { now: Date.now() };
  const retention = retentionConfig({
    events: { days: 2 },
    calls: { days: 2 },
    commands: { days: 2 },
    audit: { days: 2 },
  });
  await using running = await testGateway({ config: { retention }, now: () => clock.now });
  const desk = await running.addPhone({ address: device.origin });
  const { id } = await running.run(desk, { name: 'dial', arguments: { to: '102' } }, 'once');
  const { events } = running.application;
  for (const n of range(5)) await running.report(desk, 'hello', `n=${n}`);
  await running.report(desk, 'incoming', 'id=7&remote=101');
  await running.report(desk, 'ended', 'id=7&remote=101');
  const cursor = events.cursorOf(1);
  clock.now += 3 * DAY_MS;
  await running.report(desk, 'hello', 'n=young');
  await running.restart();
  const { application } = running;
  await vi.waitFor(async () => expect(await application.commands.get(id)).toBeNull(), { timeout: 20_000 });
  await vi.waitFor(
    async () => {
      expect((await application.events.list({}, { first: 100 })).items).toHaveLength(1);
      expect((await application.calls.list({}, { first: 10 })).items).toEqual([]);
      expect((await application.audit.list({ actions: ['addPhone'] }, { first: 10 })).items).toEqual([]);
    },
    { timeout: 20_000 },
  );
  const last = (await application.events.list({}, { first: 1 })).items[0];
  const updates = async (after: string) => {
    const told: object[] = [];
    const over = new AbortController();
    for await (const update of application.events.subscribe({}, after, over.signal)) {
      told.push(update);
      if (update.kind === 'caughtUp') over.abort();
    }
    return told;
  };
  const resumeCursor = application.events.cursorOf((last?.sequence ?? 0) - 1);
  expect(await updates(cursor)).toEqual([{ kind: 'missed', reason: 'CURSOR_EXPIRED', resumeCursor }]);
  expect(await updates(resumeCursor)).toMatchObject([{ kind: 'event' }, { kind: 'caughtUp' }]);
  const metrics = async () => (await fetch(`${running.gateway.url}/metrics`)).text();
  await vi.waitFor(
    async () => expect(await metrics()).toContain(`hookswitch_event_log_first_sequence ${last?.sequence}`),
    { timeout: 20_000 },
  );
  const text = await metrics();
  expect(text).toContain(`hookswitch_event_log_oldest_timestamp_seconds ${clock.now / 1000}`);
  expect(text).toContain(`hookswitch_retention_dropped_total{what="events"} ${(last?.sequence ?? 0) - 1}`);
  expect(text).toContain('hookswitch_retention_dropped_total{what="calls"} 1');
  expect(text).toContain('hookswitch_retention_dropped_total{what="commands"} 1');
  // The key is free again.
  expect((await running.run(desk, { name: 'dial', arguments: { to: '102' } }, 'once')).id).not.toBe(id);
});

test('what fails for one does not keep the others, and a store that is away is no fault', async () => {
  const dropped: [Retained, number][] = [];
  const faults: [Retained, unknown][] = [];
  const told = Promise.withResolvers<void>();
  const broken = new StoreError('FAULT', 'The audit is not shortened.');
  const steps = [
    { rows: 2, more: true },
    { rows: 1, more: false },
  ];
  const keeper = createRetentionKeeper({
    store: {
      events: { bounds: async () => ({ first: 4, last: 9 }) },
      calls: { throughSequence: async () => 9 },
      retention: {
        dropEvents: async () => steps.shift() ?? { rows: 0, more: false },
        dropCalls: () => Promise.reject(new StoreError('AWAY', 'no engine')),
        dropCommands: async () => ({ rows: 5, more: false }),
        dropAudit: () => Promise.reject(broken),
        eventVolume: async () => ({ bytes: 10, oldestAt: 7 }),
      },
    },
    limits: retentionConfig({ events: { days: 1 }, calls: { days: 1 }, commands: { days: 1 }, audit: { days: 1 } }),
    now: () => 10 * DAY_MS,
    onDropped: (what, rows) => dropped.push([what, rows]),
    onVolume: () => told.resolve(),
    onError: (what, error) => faults.push([what, error]),
  });
  keeper.start();
  await told.promise;
  await keeper.stop();
  expect(dropped).toEqual([
    ['events', 2],
    ['events', 1],
    ['commands', 5],
  ]);
  expect(faults).toEqual([['audit', broken]]);
});
