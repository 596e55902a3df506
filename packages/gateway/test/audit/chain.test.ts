import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { auditEntry } from '../../src/audit/audited.ts';
import { runAuditIn } from '../../src/command-line/audit.ts';
import { registerAuditMac } from '../../src/store/sqlite/audit-key.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { range } from '../support/wait.ts';

/** A data directory whose gateway has stopped, after three dials: 9 rows, the last six of commands. */
async function history() {
  const device = await scriptedPhone();
  const running = await testGateway();
  const phone = await running.addPhone({ address: device.origin });
  for (const n of range(3)) await running.run(phone, { name: 'dial', arguments: { to: `10${n}` } });
  await running.gateway.stop();
  const file = join(running.dataDir, 'hookswitch.db');
  return {
    dataDir: running.dataDir,
    /** What somebody with the file and SQLite may do; triggers do not stop them. */
    /** The gateway goes on over what it finds. */
    async goOn() {
      const store = await openSqliteStore({ dataDir: running.dataDir });
      await store.audit.append(auditEntry({ action: 'dial', caller: { id: 'k', name: 'Desk' } }, 1));
      await store.close();
    },
    tamper(sql: string) {
      const database = new DatabaseSync(file, { timeout: 5_000 });
      database.exec('DROP TRIGGER audit_never_changes; DROP TRIGGER audit_never_shrinks');
      registerAuditMac(database, file);
      database.exec(sql);
      database.close();
    },
    verify(anchor: string | null = null) {
      const said: string[] = [];
      const say = (text: string) => void said.push(text);
      const [sequence, mac = ''] = anchor?.split(':') ?? [];
      const noted = sequence === undefined ? null : { sequence: Number(sequence), mac };
      const isWhole = runAuditIn(noted, running.dataDir, { out: say, err: say });
      return `${isWhole ? 0 : 1} ${said.join('')}`.trim();
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await device[Symbol.asyncDispose]();
    },
  };
}

const WHOLE = /^0 The audit is whole: 9 rows\. Anchor: 9:[0-9a-f]{64}$/;

test('what was written is whole, and stays so', async () => {
  await using past = await history();
  expect(past.verify()).toMatch(WHOLE);
  expect(past.verify()).toBe(past.verify());
});

