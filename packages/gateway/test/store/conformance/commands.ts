import { describe, expect, test } from 'vitest';
import type { CommandQuery } from '../../../src/store/ports.ts';
import { command, range } from '../samples.ts';
import type { OpenStore } from './open-store.ts';

const CLAIM = { callerId: 'key-1', scope: 'phone-1', key: 'once', fingerprint: 'f1' };

/** What every store of commands keeps to. */
export function commandStoreConforms(temporaryStore: OpenStore): void {
  test('keeps a command whole and changes it', async () => {
    await using files = await temporaryStore();
    const queued = command('c1', { arguments: { keys: [{ key: '#', holdMs: 80 }], text: 'Zoë' } });
    expect(await files.store.commands.insert(queued, null)).toBeNull();
    expect(await files.store.commands.get('c1')).toEqual(queued);
    expect(await files.store.commands.get('nobody')).toBeNull();
    const failure = { code: 'PHONE_UNREACHABLE', message: 'No route.', retryable: true } as const;
    const failed = { ...queued, status: 'FAILED', failure, settledAt: 2000 } as const;
    await files.store.commands.update(failed);
    expect(await (await files.reopen()).commands.get('c1')).toEqual(failed);
  });

  test('does not change what was never recorded', async () => {
    await using files = await temporaryStore();
    const changed = files.store.commands.update(command('nobody'));
    await expect(changed).rejects.toMatchObject({ code: 'MISSING_ROW', message: 'There is no command nobody.' });
  });

  test('does not record one id twice', async () => {
    await using files = await temporaryStore();
    const { commands } = files.store;
    await commands.insert(command('c1'), null);
    await expect(commands.insert(command('c1', { name: 'reboot' }), null)).rejects.toMatchObject({ code: 'UNIQUE' });
    // Not to be mistaken for a claim that somebody else holds.
    await expect(commands.insert(command('c1'), CLAIM)).rejects.toMatchObject({ code: 'UNIQUE' });
    expect((await commands.get('c1'))?.name).toBe('dial');
    expect(await commands.insert(command('c2'), CLAIM)).toBeNull();
  });

  describe('idempotency keys', () => {
    test('are held by one command a caller, scope and key', async () => {
      await using files = await temporaryStore();
      expect(await files.store.commands.insert(command('c1'), CLAIM)).toBeNull();
      const { commands } = await files.reopen();
      const holder = { id: 'c1', fingerprint: 'f1' };
      expect(await commands.insert(command('c2'), { ...CLAIM, fingerprint: 'f2' })).toEqual(holder);
      expect(await commands.get('c2')).toBeNull();
      expect(await commands.insert(command('c3'), { ...CLAIM, callerId: 'key-2' })).toBeNull();
      expect(await commands.insert(command('c4'), { ...CLAIM, scope: 'phone-2' })).toBeNull();
      expect(await commands.insert(command('c5'), { ...CLAIM, key: 'twice' })).toBeNull();
    });

    test('asked for by many at once, go to one, and all the others learn which', async () => {
      await using files = await temporaryStore();
      const { commands } = files.store;
      const ids = range(50).map((index) => `c${index}`);
      const answers = await Promise.all(ids.map((id) => commands.insert(command(id), CLAIM)));
      const winners = ids.filter((_, index) => answers[index] === null);
      expect(winners).toHaveLength(1);
      expect(answers.filter((answer) => answer?.id === winners[0])).toHaveLength(49);
      expect((await commands.list({}, { limit: 100 })).items.map(({ id }) => id)).toEqual(winners);
    });

    test('hold for a batch as a whole', async () => {
      await using files = await temporaryStore();
      const { commands } = files.store;
      const claim = { ...CLAIM, scope: '*' };
      const batch = { id: 'b1', total: 1, requestedBy: 'frontend', requestedAt: 1000 };
      expect(await commands.insertBatch(batch, [command('c1', { batchId: 'b1' })], claim)).toBeNull();
      const again = await commands.insertBatch({ ...batch, id: 'b2' }, [command('c2', { batchId: 'b2' })], claim);
      expect(again).toEqual({ id: 'b1', fingerprint: 'f1' });
      expect(await commands.getBatch('b2')).toBeNull();
      expect(await commands.get('c2')).toBeNull();
    });
  });

  test('a batch with its commands', async () => {
    await using files = await temporaryStore();
    const { commands } = files.store;
    const batch = { id: 'b1', total: 3, requestedBy: 'frontend', requestedAt: 1000 };
    const members = range(3).map((index) => command(`c${index}`, { batchId: 'b1', requestedAt: 1000 + index }));
    expect(await commands.insertBatch(batch, members, null)).toBeNull();
    await commands.insert(command('alone'), null);
    expect(await commands.getBatch('b1')).toEqual(batch);
    expect(await commands.getBatch('nobody')).toBeNull();
    expect(await commands.pendingInBatch('b1')).toBe(3);
    await commands.update(command('c1', { batchId: 'b1', status: 'ACCEPTED', settledAt: 3000 }));
    expect(await commands.pendingInBatch('b1')).toBe(2);
    expect(await commands.pendingInBatch('nobody')).toBe(0);
    expect((await commands.list({ batchId: 'b1' }, { limit: 2 })).items.map(({ id }) => id)).toEqual(['c2', 'c1']);
  });

  test('a batch is recorded with all its commands or not at all', async () => {
    await using files = await temporaryStore();
    const { commands } = files.store;
    const batch = { id: 'b1', total: 2, requestedBy: 'frontend', requestedAt: 1000 };
    const twins = [command('c1', { batchId: 'b1' }), command('c1', { batchId: 'b1' })];
    await expect(commands.insertBatch(batch, twins, CLAIM)).rejects.toMatchObject({ code: 'UNIQUE' });
    expect(await commands.getBatch('b1')).toBeNull();
    expect(await commands.get('c1')).toBeNull();
    expect(await commands.insert(command('c2'), CLAIM)).toBeNull();
  });

  test('tells the unsettled, oldest first', async () => {
    await using files = await temporaryStore();
    const { commands } = files.store;
    await commands.insert(command('young', { requestedAt: 3000, status: 'SENT' }), null);
    await commands.insert(command('old', { requestedAt: 1000 }), null);
    await commands.insert(command('done', { requestedAt: 2000, status: 'UNKNOWN', settledAt: 2500 }), null);
    expect((await commands.unsettled()).map(({ id }) => id)).toEqual(['old', 'young']);
  });

  describe('lists newest first', () => {
    const strangers = range(100).map((index) => `stranger-${index}`);

    test.each<{ query: CommandQuery; expected: string }>([
      { query: {}, expected: 'dcba' },
      { query: { phoneIds: ['p1'] }, expected: 'dca' },
      { query: { phoneIds: ['p2', 'p1'] }, expected: 'dcba' },
      { query: { phoneIds: ['p2', ...strangers] }, expected: 'b' },
      { query: { names: ['reboot'] }, expected: 'cb' },
      { query: { names: ['reboot'], phoneIds: ['p1'] }, expected: 'c' },
      { query: { statuses: ['FAILED', 'SENT'] }, expected: 'da' },
      { query: { batchId: 'b1' }, expected: 'cb' },
      { query: { batchId: 'b1', phoneIds: ['p2'] }, expected: 'b' },
      { query: { batchId: 'nobody' }, expected: '' },
    ])('$query', async ({ query, expected }) => {
      await using files = await temporaryStore();
      const { commands } = files.store;
      await commands.insert(command('a', { phoneId: 'p1', status: 'FAILED', settledAt: 1 }), null);
      const batch = { id: 'b1', total: 2, requestedBy: 'frontend', requestedAt: 1000 };
      const members = [
        command('b', { phoneId: 'p2', name: 'reboot', batchId: 'b1' }),
        command('c', { phoneId: 'p1', name: 'reboot', batchId: 'b1' }),
      ];
      await commands.insertBatch(batch, members, null);
      await commands.insert(command('d', { phoneId: 'p1', status: 'SENT', requestedAt: 2000 }), null);
      let paged = '';
      for (let after: string | undefined; ; after = paged.at(-1)) {
        const page = await commands.list(query, { limit: 1, after });
        paged += page.items.map(({ id }) => id).join('');
        if (!page.hasNextPage) break;
      }
      expect(paged).toBe(expected);
    });
  });
}
