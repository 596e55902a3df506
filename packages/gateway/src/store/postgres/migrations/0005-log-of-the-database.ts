import type { Migration } from '../migrate.ts';

/** Which log of events beside the database belongs to it: several gateways must have the same. No row: none has said so yet. */
export const logOfTheDatabase: Migration = {
  version: 5,
  name: 'log of the database',
  sql: `
    CREATE TABLE event_log (
      id integer PRIMARY KEY CHECK (id = 1),
      name text NOT NULL
    );
  `,
};
