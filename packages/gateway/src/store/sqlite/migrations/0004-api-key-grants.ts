import type { Migration } from '../migrate.ts';

/** API keys get scopes, tags, masks and an expiry, as JSON in `body`. The keys that are there could do everything. */
export const apiKeyGrants: Migration = {
  version: 4,
  name: 'api-key-grants',
  sql: `
    ALTER TABLE api_keys ADD COLUMN body TEXT NOT NULL
      DEFAULT '{"scopes":["admin"],"tags":null,"masksNumbers":false,"expiresAt":null}';
  `,
};
