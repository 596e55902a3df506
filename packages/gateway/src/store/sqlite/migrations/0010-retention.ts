import type { Migration } from '../migrate.ts';

/**
 * What is old may be dropped. Rows of the audit may go up to the place that `audit_start` names, whose code only the gateway
 * can make; all others stay protected. Idempotency keys are found by whose they are.
 */
export const retention: Migration = {
  version: 10,
  name: 'retention',
  sql: `
    CREATE INDEX idempotency_claims_owner ON idempotency_claims (owner_id);
    CREATE TABLE audit_start (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      sequence INTEGER NOT NULL,
      mac TEXT NOT NULL,
      dropped_before INTEGER NOT NULL,
      code TEXT NOT NULL
    ) STRICT;
    DROP TRIGGER audit_never_shrinks;
    CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
      WHEN OLD.sequence > coalesce((SELECT sequence FROM audit_start WHERE id = 1), 0)
      BEGIN SELECT RAISE(ABORT, 'The audit is append only.'); END;
  `,
};
