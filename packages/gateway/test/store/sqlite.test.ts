import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { auditEntry } from '../../src/audit/audited.ts';
import { storeConforms } from './conformance/index.ts';
import { callEvent, command, deviceEvent, range, storedPhone } from './samples.ts';
import { temporaryStore } from './temporary.ts';

describe('the embedded store', () => storeConforms(temporaryStore, { dropsEvents: true }));

test('an event and how its switch stands share a commit; nothing makes none', async () => {
  await using files = await temporaryStore();
  const { events, phones, writeStatistics } = files.store;
  await events.append([]);
  expect(writeStatistics().commits).toBe(0);
  await phones.put(storedPhone('p1'));
  const { commits } = writeStatistics();
  const event = { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled: true, target: null } as const;
  await events.append([{ ...deviceEvent({ phoneId: 'p1' }), event }]);
  expect(writeStatistics().commits).toBe(commits + 1);
  expect(await phones.features('p1')).toHaveLength(1);
});

test('a search through a long log lets others in meanwhile', async () => {
  await using files = await temporaryStore();
  const { events } = files.store;
  await events.append([deviceEvent(), ...range(12_000).map(() => callEvent('CONNECTED')), deviceEvent()]);
  let others = 0;
  setImmediate(() => {
    others += 1;
  });
  expect(await events.read({ types: ['DEVICE'] }, { limit: 100 })).toHaveLength(2);
  expect(others).toBe(1);
});

test('a refusal names the statement of its unit', async () => {
  await using files = await temporaryStore();
  const { commands } = files.store;
  const claim = { callerId: 'key-1', scope: 'phone-1', key: 'once', fingerprint: 'f1' };
  await commands.insert(command('c1'), null);
  await expect(commands.insert(command('c1'), claim)).rejects.toMatchObject({ code: 'UNIQUE', statement: 1 });
});

test('what events take is estimated within a sixth of what they do', async () => {
  await using files = await temporaryStore();
  const { events, retention } = files.store;
  for (const page of range(20)) {
    const variables = range(page % 5).map((n) => ({ name: `name-${n}`, value: 'x'.repeat(page * 10) }));
    await events.append(
      range(500).map((n) => ({
        ...callEvent('CONNECTED', { phoneId: `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`, variables }),
        receipt: Buffer.from(`receipt ${String(page * 500 + n).padStart(8, '0')}`),
      })),
    );
  }
  const database = new DatabaseSync(join(files.dataDir, 'hookswitch.db'), { readOnly: true });
  const bytes = Number(database.prepare("SELECT sum(pgsize) AS n FROM dbstat WHERE name LIKE 'event%'").get()?.['n']);
  database.close();
  const { bytes: estimate } = await retention.eventVolume();
  expect(Math.abs(estimate - bytes)).toBeLessThan(bytes / 6);
});

test('rows of the audit that are not as they were written are not dropped', async () => {
  await using files = await temporaryStore();
  const { audit, retention } = files.store;
  for (const at of range(4)) await audit.append(auditEntry({ action: 'dial', caller: { id: 'k', name: 'Desk' } }, at));
  const database = new DatabaseSync(join(files.dataDir, 'hookswitch.db'), { timeout: 5_000 });
  // Not even by a start that somebody makes up.
  expect(() => database.exec('DELETE FROM audit WHERE sequence = 1')).toThrow('append only');
  database.exec(`DROP TRIGGER audit_never_changes; UPDATE audit SET action = 'hold' WHERE sequence = 2`);
  await expect(retention.dropAudit(3)).rejects.toThrow('at row 2 it is not as it was written');
  expect((await audit.list({}, { limit: 10 })).items).toHaveLength(4);
  database.exec(`UPDATE audit SET action = 'dial' WHERE sequence = 2; INSERT INTO audit_start VALUES (1, 1, 'x', 5, 'y');
    DELETE FROM audit WHERE sequence = 1`);
  database.close();
  const verdict = { whole: false, sequence: 2, reason: expect.stringContaining('that those before it were dropped') };
  expect(await files.verifyAudit()).toMatchObject(verdict);
  await expect(retention.dropAudit(3)).rejects.toThrow('not shortened');
});
