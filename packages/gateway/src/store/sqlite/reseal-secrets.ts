import { stat } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { openForWriting } from './connection.ts';
import { filesIn } from './files.ts';
import { acquireProcessLock } from './process-lock.ts';
import { bytesOf, textOf } from './rows.ts';

/**
 * Replaces every sealed secret of a data directory, all or none. No gateway may run there.
 * @param reseal what a phone's sealed secrets are to be; what it throws, nothing was changed
 * @returns how many there were
 * @throws StoreError `LOCKED` where a gateway runs, and the system's error where there is no database
 */
export async function resealSecrets(
  dataDir: string,
  reseal: (phoneId: string, sealed: Uint8Array) => Uint8Array,
): Promise<number> {
  const files = filesIn(dataDir);
  await stat(files.database);
  const lock = await acquireProcessLock(files);
  try {
    const database = openForWriting(files.database);
    try {
      return replaceAll(database, reseal);
    } finally {
      database.close();
    }
  } finally {
    await lock.release();
  }
}

function replaceAll(database: DatabaseSync, reseal: (phoneId: string, sealed: Uint8Array) => Uint8Array): number {
  database.exec('BEGIN IMMEDIATE');
  try {
    const rows = database.prepare('SELECT id, sealed_secrets FROM phones').all();
    const update = database.prepare('UPDATE phones SET sealed_secrets = ? WHERE id = ?');
    for (const row of rows) {
      const id = textOf(row, 'id');
      update.run(reseal(id, bytesOf(row, 'sealed_secrets')), id);
    }
    database.exec('COMMIT');
    // The write-ahead log has the pages as they were.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return rows.length;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
