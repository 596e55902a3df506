import { join } from 'node:path';

/** Where the store's files are. */
export interface StoreFiles {
  readonly dataDir: string;
  readonly database: string;
  readonly lock: string;
  /** Tells people which process has the lock; it is not the lock. */
  readonly pid: string;
}

/** The files of a data directory. */
export function filesIn(dataDir: string): StoreFiles {
  return {
    dataDir,
    database: join(dataDir, 'hookswitch.db'),
    lock: join(dataDir, 'hookswitch.lock'),
    pid: join(dataDir, 'hookswitch.pid'),
  };
}
