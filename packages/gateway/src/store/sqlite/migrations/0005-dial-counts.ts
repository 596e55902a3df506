import type { Migration } from '../migrate.ts';

/** How many calls were begun in a day, by key, phone and tag: daily caps outlive the process. */
export const dialCounts: Migration = {
  version: 5,
  name: 'dial-counts',
  sql: `
    CREATE TABLE dial_counts (
      day TEXT NOT NULL,
      counted TEXT NOT NULL,
      calls INTEGER NOT NULL,
      PRIMARY KEY (day, counted)
    ) STRICT, WITHOUT ROWID;
  `,
};
