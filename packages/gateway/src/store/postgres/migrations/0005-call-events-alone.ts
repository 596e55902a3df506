import type { Migration } from '../migrate.ts';

/**
 * Which call an event belongs to is written with the call, or by a gateway that has found it missing, so nothing has to be proved of it: looking each call
 * up and locking its row was as much work as the row itself. One whose call is gone goes with its event.
 */
export const callEventsAlone: Migration = {
  version: 5,
  name: 'call events alone',
  sql: `
    -- In the order in which gateways write them.
    LOCK TABLE calls, call_events IN ACCESS EXCLUSIVE MODE;
    ALTER TABLE call_events DROP CONSTRAINT call_events_call_id_fkey;
  `,
};
