import type pg from 'pg';
import { StoreError } from '../errors.ts';

/** One step of the schema. Never changed once released: a correction is a further step. */
export interface Migration {
  /** 1, 2, 3, … without a gap. */
  readonly version: number;
  readonly name: string;
  /** Statements, run in one transaction. */
  readonly sql: string;
  /** Whether a gateway that does not know this step cannot work on what it leaves. Left out: it can, and goes on beside newer ones. */
  readonly isBreaking?: true;
}

/** An advisory lock of the database: two gateways that start together must not both migrate. */
const MIGRATING = 'hashtext($$hookswitch migrations$$)';
const TABLE = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version integer PRIMARY KEY,
  name text NOT NULL,
  applied_at bigint NOT NULL
)`;
// What is not said to be harmless is taken to be breaking.
const MARK_BREAKING = 'ALTER TABLE schema_migrations ADD COLUMN IF NOT EXISTS breaking boolean NOT NULL DEFAULT true';
const MARKED = `SELECT 1 FROM pg_attribute
  WHERE attrelid = to_regclass('schema_migrations') AND attname = 'breaking' AND NOT attisdropped`;
const MARK = 'INSERT INTO schema_migrations (version, name, applied_at, breaking) VALUES ($1, $2, $3, $4)';

/**
 * Brings the database to the newest version, each step in a transaction of its own together with its mark.
 * @throws StoreError `SCHEMA_TOO_NEW` where the database has a breaking step that is not among those given; then it is left untouched.
 */
export async function migrate(client: pg.ClientBase, migrations: readonly Migration[]): Promise<void> {
  await client.query(`SELECT pg_advisory_lock(${MIGRATING})`);
  try {
    const found = await versionOf(client);
    await checkVersion(client, migrations.length);
    if (found === 0) await client.query(TABLE);
    if (!(await isMarked(client))) await client.query(MARK_BREAKING);
    for (const [index, migration] of migrations.entries()) {
      if (migration.version !== index + 1) {
        throw new StoreError('FAULT', `Migration ${index + 1} is numbered ${migration.version}.`);
      }
      if (migration.version > found) await apply(client, migration);
    }
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${MIGRATING})`);
  }
}

/** The version of the database; 0 for an empty one. */
export async function versionOf(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ readonly is_there: boolean }>(
    "SELECT to_regclass('schema_migrations') IS NOT NULL AS is_there",
  );
  if (rows[0]?.is_there !== true) return 0;
  const newest = await client.query<{ readonly version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM schema_migrations',
  );
  return newest.rows[0]?.version ?? 0;
}

/** @throws StoreError `SCHEMA_TOO_NEW` where somebody who knows the versions up to `known` cannot work on the database */
export async function checkVersion(client: pg.ClientBase, known: number): Promise<void> {
  const found = await versionOf(client);
  if (found <= known) return;
  const harmful = (await isMarked(client)) ? ' AND breaking' : '';
  const { rows } = await client.query(`SELECT 1 FROM schema_migrations WHERE version > $1${harmful} LIMIT 1`, [known]);
  if (rows.length === 0) return;
  throw new StoreError(
    'SCHEMA_TOO_NEW',
    `The database has schema version ${found}, this Hookswitch knows versions up to ${known}: ` +
      'start the newer Hookswitch that wrote it, or restore a backup made before the upgrade.',
  );
}

async function isMarked(client: pg.ClientBase): Promise<boolean> {
  return (await client.query(MARKED)).rows.length > 0;
}

async function apply(client: pg.ClientBase, { version, name, sql, isBreaking }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(MARK, [version, name, Date.now(), isBreaking === true]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
