import { expect, test } from 'vitest';
import type { Command } from '../../src/model.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { CommandStore } from '../../src/store/ports.ts';
import { settleLater } from '../../src/store/settle-later.ts';
import { command } from './samples.ts';
import { temporaryStore } from './temporary.ts';

const SENT = command('c1', { status: 'SENT', sentAt: 2_000, batchId: 'b1' });
const ACCEPTED: Command = { ...SENT, status: 'ACCEPTED', repliedAt: 3_000 };
const CONFIRMED: Command = { ...ACCEPTED, status: 'CONFIRMED', settledAt: 4_000 };
const BATCH = { id: 'b1', total: 1, requestedBy: 'frontend', requestedAt: 1_000 };

/** A store that has a command as sent, and answers each further change when the test has it do so. */
async function holding({ keepsOrder = true }: { readonly keepsOrder?: boolean } = {}) {
  const files = await temporaryStore();
  const { commands, audit } = files.store;
  await commands.insertBatch(BATCH, [command('c1', { batchId: 'b1' })], null);
  await commands.update(SENT);
  const given: { readonly status: string; readonly gate: PromiseWithResolvers<void> }[] = [];
  const { keepsOrder: _kept, ...unordered } = commands;
  const store: CommandStore = {
    ...(keepsOrder ? commands : unordered),
    async update(one) {
      const gate = Promise.withResolvers<void>();
      given.push({ status: one.status, gate });
      await gate.promise;
      await commands.update(one);
    },
  };
  const told: string[] = [];
  const onLater = (error: unknown, { status }: Command) =>
    void told.push(`${status}: ${error instanceof StoreError ? error.code : String(error)}`);
  return {
    kept: commands,
    audit,
    told,
    /** States that the store was given. */
    given: () => given.map(({ status }) => status),
    /** The store has taken the change, the first being 0. */
    take: (index: number) => given[index]?.gate.resolve(),
    refuse: (index: number, code: 'DISK' | 'WRITER_DIED' | 'MISSING_ROW') =>
      given[index]?.gate.reject(new StoreError(code, 'It was not written.')),
    settling: settleLater(store, { onLater, unrecorded: (one) => one }),
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  };
}

test('an outcome is not waited for: it is told from memory, and who reads rows waits for it', async () => {
  await using stand = await holding();
  const { kept, settling, take } = stand;
  await settling.update(CONFIRMED);
  expect(await settling.get('c1')).toEqual(CONFIRMED);
  expect(await kept.get('c1')).toEqual(SENT);
  const read: string[] = [];
  const note = (what: string) => () => void read.push(what);
  const [list, pending, open, written] = [
    settling.list({}, { limit: 9 }),
    settling.pendingInBatch('b1'),
    settling.unsettled(),
    settling.written(),
  ];
  const all = Promise.all([list.then(note('list')), pending.then(note('pending')), open.then(note('unsettled'))]);
  await settling.get('c1');
  // Each reads without waiting for anything else: had it not waited for the outcome, it would be there by now.
  await kept.list({}, { limit: 9 });
  expect(read).toEqual([]);
  take(0);
  await all;
  await written;
  expect([(await list).items, await pending, await open]).toEqual([[CONFIRMED], 0, []]);
  expect(await kept.get('c1')).toEqual(CONFIRMED);
});

test('that it is sent is waited for', async () => {
  await using stand = await holding();
  const { settling, take, kept } = stand;
  const order: string[] = [];
  const sent = settling.update({ ...SENT, sentAt: 2_500 }).then(() => order.push('sent'));
  await kept.list({}, { limit: 9 });
  order.push('before');
  take(0);
  await sent;
  expect(order).toEqual(['before', 'sent']);
});

test('two outcomes of a command are written in order, and memory tells the newer one', async () => {
  await using stand = await holding();
  const { settling, given, take, kept, audit, told } = stand;
  await settling.update(ACCEPTED);
  await settling.update(CONFIRMED);
  expect(given()).toEqual(['ACCEPTED', 'CONFIRMED']);
  expect(await settling.get('c1')).toEqual(CONFIRMED);
  take(0);
  await expect.poll(() => kept.get('c1')).toEqual(ACCEPTED);
  expect(await settling.get('c1')).toEqual(CONFIRMED);
  take(1);
  expect((await settling.list({}, { limit: 9 })).items).toEqual([CONFIRMED]);
  expect((await audit.list({}, { limit: 9 })).items.map(({ outcome }) => outcome)).toEqual(['CONFIRMED', 'ASKED']);
  expect(told).toEqual([]);
});

test('what a store that is away did not take is in memory, and is written when it is back', async () => {
  await using stand = await holding();
  const { settling, given, take, refuse, kept, told } = stand;
  await settling.update(CONFIRMED);
  refuse(0, 'DISK');
  await settling.written();
  expect([await settling.get('c1'), await kept.get('c1')]).toEqual([CONFIRMED, SENT]);
  expect(told).toEqual(['CONFIRMED: DISK']);
  const flushed = settling.flush();
  await expect.poll(given).toEqual(['CONFIRMED', 'CONFIRMED']);
  take(1);
  await flushed;
  expect(await kept.get('c1')).toEqual(CONFIRMED);
});

test('an earlier outcome that was lost does not come behind the later one', async () => {
  await using stand = await holding();
  const { settling, given, take, refuse, kept } = stand;
  await settling.update(ACCEPTED);
  await settling.update(CONFIRMED);
  refuse(0, 'WRITER_DIED');
  take(1);
  await settling.flush();
  expect(given()).toEqual(['ACCEPTED', 'CONFIRMED']);
  expect(await kept.get('c1')).toEqual(CONFIRMED);
});

test('what can never be written is told, and not kept for ever', async () => {
  await using stand = await holding();
  const { settling, refuse, told } = stand;
  await settling.update(CONFIRMED);
  refuse(0, 'MISSING_ROW');
  await settling.flush();
  expect(told).toEqual(['CONFIRMED: MISSING_ROW']);
  expect(await settling.get('c1')).toEqual(SENT);
});

test('where the order is not kept an outcome is waited for, and its refusal is heard', async () => {
  await using stand = await holding({ keepsOrder: false });
  const { settling, refuse, told } = stand;
  const update = settling.update(CONFIRMED);
  refuse(0, 'MISSING_ROW');
  await expect(update).rejects.toMatchObject({ code: 'MISSING_ROW' });
  expect(told).toEqual([]);
});
