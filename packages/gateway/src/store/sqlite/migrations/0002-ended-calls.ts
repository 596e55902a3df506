import type { Migration } from '../migrate.ts';

/** At start the gateway takes up the calls that ended lately too: late events may still change them. */
export const endedCalls: Migration = {
  version: 2,
  name: 'ended-calls',
  sql: `
    ALTER TABLE calls ADD COLUMN ended_at INTEGER;
    UPDATE calls SET ended_at = json_extract(body, '$.endedAt');
    CREATE INDEX calls_ended ON calls (ended_at) WHERE state = 'ENDED';
  `,
};
