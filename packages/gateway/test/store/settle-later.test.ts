import { expect, test } from 'vitest';
import { StoreError } from '../../src/store/errors.ts';
import type { CommandStore } from '../../src/store/ports.ts';
import { settleLater } from '../../src/store/settle-later.ts';
import { command } from './samples.ts';
import { temporaryStore } from './temporary.ts';

const FAILED = {
  status: 'FAILED',
  failure: { code: 'COMMAND_EXPIRED', message: 'It was not sent.', retryable: true },
  settledAt: 5_000,
} as const;
const BATCH = { id: 'b1', total: 2, requestedBy: 'frontend', requestedAt: 1000 };
const CLAIM = { callerId: 'key-1', scope: 'phone-1', key: 'once', fingerprint: 'f1' };

/** A store whose writing thread dies once, before or after it has written the command. */
async function dying(when: 'BEFORE' | 'AFTER') {
  const files = await temporaryStore();
  const { commands, audit } = files.store;
  let left = 1;
  const dies = async <Value>(write: () => Promise<Value>): Promise<Value> => {
    const isDead = left > 0;
    left -= 1;
    if (isDead && when === 'BEFORE') throw new StoreError('WRITER_DIED', 'It may have been written or not.');
    const done = await write();
    if (isDead) throw new StoreError('WRITER_DIED', 'It may have been written or not.');
    return done;
  };
  const store: CommandStore = {
    ...commands,
    insert: (...given) => dies(() => commands.insert(...given)),
    insertBatch: (...given) => dies(() => commands.insertBatch(...given)),
  };
  return {
    kept: commands,
    audit,
    settling: settleLater(store, { onLater: () => {}, unrecorded: (one) => ({ ...one, ...FAILED }) }),
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  };
}

test('a command that was recorded as the writing thread died does not stay queued', async () => {
  await using stand = await dying('AFTER');
  const { kept, settling } = stand;
  await expect(settling.insert(command('c1'), CLAIM)).rejects.toMatchObject({ code: 'WRITER_DIED' });
  // Who asks again by the key is told at once.
  expect(await settling.insert(command('c2'), CLAIM)).toEqual({ id: 'c1', fingerprint: 'f1' });
  expect(await settling.get('c1')).toMatchObject(FAILED);
  await expect.poll(() => kept.get('c1')).toMatchObject(FAILED);
  expect(await kept.unsettled()).toEqual([]);
  expect((await stand.audit.list({}, { limit: 9 })).items).toHaveLength(2);
});

test('one that was not recorded leaves nothing', async () => {
  await using stand = await dying('BEFORE');
  const { kept, settling } = stand;
  await expect(settling.insert(command('c1'), CLAIM)).rejects.toMatchObject({ code: 'WRITER_DIED' });
  await settling.flush();
  expect([await settling.get('c1'), await kept.get('c1')]).toEqual([null, null]);
  expect(await settling.insert(command('c2'), CLAIM)).toBeNull();
});

test('neither does one that was refused change, nor one of a batch stay queued', async () => {
  await using stand = await dying('AFTER');
  const { kept, settling } = stand;
  const queued = command('c1', { batchId: 'b1' });
  const refused = command('c2', { batchId: 'b1', ...FAILED, settledAt: 1_500 });
  await expect(settling.insertBatch(BATCH, [queued, refused], null)).rejects.toMatchObject({
    code: 'WRITER_DIED',
  });
  await expect.poll(() => kept.pendingInBatch('b1')).toBe(0);
  expect(await kept.get('c1')).toMatchObject(FAILED);
  expect(await kept.get('c2')).toEqual(refused);
});
