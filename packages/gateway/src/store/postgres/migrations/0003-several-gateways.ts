import type { Migration } from '../migrate.ts';

/**
 * What several gateways derive from the log and write: each row says through which place of the log it was derived, so that
 * whoever is behind changes nothing.
 */
export const severalGateways: Migration = {
  version: 3,
  name: 'several gateways',
  sql: `
    ALTER TABLE calls ADD COLUMN derived bigint NOT NULL DEFAULT 0;
    ALTER TABLE call_events ADD COLUMN derived bigint NOT NULL DEFAULT 0;
    ALTER TABLE features ADD COLUMN sequence bigint NOT NULL DEFAULT 0;

    -- Whoever keeps phones in memory reads those that were changed since.
    CREATE SEQUENCE phone_changes;
    ALTER TABLE phones ADD COLUMN changed bigint NOT NULL DEFAULT 0;
    CREATE INDEX phones_changed ON phones (changed);

    CREATE INDEX dial_times_by_counted ON dial_times (counted, at);
  `,
};
