import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import type { PostgresOptions } from '../../src/store/postgres/options.ts';
import { range } from '../store/samples.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { load, nothingIsLost } from './load.ts';
import { POSTGRESQL, type Postgres, startPostgres } from './postgres.ts';
import { startStandby } from './postgres-standby.ts';

const log = { warn() {}, error() {} };
describe.runIf(installed(POSTGRESQL))('PostgreSQL', () => {
  let primary: Postgres;
  beforeAll(async () => {
    primary = await startPostgres();
  });
  afterAll(() => primary[Symbol.asyncDispose]());

  const open = async (database: string, dataDir: string, changes: Partial<PostgresOptions> = {}) =>
    await openPostgresStore({ postgres: { ...primary.options(database), ...changes }, dataDir, log });

  test('ended at once and started again under load loses nothing that it acknowledged, and has nothing twice', {
    timeout: 120_000,
  }, async () => {
    await using directory = await temporaryDirectory();
    await primary.createDatabase('restarted');
    const store = await open('restarted', directory.path);
    const running = load(store);
    for (const _ of range(2)) {
      await running.more(30);
      // As `pg_ctl stop -m immediate` does.
      await primary.crash();
      await primary.start();
    }
    await running.more(30);
    await running.stop();
    await nothingIsLost(store, running);
    await store.close();
  });

  test('fails over to its synchronous standby under load: nothing that was acknowledged is lost, and nothing is there twice', {
    timeout: 120_000,
  }, async () => {
    await using directory = await temporaryDirectory();
    await primary.createDatabase('failing_over');
    await using standby = await startStandby(primary);
    const at = (port: number) => ({ host: '127.0.0.1', port });
    await expect(
      open('failing_over', directory.path, { ...at(standby.port), otherHosts: [at(1)] }),
    ).rejects.toMatchObject({
      code: 'AWAY',
      message: expect.stringContaining(`127.0.0.1:${standby.port} is a standby; connect ECONNREFUSED 127.0.0.1:1`),
    });
    // The standby stands first: it is refused, and the next one tried.
    const store = await open('failing_over', directory.path, { ...at(standby.port), otherHosts: [at(primary.port)] });
    const running = load(store);
    await running.more(60);
    await primary.crash();
    await standby.promote();
    await running.more(60);
    await running.stop();
    await nothingIsLost(store, running);
    expect(store.fault).toBeNull();
    await store.close();
  });
});
