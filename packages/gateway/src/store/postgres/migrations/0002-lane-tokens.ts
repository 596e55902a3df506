import type { Migration } from '../migrate.ts';

/** What several gateways need to command phones over one database: who owns which of them, and who was asked for what. */
export const laneTokens: Migration = {
  version: 2,
  name: 'lane tokens',
  sql: `
    -- The newest token of each lease: who was given it alone marks commands of its phones as sent.
    CREATE TABLE lane_tokens (
      shard text COLLATE "C" PRIMARY KEY,
      token bigint NOT NULL,
      owner text NOT NULL
    );
    -- The gateway that was asked; null: it was alone.
    ALTER TABLE commands ADD COLUMN asked_of text;
    -- By which it was marked as sent; null: it was not, or by a gateway that was alone.
    ALTER TABLE commands ADD COLUMN lane_token bigint;
  `,
};
