import type { Migration } from '../migrate.ts';

/** Links by which phones that nobody has added yet make themselves known: by the hash of their token. */
export const onboardingLinks: Migration = {
  version: 9,
  name: 'onboarding links',
  sql: `
    CREATE TABLE onboarding_links (
      id TEXT PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      revoked_at INTEGER
    ) STRICT, WITHOUT ROWID;
  `,
};
