import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { type Migration, migrate, versionOf } from '../../src/store/sqlite/migrate.ts';
import { MIGRATIONS } from '../../src/store/sqlite/migrations/index.ts';
import { callEvent } from './samples.ts';
import { temporaryDirectory, temporaryStore } from './temporary.ts';

const STEPS: readonly Migration[] = [
  { version: 1, name: 'one', sql: 'CREATE TABLE one (a INTEGER); INSERT INTO one VALUES (1)' },
  { version: 2, name: 'two', sql: 'CREATE TABLE two (a INTEGER); INSERT INTO two SELECT a + 1 FROM one' },
];

describe('migrations', () => {
  test('are applied once each, in order, from where the database stands', () => {
    const database = new DatabaseSync(':memory:');
    expect(versionOf(database)).toBe(0);
    migrate(database, STEPS.slice(0, 1));
    expect(versionOf(database)).toBe(1);
    database.exec('UPDATE one SET a = 10');
    migrate(database, STEPS);
    migrate(database, STEPS);
    expect(versionOf(database)).toBe(2);
    expect(
      database
        .prepare('SELECT a FROM two')
        .all()
        .map((row) => ({ ...row })),
    ).toEqual([{ a: 11 }]);
    const marks = database.prepare('SELECT version, name FROM schema_migrations').all();
    expect(marks.map((row) => ({ ...row }))).toEqual(STEPS.map(({ version, name }) => ({ version, name })));
  });

  test('one that fails leaves nothing behind, and those before it stay', () => {
    const database = new DatabaseSync(':memory:');
    const broken = { version: 2, name: 'broken', sql: 'CREATE TABLE half (a INTEGER); INSERT INTO nowhere VALUES (1)' };
    expect(() => migrate(database, [...STEPS.slice(0, 1), broken])).toThrow('nowhere');
    expect(versionOf(database)).toBe(1);
    expect(database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
    migrate(database, STEPS);
    expect(versionOf(database)).toBe(2);
  });

  test('without a gap in their numbers', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
    const gap = [{ version: 2, name: 'two', sql: '' }];
    expect(() => migrate(new DatabaseSync(':memory:'), gap)).toThrow('Migration 1 is numbered 2.');
  });
});

test('a database of a newer version is refused with both versions, untouched, and the directory is free again', async () => {
  await using directory = await temporaryDirectory();
  await (await openSqliteStore({ dataDir: directory.path })).close();
  const newer = MIGRATIONS.length + 5;
  const database = new DatabaseSync(join(directory.path, 'hookswitch.db'));
  database
    .prepare('INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, ?)')
    .run(newer, 'from the future', 0);
  for (const _ of [1, 2]) {
    await expect(openSqliteStore({ dataDir: directory.path })).rejects.toMatchObject({
      code: 'SCHEMA_TOO_NEW',
      message: expect.stringMatching(new RegExp(`version ${newer}, .* up to ${MIGRATIONS.length}:`)),
    });
  }
  expect(versionOf(database)).toBe(newer);
  database.prepare('DELETE FROM schema_migrations WHERE version = ?').run(newer);
  database.close();
  await (await openSqliteStore({ dataDir: directory.path })).close();
});

test('a database of a newer version without a breaking step is taken, and its newer steps are left as they are', async () => {
  await using directory = await temporaryDirectory();
  await (await openSqliteStore({ dataDir: directory.path })).close();
  const database = new DatabaseSync(join(directory.path, 'hookswitch.db'));
  const next = MIGRATIONS.length + 1;
  const further = (version: number, sql: string, isBreaking?: true): Migration => ({
    version,
    name: `step ${version}`,
    sql,
    ...(isBreaking && { isBreaking }),
  });
  const expanding = further(next, 'ALTER TABLE events ADD COLUMN further TEXT; CREATE TABLE other (a INTEGER)');
  migrate(database, [...MIGRATIONS, expanding]);
  const store = await openSqliteStore({ dataDir: directory.path });
  expect((await store.events.append([callEvent()]))[0]?.sequence).toBe(1);
  await store.close();
  expect(versionOf(database)).toBe(next);
  const breaking = further(next + 1, 'DROP TABLE other', true);
  migrate(database, [...MIGRATIONS, expanding, breaking]);
  await expect(openSqliteStore({ dataDir: directory.path })).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' });
  database.close();
});

test('the database is in WAL mode, sound, and of the newest version', async () => {
  await using files = await temporaryStore();
  const database = new DatabaseSync(join(files.dataDir, 'hookswitch.db'), { readOnly: true });
  expect(database.prepare('PRAGMA journal_mode').get()?.journal_mode).toBe('wal');
  expect(versionOf(database)).toBe(MIGRATIONS.length);
  expect(database.prepare('PRAGMA integrity_check').get()?.integrity_check).toBe('ok');
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  database.close();
});
