import type { Migration } from '../migrate.ts';

/**
 * A call changes several times, and each time the index by phone was changed at a place of its own, because the call's state stood in it. Of one phone's calls state and direction are read
 * from the rows.
 */
export const callsByPhone: Migration = {
  version: 13,
  name: 'calls by phone',
  sql: `
    DROP INDEX calls_phone_scan;
    CREATE INDEX calls_phone_scan ON calls (phone_id, started_at, id);
  `,
};
