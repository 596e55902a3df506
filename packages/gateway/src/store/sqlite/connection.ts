import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { registerAuditMac } from './audit-key.ts';
import { beginAudit } from './begin-audit.ts';
import { migrate, versionOf } from './migrate.ts';
import { audit } from './migrations/0006-audit.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** How long a lock of a foreign program (a backup, somebody's shell) is waited for, in milliseconds. */
const BUSY_TIMEOUT_MS = 5000;
/** A write-ahead log that a burst made large is cut back to this many bytes. */
const WAL_SIZE_LIMIT = 64 * 1024 * 1024;

/** Opens the database for the one connection that writes, and migrates it. */
export function openForWriting(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
    if (mode !== 'wal') {
      throw new StoreError(
        'DISK',
        `SQLite cannot keep a write-ahead log beside ${file}: it stays in mode ${String(mode)}`,
      );
    }
    // What was sealed with a key that is out of use, or a token that is over, is written over and not only given up.
    // In WAL mode only FULL syncs at each commit; NORMAL would lose commits with the power.
    database.exec(
      `PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = ${WAL_SIZE_LIMIT}`,
    );
    registerAuditMac(database, file);
    const isNew = versionOf(database) < audit.version;
    migrate(database, MIGRATIONS);
    beginAudit(database, isNew);
    // Pages that a unit may have to take back: those of more than 64 KiB of a group else go to a temporary file. Behind the migrations, which
    // may sort more than there is memory for.
    database.exec('PRAGMA temp_store = MEMORY');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the database for reading. It must have been opened for writing before. */
export function openForReading(file: string): DatabaseSync {
  return new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS, allowUnknownNamedParameters: true });
}
