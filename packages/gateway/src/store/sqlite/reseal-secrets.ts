import { stat } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { Resealing } from '../resealing.ts';
import { bytesOf, textOf } from '../rows.ts';
import { auditStatements } from './audit-log.ts';
import { openForWriting } from './connection.ts';
import { filesIn } from './files.ts';
import { acquireProcessLock } from './process-lock.ts';
import { PUT_SEALED_KEY } from './sealed-keys.ts';

/**
 * Replaces everything that is sealed in a data directory, all or none, with a row of the audit. No gateway may run there.
 * @returns how many phones there were
 * @throws StoreError `LOCKED` where a gateway runs, and the system's error where there is no database
 */
export async function resealSecrets(dataDir: string, resealing: Resealing): Promise<number> {
  const files = filesIn(dataDir);
  await stat(files.database);
  const lock = await acquireProcessLock(files);
  try {
    const database = openForWriting(files.database);
    try {
      return replaceAll(database, resealing);
    } finally {
      database.close();
    }
  } finally {
    await lock.release();
  }
}

function replaceAll(database: DatabaseSync, { phone, keys, entry }: Resealing): number {
  database.exec('BEGIN IMMEDIATE');
  try {
    const rows = database.prepare('SELECT id, sealed_secrets FROM phones').all();
    const update = database.prepare('UPDATE phones SET sealed_secrets = ? WHERE id = ?');
    for (const row of rows) {
      const id = textOf(row, 'id');
      update.run(phone(id, bytesOf(row, 'sealed_secrets')), id);
    }
    const sealed = database.prepare('SELECT name, sealed FROM sealed_keys').all();
    const put = database.prepare(PUT_SEALED_KEY);
    for (const [name, bytes] of keys(new Map(sealed.map((row) => [textOf(row, 'name'), bytesOf(row, 'sealed')])))) {
      put.run(name, bytes);
    }
    for (const { sql, params } of auditStatements(entry(rows.length))) database.prepare(sql).run(...params);
    database.exec('COMMIT');
    // The write-ahead log has the pages as they were.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return rows.length;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