describe('what was tampered with is found, and the first row named', () => {
  const body = `json_set(body, '$.numbers[0]', '999')`;
  test.each([
    ['a number', `UPDATE audit SET body = ${body} WHERE sequence = 4`, 4],
    ['who', `UPDATE audit SET caller_name = 'nobody' WHERE sequence = 5`, 5],
    ['who, by id', `UPDATE audit SET caller_id = 'x' WHERE sequence = 6`, 6],
    ['when', `UPDATE audit SET at = at + 1 WHERE sequence = 1`, 1],
    ['what', `UPDATE audit SET action = 'hangUp' WHERE sequence = 7`, 7],
    ['which phone', `UPDATE audit SET phone_id = NULL WHERE sequence = 4`, 4],
    ['the outcome', `UPDATE audit SET outcome = 'FAILED' WHERE sequence = 9`, 9],
    [
      'two rows changed places',
      `UPDATE audit SET sequence = CASE sequence WHEN 4 THEN -5 ELSE -4 END WHERE sequence IN (4, 5);
      UPDATE audit SET sequence = -sequence WHERE sequence < 0`,
      4,
    ],
    ['one deleted', `DELETE FROM audit WHERE sequence = 5`, 5],
    ['the first deleted', `DELETE FROM audit WHERE sequence = 1`, 1],
    [
      'one deleted, the others moved up',
      `DELETE FROM audit WHERE sequence = 5;
      UPDATE audit SET sequence = sequence - 1 WHERE sequence > 5`,
      5,
    ],
    [
      'one inserted at the end',
      `INSERT INTO audit SELECT 10, at, caller_id, caller_name, action, phone_id, outcome, body, mac
      FROM audit WHERE sequence = 9`,
      10,
    ],
    [
      'one inserted in the middle',
      `UPDATE audit SET sequence = -sequence WHERE sequence > 5;
      UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0;
      INSERT INTO audit SELECT 6, at, caller_id, caller_name, action, phone_id, outcome, body, mac FROM audit WHERE sequence = 5`,
      6,
    ],
    ['the end cut off', `DELETE FROM audit WHERE sequence > 7`, 8],
    ['the end cut off, the head moved', `DELETE FROM audit WHERE sequence > 7; UPDATE audit_head SET sequence = 7`, 8],
    ['all of it deleted', `DELETE FROM audit`, 1],
    ['all of it deleted, and the head', `DELETE FROM audit; DELETE FROM audit_head`, 1],
    ['the head deleted', `DELETE FROM audit_head`, 10],
    [
      'one inserted ahead of the first',
      `INSERT INTO audit SELECT -1, at, caller_id, caller_name, action, phone_id, outcome, body, mac
      FROM audit WHERE sequence = 9`,
      -1,
    ],
    ['all of it deleted, and the commands', `DELETE FROM audit; DELETE FROM audit_head; DELETE FROM commands`, 1],
  ])('%s', async (_what, sql, row) => {
    await using past = await history();
    past.tamper(sql);
    expect(past.verify()).toMatch(new RegExp(`^1 The audit is broken at row ${row}: `));
  });

  test.each([
    ['the end cut off', `DELETE FROM audit WHERE sequence > 7`, 8],
    [
      'the end cut off, the head moved',
      `DELETE FROM audit WHERE sequence > 7;
      UPDATE audit_head SET sequence = 7, mac = (SELECT mac FROM audit WHERE sequence = 7)`,
      9,
    ],
    ['the end cut off, the head deleted', `DELETE FROM audit WHERE sequence > 7; DELETE FROM audit_head`, 9],
    ['all of it deleted', `DELETE FROM audit; DELETE FROM audit_head`, 2],
  ])('%s, and the gateway wrote on behind it: still', async (_what, sql, row) => {
    await using past = await history();
    past.tamper(`${sql}; DELETE FROM commands`);
    await past.goOn();
    expect(past.verify()).toMatch(new RegExp(`^1 The audit is broken at row ${row}: `));
  });

  test('what is whole goes on whole, from its beginning too', async () => {
    await using past = await history();
    await past.goOn();
    expect(past.verify()).toMatch(/^0 The audit is whole: 10 rows/);
  });

  test('with the key too, as long as the command is there', async () => {
    await using past = await history();
    past.tamper(`DELETE FROM audit WHERE sequence > 7;
      UPDATE audit_head SET sequence = 7, mac = (SELECT audit_mac('head', 7, mac) FROM audit WHERE sequence = 7)`);
    expect(past.verify()).toMatch(/^1 The audit is broken at row 8: the command .* has not all its rows/);
  });

  test('with the key and everything else, by an anchor that was noted', async () => {
    await using past = await history();
    const [, anchor = ''] = /Anchor: (\S+)/.exec(past.verify()) ?? [];
    expect(past.verify(anchor)).toMatch(WHOLE);
    past.tamper(`UPDATE audit SET caller_name = 'nobody' WHERE sequence = 9;
      UPDATE audit SET mac = audit_mac('row', (SELECT mac FROM audit WHERE sequence = 8), sequence, at, caller_id,
        caller_name, action, phone_id, outcome, body) WHERE sequence = 9;
      UPDATE audit_head SET mac = (SELECT audit_mac('head', 9, mac) FROM audit WHERE sequence = 9)`);
    expect(past.verify()).toMatch(WHOLE);
    expect(past.verify(anchor)).toMatch(/^1 The audit is broken at row 9: it is another one than was noted/);
  });

  test('another key, or none', async () => {
    await using past = await history();
    const key = join(past.dataDir, 'audit.key');
    await rename(key, `${key}.away`);
    expect(past.verify()).toMatch(/^1 .*audit\.key/);
    await writeFile(key, 'ab'.repeat(32));
    expect(past.verify()).toMatch(/^1 The audit is broken at row 1: .*audit\.key/);
  });
});

test('mistakes are stopped: rows are neither changed nor deleted', async () => {
  await using past = await history();
  const database = new DatabaseSync(join(past.dataDir, 'hookswitch.db'), { timeout: 5_000 });
  expect(() => database.exec('UPDATE audit SET at = 0')).toThrow('append only');
  expect(() => database.exec('DELETE FROM audit')).toThrow('append only');
  database.close();
});
