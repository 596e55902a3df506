import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { POSTGRESQL, type Postgres, startPostgres } from '../engines/postgres.ts';
import { storeConforms } from './conformance/index.ts';
import type { OpenedStore } from './conformance/open-store.ts';
import { temporaryDirectory } from './temporary.ts';

const log = { warn() {}, error() {} };

describe.runIf(installed(POSTGRESQL))('a store in PostgreSQL', () => {
  let postgres: Postgres;
  let databases = 0;
  beforeAll(async () => {
    // What it keeps through a loss of power is not asked here, and a database for each test is made faster so.
    postgres = await startPostgres(['fsync=off', 'full_page_writes=off']);
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  const temporaryStore = async (): Promise<OpenedStore> => {
    databases += 1;
    const name = `conformance_${databases}`;
    await postgres.createDatabase(name);
    const directory = await temporaryDirectory();
    const open = () => openPostgresStore({ postgres: postgres.options(name), dataDir: directory.path, log });
    let store = await open();
    return {
      get store() {
        return store;
      },
      async reopen() {
        await store.close();
        store = await open();
        return store;
      },
      async [Symbol.asyncDispose]() {
        await store.close();
        await directory[Symbol.asyncDispose]();
      },
    };
  };

  storeConforms(temporaryStore);
});
