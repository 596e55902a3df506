import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../src/audit/audit-entry.ts';
import { auditEntry } from '../../../src/audit/audited.ts';
import type { AuditLog, AuditQuery, Store } from '../../../src/store/ports.ts';
import { command, range } from '../samples.ts';
import type { OpenStore } from './open-store.ts';

const CALLER = { id: 'key-1', name: 'Zoë "frontend"' };
const entry = (action: string, at: number, changes: Partial<AuditEntry> = {}) =>
  auditEntry({ action, caller: CALLER, ...changes }, at);
const sequencesIn = async (audit: AuditLog) =>
  (await audit.list({}, { limit: 100 })).items.map(({ sequence }) => sequence);
/** Sequence, action, outcome and command of all rows, oldest first. */
const rowsIn = async ({ audit }: Store) =>
  (await audit.list({}, { limit: 100 })).items
    .map(({ sequence, action, outcome, commandId }) => [sequence, action, outcome, commandId])
    .reverse();

/** What every audit keeps to. */
export function auditLogConforms(temporaryStore: OpenStore): void {
  test('keeps entries whole, in the order in which they came, each with a code of its own', async () => {
    await using files = await temporaryStore();
    const first = entry('addPhone', 1000, { phoneId: 'p1', numbers: ['+49 30'], details: { fields: ['name', 'ü'] } });
    await files.store.audit.append(first);
    await files.store.audit.append(first);
    const { audit } = await files.reopen();
    await audit.append(entry('dial', 900, { outcome: 'DENIED', rule: 'dialling.deny', failureCode: 'POLICY_DENIED' }));
    const { items } = await audit.list({}, { limit: 10 });
    expect(items.map(({ sequence, action }) => [sequence, action])).toEqual([
      [3, 'dial'],
      [2, 'addPhone'],
      [1, 'addPhone'],
    ]);
    expect(items[2]).toEqual({ ...first, sequence: 1, mac: items[2]?.mac });
    expect(new Set(items.map(({ mac }) => mac)).size).toBe(3);
    for (const { mac } of items) expect(mac).toMatch(/^[0-9a-f]{64}$/);
  });

  test('by many at once leaves no gap', async () => {
    await using files = await temporaryStore();
    const { audit } = files.store;
    await Promise.all(range(50).map((index) => audit.append(entry(`act${index}`, index))));
    expect(await sequencesIn(audit)).toEqual(range(50).map((index) => 50 - index));
  });

  test('is paged from the newest on', async () => {
    await using files = await temporaryStore();
    const { audit } = files.store;
    for (const index of range(5)) await audit.append(entry(`act${index}`, index));
    const first = await audit.list({}, { limit: 2 });
    expect(first).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(first.items.map(({ sequence }) => sequence)).toEqual([5, 4]);
    const last = await audit.list({}, { limit: 3, before: 4 });
    expect(last).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(last.items.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
  });

  test.each<{ query: AuditQuery; expected: number[] }>([
    { query: { actions: ['dial', 'reboot'] }, expected: [4, 3, 1] },
    { query: { actions: [] }, expected: [] },
    { query: { callerIds: ['key-2'] }, expected: [3] },
    { query: { phoneIds: ['p1'] }, expected: [2, 1] },
    { query: { outcomes: ['DENIED'] }, expected: [4] },
    { query: { since: 20 }, expected: [4, 3, 2] },
    { query: { until: 20 }, expected: [1] },
    { query: { since: 10, until: 40, actions: ['dial'] }, expected: [1] },
  ])('is narrowed by $query', async ({ query, expected }) => {
    await using files = await temporaryStore();
    const { audit } = files.store;
    await audit.append(entry('dial', 10, { phoneId: 'p1' }));
    await audit.append(entry('addPhone', 20, { phoneId: 'p1' }));
    await audit.append(entry('reboot', 30, { phoneId: 'p2', caller: { id: 'key-2', name: 'x' } }));
    await audit.append(entry('dial', 40, { outcome: 'DENIED' }));
    const { items } = await audit.list(query, { limit: 10 });
    expect(items.map(({ sequence }) => sequence)).toEqual(expected);
  });

  describe('with commands', () => {
    test('a row is written when one is recorded and when it is settled, and not in between', async () => {
      await using files = await temporaryStore();
      const { commands } = files.store;
      await commands.insert(command('c1'), null);
      await commands.update(command('c1', { status: 'SENT', sentAt: 2000 }));
      await commands.update(command('c1', { status: 'ACCEPTED', sentAt: 2000, settledAt: 3000 }));
      const batch = { id: 'b1', total: 2, requestedBy: 'frontend', requestedAt: 1000 };
      await commands.insertBatch(
        batch,
        ['c2', 'c3'].map((id) => command(id, { batchId: 'b1' })),
        null,
      );
      expect(await rowsIn(files.store)).toEqual([
        [1, 'dial', 'ASKED', 'c1'],
        [2, 'dial', 'ACCEPTED', 'c1'],
        [3, 'dial', 'ASKED', 'c2'],
        [4, 'dial', 'ASKED', 'c3'],
      ]);
    });

    test('what was not recorded has no row, and the chain goes on', async () => {
      await using files = await temporaryStore();
      const { commands } = files.store;
      const claim = { callerId: 'key-1', scope: 'phone-1', key: 'once', fingerprint: 'f1' };
      await commands.insert(command('c1'), claim);
      await Promise.allSettled([
        commands.insert(command('c1'), null),
        commands.insert(command('c2'), claim),
        commands.update(command('nobody', { settledAt: 5 })),
        commands.insert(command('c3'), null),
      ]);
      expect(await rowsIn(files.store)).toEqual([
        [1, 'dial', 'ASKED', 'c1'],
        [2, 'dial', 'ASKED', 'c3'],
      ]);
    });
  });
}
