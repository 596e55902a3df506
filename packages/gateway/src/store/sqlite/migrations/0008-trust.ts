import type { Migration } from '../migrate.ts';

/**
 * What a restart must not forget: when calls were begun, and what was typed on phones; and keys that are kept sealed, such
 * as that of the digests of repeated commands.
 */
export const trust: Migration = {
  version: 8,
  name: 'trust',
  sql: `
    CREATE TABLE dial_times (
      counted TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX dial_times_by_time ON dial_times (at);
    CREATE TABLE typed_keys (
      phone_id TEXT PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sealed_keys (
      name TEXT PRIMARY KEY,
      sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
