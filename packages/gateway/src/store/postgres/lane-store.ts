import type { Command } from '../../model.ts';
import type { LaneStore } from '../lane-store.ts';
import { numberOf, numberOrNullOf, recordOf, textOf, textOrNullOf } from '../rows.ts';
import type { Database } from './database.ts';
import type { Writer } from './writer.ts';

/** Lanes that are taken at once, at most. */
const MOST_LANES = 64;
// In one order: two gateways that take several must not wait for each other. Whoever marks a command holds the row until its
// commit: a token is not given before that, and what was marked is seen afterwards. No two lanes have the same token, since a
// phone may go from the one to the other: it is the number of the transaction, and which of the lanes that it gives out.
const TAKE = `INSERT INTO lane_tokens (shard, token, owner)
  SELECT shard, pg_current_xact_id()::text::bigint * ${MOST_LANES} + row_number() OVER (ORDER BY shard) - 1, $2
  FROM unnest($1::text[]) AS shard ORDER BY shard
  ON CONFLICT (shard) DO UPDATE SET token = greatest(lane_tokens.token + 1, excluded.token), owner = excluded.owner
  RETURNING lane_tokens.shard, lane_tokens.token`;
const OPEN = `SELECT body, asked_of, lane_token FROM commands WHERE settled_at IS NULL ORDER BY requested_at, id`;

/** Tokens of lanes and commands that are open, in PostgreSQL. */
export function createLaneStore(writer: Writer, database: Database, member: string): LaneStore {
  return {
    member,
    take: (lanes) =>
      writer.write(async (session) => {
        const rows = await session.query(TAKE, [lanes, member]);
        return new Map(rows.map((row) => [textOf(row, 'shard'), numberOf(row, 'token')]));
      }),
    async open() {
      return (await database.query(OPEN)).map((row) => ({
        command: recordOf<Command>(row),
        askedOf: textOrNullOf(row, 'asked_of'),
        token: numberOrNullOf(row, 'lane_token'),
      }));
    },
  };
}
