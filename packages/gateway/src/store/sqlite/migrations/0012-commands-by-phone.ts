import type { Migration } from '../migrate.ts';

/** A command's status changes twice and more, and each time the index by phone was changed at a place of its own. Of one phone's commands it is read from the rows. */
export const commandsByPhone: Migration = {
  version: 12,
  name: 'commands by phone',
  sql: `
    DROP INDEX commands_phone_scan;
    CREATE INDEX commands_phone_scan ON commands (phone_id, requested_at, id, name);
  `,
};
