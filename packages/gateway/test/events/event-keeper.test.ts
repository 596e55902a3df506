import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { createEventDelivery } from '../../src/events/event-delivery.ts';
import { createEventHub } from '../../src/events/event-hub.ts';
import type { EventStep, ToldBeside } from '../../src/events/event-intake.ts';
import { newReceipt } from '../../src/events/spool-record.ts';
import type { LoggedEvent } from '../../src/model.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { EventLog } from '../../src/store/ports.ts';
import type { Spool } from '../../src/store/spool/spool.ts';
import { deviceEvent, range } from '../store/samples.ts';
import { temporaryStore } from '../store/temporary.ts';
import { temporaryKeeper } from './temporary-keeper.ts';

const TOLD: ToldBeside = {
  device: { mac: '000413aabbcc', model: 'D785', firmware: '10.1' },
  ongoingCalls: 2,
  source: 'REPORTED',
  way: 'ACTION_URL',
};

const arrival = (name: string) => ({
  events: [{ ...deviceEvent({ vendorEvent: name }), receipt: newReceipt(1_700_000_000_000) }],
  told: TOLD,
});

/** What was delivered: events in the order of their publication, and what was told beside them. */
function observed(lastSequence = 0) {
  const hub = createEventHub(lastSequence);
  const delivered: LoggedEvent[] = [];
  const told: ToldBeside[] = [];
  const step: EventStep = (event, beside) => {
    delivered.push(event);
    told.push(beside);
  };
  const names = () => delivered.map(({ vendorEvent }) => vendorEvent);
  return { hub, steps: [step], delivered, told, names };
}

/** A log whose commits succeed and whose answers are lost as often as is said. */
function losingAnswers(log: EventLog, losses: number): EventLog {
  let left = losses;
  return {
    ...log,
    async append(events, options) {
      const logged = await log.append(events, options);
      left -= 1;
      if (left >= 0) throw new StoreError('WRITER_DIED', 'It may have been written or not.');
      return logged;
    },
  };
}

test('an event whose answer was lost is in the log once, and delivered once, with what was told beside it', async () => {
  await using temporary = await temporaryStore();
  const { store } = temporary;
  const seen = observed();
  await using kept = await temporaryKeeper(store, { ...seen, log: losingAnswers(store.events, 1) });
  await kept.keeper.keep(arrival('in doubt'));
  await kept.keeper.keep(arrival('behind it'));
  await expect.poll(seen.names).toEqual(['in doubt', 'behind it']);
  expect((await store.events.read({}, { limit: 10 })).map(({ vendorEvent }) => vendorEvent)).toEqual(seen.names());
  expect(seen.told).toEqual([TOLD, TOLD]);
  expect(kept.spool.records).toBe(0);
});

test('a lock: what waits goes to the spool with what came before and after it, and all is in order afterwards', async () => {
  await using temporary = await temporaryStore();
  const { store } = temporary;
  const seen = observed();
  const back = Promise.withResolvers<string>();
  const report = { info: (_: object, text: string) => back.resolve(text), warn: () => {}, error: () => {} };
  await using kept = await temporaryKeeper(store, { ...seen, report });
  await kept.keeper.keep(arrival('before'));
  const lock = new DatabaseSync(join(temporary.dataDir, 'hookswitch.db'), { timeout: 5_000 });
  lock.exec('BEGIN IMMEDIATE');
  const given: Promise<void>[] = [];
  for (const n of range(30)) given.push(kept.keeper.keep(arrival(`locked ${n}`)));
  // Kept, though nobody could write to the database.
  await Promise.all(given);
  for (const n of range(30)) await kept.keeper.keep(arrival(`spooled ${n}`));
  expect([kept.spool.records, seen.names()]).toEqual([60, ['before']]);
  lock.exec('ROLLBACK');
  lock.close();
  const all = ['before', ...range(30).map((n) => `locked ${n}`), ...range(30).map((n) => `spooled ${n}`)];
  await expect.poll(seen.names, { timeout: 5_000 }).toEqual(all);
  expect(seen.delivered.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1));
  expect(new Set(seen.delivered.map(({ receivedAt }) => receivedAt)).size).toBe(1);
  expect(await back.promise).toMatch(/spool is empty/);
  expect(kept.spool.records).toBe(0);
  // From here on directly.
  await kept.keeper.keep(arrival('after'));
  expect([seen.names().at(-1), kept.spool.records]).toEqual(['after', 0]);
});

