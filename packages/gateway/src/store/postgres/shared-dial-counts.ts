import type { LimitedCalls, SharedDialCounts } from '../ports.ts';
import { numberOrNullOf } from '../rows.ts';
import type { Database, SqlValue } from './database.ts';
import { prepared } from './prepared.ts';
import type { Writer } from './writer.ts';

// Held until the commit: what others have counted before is seen by the statement that follows.
const COUNTING = prepared(`SELECT pg_advisory_xact_lock(hashtext('hookswitch dialling'))`);

const USED = `clock AS (
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS at,
      to_char(clock_timestamp() AT TIME ZONE $1, 'YYYY-MM-DD') AS day
  ),
  asked AS (
    SELECT * FROM unnest($2::text[], $3::bigint[], $4::bigint[])
      WITH ORDINALITY AS asked (counted, most, within_ms, position)
  ),
  used AS (
    SELECT position, most, CASE WHEN within_ms IS NULL THEN (
      SELECT coalesce(sum(calls), 0) FROM dial_counts
      WHERE dial_counts.counted = asked.counted AND dial_counts.day = clock.day
    ) ELSE (
      SELECT count(*) FROM dial_times
      WHERE dial_times.counted = asked.counted AND dial_times.at > clock.at - within_ms
    ) END AS calls
    FROM asked, clock
  ),
  broken AS (SELECT min(position) - 1 AS place FROM used WHERE calls + $5::bigint > most)`;
const CHECK = prepared(`WITH ${USED} SELECT place FROM broken`);
const TAKE = prepared(`WITH ${USED},
  of_day AS (SELECT DISTINCT counted FROM asked WHERE within_ms IS NULL),
  in_windows AS (SELECT DISTINCT counted FROM asked WHERE within_ms IS NOT NULL),
  days AS (
    INSERT INTO dial_counts (day, counted, calls)
    SELECT clock.day, counted, $5::bigint FROM of_day, clock, broken
    WHERE place IS NULL
    ON CONFLICT (day, counted) DO UPDATE SET calls = dial_counts.calls + excluded.calls
  ),
  times AS (
    INSERT INTO dial_times (counted, at)
    SELECT counted, clock.at FROM in_windows, clock, broken, generate_series(1, $5::bigint)
    WHERE place IS NULL
  ),
  old_days AS (DELETE FROM dial_counts USING clock WHERE dial_counts.day < clock.day),
  old_times AS (DELETE FROM dial_times USING clock WHERE dial_times.at <= clock.at - $6::bigint)
  SELECT place FROM broken`);

/** Which calls were begun at any gateway, in PostgreSQL: checked and counted by one statement. */
export function createSharedDialCounts(writer: Writer, database: Database): SharedDialCounts {
  return {
    async check(calls) {
      const row = await database.first(CHECK, valuesOf(calls));
      return numberOrNullOf(row ?? {}, 'place');
    },
    take: (calls) =>
      writer.write(async (session) => {
        await session.query(COUNTING);
        const [row] = await session.query(TAKE, [...valuesOf(calls), calls.keptMs]);
        return numberOrNullOf(row ?? {}, 'place');
      }),
  };
}

function valuesOf({ timeZone, limits, calls }: LimitedCalls): readonly SqlValue[] {
  return [
    timeZone,
    limits.map(({ counted }) => counted),
    limits.map(({ most }) => most),
    limits.map(({ within }) => (within === 'day' ? null : within)),
    calls,
  ];
}
