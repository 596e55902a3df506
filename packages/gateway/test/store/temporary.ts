import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/index.ts';

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
    async [Symbol.asyncDispose]() {
      await store.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}
