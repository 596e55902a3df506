import type { Migration } from '../migrate.ts';

/**
 * What is old may be dropped: events in parts of the log, each a partition, the rest row by row. Breaking: a gateway from
 * before makes no room for events beyond the newest partition.
 *
 * Receipts are unique because whoever appends holds `event_head`: an index over all partitions could not be unique without
 * the place. Rows of the audit may go up to the place that `audit_start` names, whose code only a gateway can make.
 */
export const retention: Migration = {
  version: 4,
  name: 'retention',
  isBreaking: true,
  sql: `
    ALTER TABLE events RENAME TO events_1;
    ALTER INDEX events_pkey RENAME TO events_1_pkey;
    ALTER INDEX events_phone RENAME TO events_1_phone;
    DROP INDEX events_receipt;
    CREATE TABLE events (LIKE events_1 INCLUDING DEFAULTS) PARTITION BY RANGE (sequence);
    ALTER TABLE events ADD PRIMARY KEY (sequence);
    CREATE INDEX events_phone ON events (phone_id, sequence);
    CREATE INDEX events_receipt ON events (receipt) WHERE receipt IS NOT NULL;
    -- What each partition holds: places from first, up to until and without it. created_at is told by the gateway's clock.
    CREATE TABLE event_partitions (
      first bigint PRIMARY KEY,
      until bigint NOT NULL,
      name text NOT NULL,
      created_at bigint NOT NULL
    );
    -- The first place that no partition has.
    ALTER TABLE event_head ADD COLUMN room bigint NOT NULL DEFAULT 1;
    DO $$
      DECLARE room bigint := (SELECT last + 100001 FROM event_head WHERE id = 1);
      BEGIN
        EXECUTE format('ALTER TABLE events ATTACH PARTITION events_1 FOR VALUES FROM (1) TO (%s)', room);
        INSERT INTO event_partitions (first, until, name, created_at) VALUES (1, room, 'events_1', 0);
        UPDATE event_head SET room = event_partitions.until FROM event_partitions;
      END
    $$;

    CREATE INDEX idempotency_claims_owner ON idempotency_claims (owner_id);
    CREATE TABLE audit_start (
      id integer PRIMARY KEY CHECK (id = 1),
      sequence bigint NOT NULL,
      mac text NOT NULL,
      dropped_before bigint NOT NULL,
      code text NOT NULL
    );
    CREATE OR REPLACE FUNCTION hookswitch_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          IF OLD.sequence <= (SELECT sequence FROM audit_start WHERE id = 1) THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION 'The audit is append only.';
      END
    $$;
  `,
};
