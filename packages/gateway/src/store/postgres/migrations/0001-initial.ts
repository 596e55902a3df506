import type { Migration } from '../migrate.ts';

/**
 * The first schema. What queries filter or sort by is a column; the record as a whole is JSON as text in `body`, so that a
 * new field of a record needs no migration and U+0000 stays what it is. Times are milliseconds since 1970. Text that is
 * sorted is sorted by its bytes, whatever the database's language.
 */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  sql: `
    -- No reference to phones: what a phone has reported is kept, whatever becomes of its registration.
    CREATE TABLE events (
      sequence bigint PRIMARY KEY,
      phone_id text COLLATE "C" NOT NULL,
      vendor text NOT NULL,
      type text NOT NULL,
      call_event_kind text,
      received_at bigint NOT NULL,
      body text NOT NULL,
      receipt bytea
    );
    CREATE INDEX events_phone ON events (phone_id, sequence);
    CREATE UNIQUE INDEX events_receipt ON events (receipt) WHERE receipt IS NOT NULL;
    CREATE TABLE event_head (
      id integer PRIMARY KEY CHECK (id = 1),
      last bigint NOT NULL
    );
    INSERT INTO event_head (id, last) VALUES (1, 0);

    CREATE TABLE phones (
      id text COLLATE "C" PRIMARY KEY,
      body text NOT NULL,
      sealed_secrets bytea NOT NULL
    );
    CREATE TABLE phone_tokens (
      hash text COLLATE "C" PRIMARY KEY,
      phone_id text COLLATE "C" NOT NULL REFERENCES phones (id),
      position integer NOT NULL,
      expires_at bigint
    );
    CREATE INDEX phone_tokens_phone ON phone_tokens (phone_id);
    CREATE TABLE leds (
      phone_id text COLLATE "C" NOT NULL REFERENCES phones (id),
      key text COLLATE "C" NOT NULL,
      body text NOT NULL,
      PRIMARY KEY (phone_id, key)
    );
    CREATE TABLE features (
      phone_id text COLLATE "C" NOT NULL REFERENCES phones (id),
      feature text COLLATE "C" NOT NULL,
      body text NOT NULL,
      PRIMARY KEY (phone_id, feature)
    );
    CREATE TABLE switch_wishes (
      phone_id text COLLATE "C" NOT NULL REFERENCES phones (id),
      feature text COLLATE "C" NOT NULL,
      body text NOT NULL,
      PRIMARY KEY (phone_id, feature)
    );

    CREATE TABLE calls (
      id text COLLATE "C" PRIMARY KEY,
      phone_id text COLLATE "C" NOT NULL,
      state text NOT NULL,
      direction text,
      started_at bigint NOT NULL,
      ended_at bigint,
      body text NOT NULL
    );
    CREATE INDEX calls_by_time ON calls (started_at, id);
    CREATE INDEX calls_phone ON calls (phone_id, started_at, id);
    CREATE INDEX calls_active ON calls (started_at, id) WHERE state <> 'ENDED';
    CREATE INDEX calls_ended ON calls (ended_at) WHERE state = 'ENDED';
    -- No reference to events: the log may be elsewhere.
    CREATE TABLE call_events (
      sequence bigint PRIMARY KEY,
      call_id text COLLATE "C" NOT NULL REFERENCES calls (id)
    );
    CREATE INDEX call_events_call ON call_events (call_id, sequence);
    CREATE TABLE progress (
      name text COLLATE "C" PRIMARY KEY,
      sequence bigint NOT NULL
    );

    CREATE TABLE command_batches (
      id text COLLATE "C" PRIMARY KEY,
      body text NOT NULL
    );
    CREATE TABLE commands (
      id text COLLATE "C" PRIMARY KEY,
      phone_id text COLLATE "C" NOT NULL,
      name text NOT NULL,
      status text NOT NULL,
      batch_id text COLLATE "C" REFERENCES command_batches (id),
      requested_at bigint NOT NULL,
      settled_at bigint,
      body text NOT NULL
    );
    CREATE INDEX commands_by_time ON commands (requested_at, id);
    CREATE INDEX commands_phone ON commands (phone_id, requested_at, id);
    CREATE INDEX commands_batch ON commands (batch_id, requested_at, id) WHERE batch_id IS NOT NULL;
    CREATE INDEX commands_unsettled ON commands (requested_at, id) WHERE settled_at IS NULL;
    CREATE INDEX commands_batch_unsettled ON commands (batch_id) WHERE settled_at IS NULL AND batch_id IS NOT NULL;
    -- owner_id: a command, or a batch where the scope is '*'.
    CREATE TABLE idempotency_claims (
      caller_id text COLLATE "C" NOT NULL,
      scope text COLLATE "C" NOT NULL,
      key text COLLATE "C" NOT NULL,
      fingerprint text NOT NULL,
      owner_id text NOT NULL,
      PRIMARY KEY (caller_id, scope, key)
    );

    CREATE TABLE api_keys (
      id text COLLATE "C" PRIMARY KEY,
      name text NOT NULL,
      hash text COLLATE "C" NOT NULL UNIQUE,
      created_at bigint NOT NULL,
      revoked_at bigint,
      body text NOT NULL
    );
    CREATE TABLE onboarding_links (
      id text COLLATE "C" PRIMARY KEY,
      hash text COLLATE "C" NOT NULL UNIQUE,
      created_at bigint NOT NULL,
      created_by text NOT NULL,
      expires_at bigint NOT NULL,
      revoked_at bigint
    );
    CREATE TABLE dial_counts (
      day text COLLATE "C" NOT NULL,
      counted text COLLATE "C" NOT NULL,
      calls bigint NOT NULL,
      PRIMARY KEY (day, counted)
    );
    CREATE TABLE dial_times (
      counted text NOT NULL,
      at bigint NOT NULL
    );
    CREATE INDEX dial_times_by_time ON dial_times (at);
    CREATE TABLE typed_keys (
      phone_id text COLLATE "C" PRIMARY KEY,
      body text NOT NULL
    );
    CREATE TABLE sealed_keys (
      name text COLLATE "C" PRIMARY KEY,
      sealed bytea NOT NULL
    );
    CREATE TABLE heartbeat (
      id integer PRIMARY KEY CHECK (id = 1),
      at bigint NOT NULL
    );

    -- Who did what. The triggers stop mistakes, the codes show what got round them. audit_head says how long the chain is,
    -- and by which key its codes are made.
    CREATE TABLE audit (
      sequence bigint PRIMARY KEY,
      at bigint NOT NULL,
      caller_id text NOT NULL,
      caller_name text NOT NULL,
      action text NOT NULL,
      phone_id text,
      outcome text NOT NULL,
      body text NOT NULL,
      mac text NOT NULL
    );
    CREATE TABLE audit_head (
      id integer PRIMARY KEY CHECK (id = 1),
      sequence bigint NOT NULL,
      mac text NOT NULL,
      key_check text NOT NULL
    );
    CREATE FUNCTION hookswitch_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'The audit is append only.'; END
    $$;
    CREATE TRIGGER audit_never_changes BEFORE UPDATE OR DELETE ON audit
      FOR EACH ROW EXECUTE FUNCTION hookswitch_audit_append_only();
    CREATE TRIGGER audit_never_shrinks BEFORE TRUNCATE ON audit
      FOR EACH STATEMENT EXECUTE FUNCTION hookswitch_audit_append_only();

    -- Which gateway may write: whoever takes the place counts the epoch on.
    CREATE TABLE gateway_place (
      id integer PRIMARY KEY CHECK (id = 1),
      epoch bigint NOT NULL
    );
    INSERT INTO gateway_place (id, epoch) VALUES (1, 0);
    -- Shared until the commit: whoever takes the place waits for those who write, and they see it afterwards.
    CREATE FUNCTION hookswitch_may_write(given bigint) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(hashtext('hookswitch writing'));
        IF given <> (SELECT epoch FROM gateway_place WHERE id = 1) THEN
          RAISE EXCEPTION 'another gateway has taken the place of this one' USING ERRCODE = 'HS001';
        END IF;
      END
    $$;
  `,
};
