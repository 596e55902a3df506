import type { Migration } from '../migrate.ts';

/** Which gateway may send to the phones of a shard: whoever takes it counts the token on, and older ones are refused. */
export const laneTokens: Migration = {
  version: 2,
  name: 'lane tokens',
  sql: `
    CREATE TABLE lane_tokens (
      shard text COLLATE "C" PRIMARY KEY,
      token bigint NOT NULL,
      owner text NOT NULL
    );
  `,
};
