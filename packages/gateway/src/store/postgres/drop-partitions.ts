import { StoreError } from '../errors.ts';
import type { Dropped, EventsToDrop, EventVolume } from '../retention.ts';
import { numberOf } from '../rows.ts';
import type { Database } from './database.ts';
import { type EventPartition, partitionsOf } from './event-partitions.ts';

const OLDEST = 'SELECT received_at FROM events ORDER BY sequence LIMIT 1';
const NEWEST_UNTIL = 'SELECT received_at FROM events WHERE sequence < $1 ORDER BY sequence DESC LIMIT 1';
const BYTES =
  'SELECT coalesce(sum(pg_total_relation_size(to_regclass(name))), 0)::bigint AS bytes FROM event_partitions';
/** No row: it is a table by itself. */
const ATTACHED = `SELECT inhdetachpending AS is_half FROM pg_inherits
  WHERE inhrelid = to_regclass($1) AND inhparent = to_regclass('events')`;
const FORGET = 'DELETE FROM event_partitions WHERE first = $1';

/** What drops events of a log. */
export interface EventRetention {
  dropEvents(what: EventsToDrop): Promise<Dropped>;
  eventVolume(): Promise<EventVolume>;
}

/**
 * Drops the oldest partitions of the event log, one a step. A partition is first taken out of the log, which waits for
 * those who read it and lets nobody else wait; then its table goes. Cut off in between it is gone on with the next time.
 */
export function createPartitionRetention(database: Database): EventRetention {
  const bytesOfAll = async () => numberOf((await database.first(BYTES)) ?? {}, 'bytes');
  const mayGo = async ({ until }: EventPartition, { before, maxBytes, through }: EventsToDrop): Promise<boolean> => {
    if (until - 1 > through) return false;
    if (maxBytes !== null && (await bytesOfAll()) > maxBytes) return true;
    if (before === null) return false;
    const newest = await database.first(NEWEST_UNTIL, [until]);
    return newest === null || numberOf(newest, 'received_at') < before;
  };
  return {
    async dropEvents(what) {
      const [oldest, next] = await partitionsOf(database);
      // The newest stays: places go on from its last one.
      if (oldest === undefined || next === undefined) return NOTHING;
      const begun = (await stateOf(database, oldest)) !== 'ATTACHED';
      if (!begun && !(await mayGo(oldest, what))) return NOTHING;
      await detach(database, oldest);
      await database.transaction(async (session) => {
        await session.query(`DROP TABLE IF EXISTS ${oldest.name}`);
        await session.query(FORGET, [oldest.first]);
      });
      return { rows: oldest.until - oldest.first, more: true };
    },
    async eventVolume() {
      const oldest = await database.first(OLDEST);
      return { bytes: await bytesOfAll(), oldestAt: oldest === null ? null : numberOf(oldest, 'received_at') };
    },
  };
}

const NOTHING: Dropped = { rows: 0, more: false };

async function stateOf(database: Database, { name }: EventPartition): Promise<'ATTACHED' | 'HALF' | 'ALONE'> {
  const row = await database.first(ATTACHED, [name]);
  if (row === null) return 'ALONE';
  return row['is_half'] === true ? 'HALF' : 'ATTACHED';
}

async function detach(database: Database, partition: EventPartition): Promise<void> {
  const state = await stateOf(database, partition);
  if (state === 'ALONE') return;
  const how = state === 'HALF' ? 'FINALIZE' : 'CONCURRENTLY';
  try {
    await database.query(`ALTER TABLE events DETACH PARTITION ${partition.name} ${how}`);
  } catch (error) {
    // Another gateway may have been first.
    if (error instanceof StoreError && (await stateOf(database, partition)) === 'ALONE') return;
    throw error;
  }
}
