import type { Migration } from '../migrate.ts';

/** In which domain of JetStream the log of events is, where it is not here. No row: none has said so yet; '': in one without a domain. */
export const domainOfTheLog: Migration = {
  version: 5,
  name: 'domain of the log',
  sql: `
    CREATE TABLE event_log (
      id integer PRIMARY KEY CHECK (id = 1),
      domain text NOT NULL
    );
  `,
};