test('what an earlier process has left in the spool comes before whatever is new', async () => {
  await using temporary = await temporaryStore();
  const { store } = temporary;
  const away: EventLog = { ...store.events, append: () => Promise.reject(new StoreError('DISK', 'It is full.')) };
  await using first = await temporaryKeeper(store, { log: away });
  for (const n of range(600)) void first.keeper.keep(arrival(`old ${n}`));
  await first.keeper.keep(arrival('old 600'));
  await first.keeper.stop();
  const seen = observed();
  await using second = await temporaryKeeper(store, { ...seen, spool: first.spool });
  const kept = second.keeper.keep(arrival('new'));
  second.keeper.start();
  await kept;
  await expect.poll(seen.names).toEqual([...range(601).map((n) => `old ${n}`), 'new']);
});

test('an event whose commit nobody heard of is delivered before the next one, and none is delivered twice', async () => {
  await using temporary = await temporaryStore();
  const { events } = temporary.store;
  const seen = observed();
  const delivery = createEventDelivery({ log: events, ...seen, onError: () => {} });
  const logged = await events.append(range(5).map((n) => deviceEvent({ vendorEvent: `${n}` })));
  await delivery.deliver(logged.slice(0, 1), TOLD);
  await Promise.all([delivery.deliver(logged.slice(3, 4), TOLD), delivery.deliver(logged.slice(4), TOLD)]);
  await delivery.deliver(logged, TOLD);
  expect(seen.names()).toEqual(['0', '1', '2', '3', '4']);
  expect(seen.told.map(({ ongoingCalls }) => ongoingCalls)).toEqual([2, null, null, 2, 2]);
});

/** A spool that has the second record, and refuses it once `until` is fulfilled, as it does with a group whose first half was written. */
function refusingSecond(spool: Spool, until: () => Promise<unknown>): Spool {
  let given = 0;
  const append: Spool['append'] = async (payload) => {
    given += 1;
    const isSecond = given === 2;
    await spool.append(payload);
    if (!isSecond) return;
    await until();
    throw new Error('The spool is full.');
  };
  return new Proxy(spool, {
    get(target, name) {
      if (name === 'append') return append;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

test('what the spool has refused and given to the log nevertheless stands in it once', async () => {
  await using temporary = await temporaryStore();
  const { store } = temporary;
  await using first = await temporaryKeeper(store);
  const seen = observed();
  const delivered = () => vi.waitFor(() => expect(seen.names()).toContain('refused'));
  const spool = refusingSecond(first.spool, delivered);
  await using kept = await temporaryKeeper(store, { ...seen, spool, spoolFirst: true });
  await kept.keeper.keep(arrival('first'));
  await Promise.all([kept.keeper.keep(arrival('refused')), kept.keeper.keep(arrival('third'))]);
  await vi.waitFor(() => expect(seen.names()).toEqual(['first', 'refused', 'third']));
  expect((await store.events.bounds()).last).toBe(3);
});

test('what the log refuses for itself goes nowhere else', async () => {
  await using temporary = await temporaryStore();
  const { store } = temporary;
  const away: EventLog = { ...store.events, append: () => Promise.reject(new StoreError('FAULT', 'A defect.')) };
  await using kept = await temporaryKeeper(store, { log: away });
  await expect(kept.keeper.keep(arrival('odd'))).rejects.toMatchObject({ code: 'FAULT' });
  expect(kept.spool.records).toBe(0);
});

test('spool first: kept without a word of the log, in order in it afterwards, and nothing is reported as mended', async () => {
  await using temporary = await temporaryStore();
  const { store } = temporary;
  const [seen, gate, reports] = [observed(), Promise.withResolvers<void>(), [] as string[]];
  const slow: EventLog = {
    ...store.events,
    append: (...given) => gate.promise.then(() => store.events.append(...given)),
  };
  const said = (_: object, message: string) => void reports.push(message);
  const report = { info: said, warn: said, error: said };
  await using kept = await temporaryKeeper(store, { ...seen, log: slow, spoolFirst: true, report });
  for (const n of range(5)) await kept.keeper.keep(arrival(`${n}`));
  expect([kept.spool.records, seen.names()]).toEqual([5, []]);
  gate.resolve();
  await expect.poll(seen.names).toEqual(range(5).map(String));
  await expect.poll(() => kept.spool.records).toBe(0);
  await kept.keeper.keep(arrival('5'));
  await expect.poll(seen.names).toEqual(range(6).map(String));
  expect(seen.told).toHaveLength(6);
  expect(reports).toEqual([]);
});
