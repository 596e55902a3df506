import { join } from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';
import { temporaryDirectory } from '../store/temporary.ts';
import { EngineProcess, freePort } from './engine-process.ts';
import { binaries, type Postgres, runAs, SETTINGS, unprivileged } from './postgres.ts';

/** A PostgreSQL that follows another one. */
export interface PostgresStandby extends AsyncDisposable {
  readonly port: number;
  /** Makes it the primary; resolves when it takes writes. */
  promote(): Promise<void>;
}

/**
 * Copies a primary and follows it. Resolves once the primary waits for it at each commit, so that what is committed from then on is on both.
 */
export async function startStandby(primary: Postgres): Promise<PostgresStandby> {
  const directory = await temporaryDirectory();
  const data = join(directory.path, 'data');
  const user = await unprivileged([directory.path]);
  const login = { host: '127.0.0.1', user: 'postgres', password: primary.password, database: 'postgres' };
  // It follows by this too.
  const from = `host=${login.host} port=${primary.port} user=${login.user} password=${login.password}`;
  await runAs(user, 'pg_basebackup', ['-d', from, '-D', data, '-R', '-X', 'stream', '-c', 'fast']);
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), ...SETTINGS.flatMap((setting) => ['-c', setting])];
  const file = join(binaries(), 'postgres');
  const engine = new EngineProcess({ file, args, user, atTheEnd: 'INT' });
  await primary.run('postgres', `ALTER SYSTEM SET synchronous_standby_names = '*'`);
  await primary.run('postgres', 'SELECT pg_reload_conf()');
  const synchronous = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'";
  const isFollowed = async () => {
    if (engine.hasEnded) throw new Error(`the standby ended: ${engine.output}`);
    if ((await primary.run('postgres', synchronous)).length === 0) throw new Error('it does not follow yet');
  };
  await vi.waitFor(isFollowed, { timeout: 30_000, interval: 50 });
  return {
    port,
    async promote() {
      const client = new pg.Client({ ...login, port });
      await client.connect();
      await client.query('SELECT pg_promote(true, 60)');
      await client.end();
    },
    async [Symbol.asyncDispose]() {
      await engine.end('SIGINT');
      await directory[Symbol.asyncDispose]();
    },
  };
}
