import type { Migration } from '../migrate.ts';

/**
 * What an event was called before it had its place in the log: one whose first write was in doubt is given to the log
 * again from the spool, and stands in it once. Receipts begin with the time, so that the index grows at its end.
 */
export const eventReceipts: Migration = {
  version: 7,
  name: 'event-receipts',
  sql: `
    ALTER TABLE events ADD COLUMN receipt BLOB;
    CREATE UNIQUE INDEX events_receipt ON events (receipt) WHERE receipt IS NOT NULL;
  `,
};
