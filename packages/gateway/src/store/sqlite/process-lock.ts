import { readFile, rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { makePrivate } from '../../security/private-files.ts';
import { StoreError } from '../errors.ts';
import { sqliteCodeOf } from './faults.ts';
import type { StoreFiles } from './files.ts';

/** The right of one process to a data directory. */
export interface ProcessLock {
  release(): Promise<void>;
}

const BUSY = 5;

/**
 * Takes the data directory for this process.
 *
 * The lock is an exclusive transaction on an SQLite file of its own. So it is a lock of the operating system
 * (`fcntl` or `LockFileEx`), which Node offers nowhere else: it ends with the process however that ends, and no stale
 * file with the id of a process must be judged. It cannot be `locking_mode=EXCLUSIVE` on the database itself, because in
 * WAL mode that shuts out the reading connection too.
 *
 * @throws StoreError `LOCKED` where another process, or another store of this one, has it.
 */
export async function acquireProcessLock(files: Pick<StoreFiles, 'dataDir' | 'lock' | 'pid'>): Promise<ProcessLock> {
  await makePrivate(files.lock);
  const lock = new DatabaseSync(files.lock, { timeout: 0 });
  try {
    // Nothing is ever written there: no journal needs to lie beside it.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (sqliteCodeOf(cause) !== BUSY) throw cause;
    const holder = await readFile(files.pid, 'utf8').catch(() => 'not known');
    throw new StoreError(
      'LOCKED',
      `The data directory ${files.dataDir} is in use by another Hookswitch gateway (process ${holder.trim()}): ` +
        'stop that one, or give this one a data directory of its own.',
      { cause },
    );
  }
  try {
    await makePrivate(files.pid);
    await writeFile(files.pid, `${process.pid}\n`);
  } catch (error) {
    lock.close();
    throw error;
  }
  return {
    async release() {
      await rm(files.pid, { force: true });
      if (lock.isOpen) lock.close();
    },
  };
}
