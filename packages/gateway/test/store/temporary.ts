import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AuditAnchor, AuditVerdict } from '../../src/audit/verify-chain.ts';
import { readAuditKey } from '../../src/store/sqlite/audit-key.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/index.ts';
import { verifyAudit } from '../../src/store/sqlite/verify-audit.ts';

/** A directory that is gone at the end of the test. */
export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'hookswitch-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A store in a directory of its own, both gone at the end of the test. */
export interface TemporaryStore extends AsyncDisposable {
  readonly dataDir: string;
  /** The store that is open now. */
  readonly store: SqliteStore;
  /** Closes the store and opens it again, as a restart would. */
  reopen(): Promise<SqliteStore>;
  verifyAudit(anchor?: AuditAnchor): Promise<AuditVerdict>;
}

export async function temporaryStore(): Promise<TemporaryStore> {
  const directory = await temporaryDirectory();
  let store = await openSqliteStore({ dataDir: directory.path });
  return {
    dataDir: directory.path,
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await openSqliteStore({ dataDir: directory.path });
      return store;
    },
    async verifyAudit(anchor) {
      const file = join(directory.path, 'hookswitch.db');
      const database = new DatabaseSync(file, { readOnly: true });
      try {
        return verifyAudit(database, readAuditKey(file), anchor);
      } finally {
        database.close();
      }
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}
