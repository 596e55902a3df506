import type { Migration } from '../migrate.ts';

/**
 * Who did what. Rows are only ever appended: the triggers stop mistakes, the codes show what got round them. `audit_head`
 * says how long the chain is, so that rows cut off its end are missed.
 */
export const audit: Migration = {
  version: 6,
  name: 'audit',
  sql: `
    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      caller_id TEXT NOT NULL,
      caller_name TEXT NOT NULL,
      action TEXT NOT NULL,
      phone_id TEXT,
      outcome TEXT NOT NULL,
      body TEXT NOT NULL,
      mac TEXT NOT NULL
    ) STRICT;
    CREATE TABLE audit_head (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      sequence INTEGER NOT NULL,
      mac TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'The audit is append only.'); END;
    CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'The audit is append only.'); END;
  `,
};
