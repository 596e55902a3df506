import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';

/** One step of the schema. Never changed once released: a correction is a further step. */
export interface Migration {
  /** 1, 2, 3, … without a gap. */
  readonly version: number;
  readonly name: string;
  /** Statements, run in one transaction. */
  readonly sql: string;
  /** Whether a gateway that does not know this step cannot work on what it leaves. Left out: it can, and may be started again. */
  readonly isBreaking?: true;
}

/**
 * Brings the database to the newest version, each step in a transaction of its own together with its mark.
 * @throws StoreError `SCHEMA_TOO_NEW` where the database has a breaking step that is not among those given; then it is left untouched.
 */
export function migrate(database: DatabaseSync, migrations: readonly Migration[]): void {
  const known = migrations.length;
  const found = versionOf(database);
  checkVersion(database, known);
  if (found === 0) createTable(database);
  if (!isMarked(database)) database.exec(MARK_BREAKING);
  for (const [index, migration] of migrations.entries()) {
    if (migration.version !== index + 1) {
      throw new StoreError('FAULT', `Migration ${index + 1} is numbered ${migration.version}.`);
    }
    if (migration.version > found) apply(database, migration);
  }
}

/** The version of the database; 0 for an empty one. */
export function versionOf(database: DatabaseSync): number {
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'");
  if (table.get() === undefined) return 0;
  const row = database.prepare('SELECT coalesce(max(version), 0) AS version FROM schema_migrations').get();
  return Number(row?.['version']);
}

// What is not said to be harmless is taken to be breaking.
const MARK_BREAKING = 'ALTER TABLE schema_migrations ADD COLUMN breaking INTEGER NOT NULL DEFAULT 1';
const MARKED = "SELECT 1 FROM pragma_table_info('schema_migrations') WHERE name = 'breaking'";

/** @throws StoreError `SCHEMA_TOO_NEW` where somebody who knows the versions up to `known` cannot work on the database */
export function checkVersion(database: DatabaseSync, known: number): void {
  const found = versionOf(database);
  if (found <= known) return;
  const harmful = isMarked(database) ? ' AND breaking <> 0' : '';
  const row = database
    .prepare(`SELECT count(*) AS steps FROM schema_migrations WHERE version > ?${harmful}`)
    .get(known);
  if (Number(row?.['steps']) === 0) return;
  throw new StoreError(
    'SCHEMA_TOO_NEW',
    `The database has schema version ${found}, this Hookswitch knows versions up to ${known}: ` +
      'start the newer Hookswitch that wrote it, or restore a backup made before the upgrade.',
  );
}

function isMarked(database: DatabaseSync): boolean {
  return database.prepare(MARKED).get() !== undefined;
}

function createTable(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS schema_migrations (
      version INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      applied_at INTEGER NOT NULL
    ) STRICT`);
}

function apply(database: DatabaseSync, migration: Migration): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(migration.sql);
    database
      .prepare('INSERT INTO schema_migrations (version, name, applied_at, breaking) VALUES (?, ?, ?, ?)')
      .run(migration.version, migration.name, Date.now(), migration.isBreaking === true ? 1 : 0);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
