import type { Migration } from '../migrate.ts';

/**
 * What lists of events are narrowed by, and receipts, stand in a table that is filled behind (see `event-places.ts`): two indexes were changed with each event, and the index of receipts was
 * asked before each.
 */
export const eventKeys: Migration = {
  version: 14,
  name: 'event keys',
  isBreaking: true,
  sql: `
    CREATE TABLE event_keys (
      sequence INTEGER PRIMARY KEY,
      phone_id TEXT NOT NULL,
      vendor TEXT NOT NULL,
      type TEXT NOT NULL,
      call_event_kind TEXT,
      receipt BLOB
    ) STRICT;
    INSERT INTO event_keys (sequence, phone_id, vendor, type, call_event_kind, receipt)
      SELECT sequence, phone_id, vendor, type, call_event_kind, receipt FROM events
      WHERE sequence <= coalesce((SELECT sequence FROM progress WHERE name = 'event_places'), 0) ORDER BY sequence;
    CREATE INDEX event_keys_receipt ON event_keys (receipt) WHERE receipt IS NOT NULL;
    DROP INDEX events_scan;
    DROP INDEX events_receipt;
  `,
};
