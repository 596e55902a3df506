import type { Migration } from '../migrate.ts';

/**
 * Which events are a phone's stands in a table that is filled behind, many events at a time (see `event-places.ts`): an index by phone is
 * changed at random places, which wrote a page for each event. `bucket` is a stretch of the log: what is filled at a time lies in one or two of
 * them, whose pages are few. `heard` is when a phone's newest event of these was received.
 */
export const eventsByPhone: Migration = {
  version: 11,
  name: 'events by phone',
  isBreaking: true,
  sql: `
    DROP INDEX events_phone_scan;
    CREATE TABLE event_places (
      bucket INTEGER NOT NULL,
      phone_id TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      vendor TEXT NOT NULL,
      type TEXT NOT NULL,
      call_event_kind TEXT,
      PRIMARY KEY (bucket, phone_id, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE heard (
      phone_id TEXT PRIMARY KEY,
      received_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
