import type { PostgresOptions } from '../store/postgres/index.ts';
import { createClient } from '../store/postgres/options.ts';
import { type EngineFinding, examineClock, isOlder } from './finding.ts';

const about = 'PostgreSQL';
/** With `DETACH … CONCURRENTLY`. */
const OLDEST: readonly [number, number] = [14, 0];
const SETTINGS = `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
  current_setting('full_page_writes') AS full_page_writes, current_setting('synchronous_commit') AS synchronous_commit,
  current_setting('synchronous_standby_names') AS standbys,
  (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`;

/** Looks at the server behind `store.postgres`: its version, what it keeps through a loss of power, its clock. */
export async function examinePostgres(options: PostgresOptions): Promise<readonly EngineFinding[]> {
  const client = createClient(options);
  client.on('error', () => {});
  try {
    await client.connect();
    const asked = Date.now();
    const { rows } = await client.query<Record<string, string> & { readonly now: number }>(SETTINGS);
    const answered = Date.now();
    const [row] = rows;
    if (row === undefined) throw new Error('it does not answer');
    return [
      examineVersion(row['version'] ?? ''),
      ...examineDurability(row),
      ...examineStandbys(row['standbys'] ?? '', (options.otherHosts ?? []).length),
      examineClock(about, row.now, { asked, answered }),
    ];
  } catch (error) {
    const faults = error instanceof AggregateError ? error.errors : [error];
    const message = faults.map((fault) => (fault instanceof Error ? fault.message : String(fault))).join('; ');
    const fix = 'Is it running, and are url, passwordFile and tls of store.postgres right?';
    return [
      { about, code: 'POSTGRES_UNREACHABLE', severity: 'PROBLEM', message: `it cannot be used: ${message}.`, fix },
    ];
  } finally {
    await client.end().catch(() => {});
  }
}

function examineVersion(version: string): EngineFinding {
  if (!isOlder(version, OLDEST)) {
    return { about, code: 'POSTGRES_REACHED', severity: 'OK', message: `version ${version} answers.`, fix: null };
  }
  const message = `version ${version} is older than ${OLDEST[0]}.`;
  return { about, code: 'POSTGRES_OLD', severity: 'PROBLEM', message, fix: 'Upgrade the server.' };
}

function examineDurability(row: Record<string, string | number>): readonly EngineFinding[] {
  const off = ['fsync', 'full_page_writes'].filter((name) => row[name] !== 'on');
  // The gateway asks for it in its own sessions: what is off here was forced.
  if (!['on', 'remote_apply'].includes(String(row['synchronous_commit']))) off.push('synchronous_commit');
  if (off.length === 0) {
    const message = 'what is committed is on its disk: fsync, full_page_writes and synchronous_commit are on.';
    return [{ about, code: 'POSTGRES_SYNCS', severity: 'OK', message, fix: null }];
  }
  return off.map((name) => ({
    about,
    code: 'POSTGRES_DOES_NOT_SYNC',
    severity: 'PROBLEM',
    message: `${name} is off: a loss of power may take what was committed, or the whole database.`,
    fix: `Set ${name} = on in postgresql.conf and reload the server.`,
  }));
}

function examineStandbys(names: string, otherHosts: number): readonly EngineFinding[] {
  if (names !== '') {
    const message = `commits wait for a standby: synchronous_standby_names is ${names}.`;
    return [{ about, code: 'POSTGRES_SYNCHRONOUS', severity: 'OK', message, fix: null }];
  }
  if (otherHosts === 0) return [];
  const message = 'no standby is synchronous: a failover loses what was committed and had not reached it.';
  const fix = "Set synchronous_standby_names = 'ANY 1 (…)' on the primary: docs/operations.md, With PostgreSQL.";
  return [{ about, code: 'POSTGRES_ASYNCHRONOUS', severity: 'NOTICE', message, fix }];
}
