import type { Migration } from '../migrate.ts';

/**
 * The first schema. What queries filter or sort by is a column; the record as a whole is JSON in `body`, so that a new
 * field of a record needs no migration. Times are milliseconds since 1970. Indexes named `…_scan` hold every column that
 * a list can be narrowed by, so that a page that matches rarely is found without reading bodies.
 */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  sql: `
    -- No reference to phones: what a phone has reported is kept, whatever becomes of its registration.
    CREATE TABLE events (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      phone_id TEXT NOT NULL,
      vendor TEXT NOT NULL,
      type TEXT NOT NULL,
      call_event_kind TEXT,
      received_at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX events_scan ON events (sequence, phone_id, vendor, type, call_event_kind);
    CREATE INDEX events_phone_scan ON events (phone_id, sequence, vendor, type, call_event_kind);

    CREATE TABLE phones (
      id TEXT PRIMARY KEY,
      body TEXT NOT NULL,
      sealed_secrets BLOB NOT NULL
    ) STRICT;
    CREATE TABLE phone_tokens (
      hash TEXT PRIMARY KEY,
      phone_id TEXT NOT NULL REFERENCES phones (id),
      position INTEGER NOT NULL,
      expires_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX phone_tokens_phone ON phone_tokens (phone_id);
    CREATE TABLE leds (
      phone_id TEXT NOT NULL REFERENCES phones (id),
      key TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (phone_id, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE features (
      phone_id TEXT NOT NULL REFERENCES phones (id),
      feature TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (phone_id, feature)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE calls (
      id TEXT PRIMARY KEY,
      phone_id TEXT NOT NULL,
      state TEXT NOT NULL,
      direction TEXT,
      started_at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX calls_scan ON calls (started_at, id, phone_id, state, direction);
    CREATE INDEX calls_phone_scan ON calls (phone_id, started_at, id, state, direction);
    CREATE INDEX calls_active ON calls (started_at, id) WHERE state <> 'ENDED';
    CREATE TABLE call_events (
      sequence INTEGER PRIMARY KEY REFERENCES events (sequence),
      call_id TEXT NOT NULL REFERENCES calls (id)
    ) STRICT;
    CREATE INDEX call_events_call ON call_events (call_id, sequence);
    CREATE TABLE progress (
      name TEXT PRIMARY KEY,
      sequence INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE command_batches (
      id TEXT PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE commands (
      id TEXT PRIMARY KEY,
      phone_id TEXT NOT NULL,
      name TEXT NOT NULL,
      status TEXT NOT NULL,
      batch_id TEXT REFERENCES command_batches (id),
      requested_at INTEGER NOT NULL,
      settled_at INTEGER,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX commands_scan ON commands (requested_at, id, phone_id, name, status);
    CREATE INDEX commands_phone_scan ON commands (phone_id, requested_at, id, name, status);
    CREATE INDEX commands_batch_scan ON commands (batch_id, requested_at, id, phone_id, name, status)
      WHERE batch_id IS NOT NULL;
    CREATE INDEX commands_unsettled ON commands (requested_at, id) WHERE settled_at IS NULL;
    CREATE INDEX commands_batch_unsettled ON commands (batch_id) WHERE settled_at IS NULL AND batch_id IS NOT NULL;
    -- owner_id: a command, or a batch where the scope is '*'.
    CREATE TABLE idempotency_claims (
      caller_id TEXT NOT NULL,
      scope TEXT NOT NULL,
      key TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      owner_id TEXT NOT NULL,
      PRIMARY KEY (caller_id, scope, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE api_keys (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      revoked_at INTEGER
    ) STRICT;

    CREATE TABLE heartbeat (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      at INTEGER NOT NULL
    ) STRICT;
  `,
};
