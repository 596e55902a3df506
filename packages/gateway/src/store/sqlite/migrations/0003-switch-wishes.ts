import type { Migration } from '../migrate.ts';

/** Switches of phones that are to be kept as they were set. */
export const switchWishes: Migration = {
  version: 3,
  name: 'switch-wishes',
  sql: `
    CREATE TABLE switch_wishes (
      phone_id TEXT NOT NULL REFERENCES phones (id),
      feature TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (phone_id, feature)
    ) STRICT, WITHOUT ROWID;
  `,
};
