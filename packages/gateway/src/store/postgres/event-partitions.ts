import { numberOf, type Row, textOf } from '../rows.ts';
import type { Session } from './database.ts';

/** A part of the event log: a table of its own that can be dropped at once. */
export interface EventPartition {
  /** Its first place. */
  readonly first: number;
  /** The first place behind it. */
  readonly until: number;
  readonly name: string;
  /** By the clock of the gateway that made it. */
  readonly createdAt: number;
}

/** A day in a partition, so that not too many are asked for what is looked up by no place. */
const SPAN_MS = 24 * 3_600_000;

/** How many events a partition has room for, however busy it is. */
export interface PartitionSizes {
  readonly least: number;
  readonly most: number;
}

const SIZES: PartitionSizes = { least: 100_000, most: 20_000_000 };

const ALL = 'SELECT first, until, name, created_at FROM event_partitions ORDER BY first';
const NOTE = 'INSERT INTO event_partitions (first, until, name, created_at) VALUES ($1, $2, $3, $4)';
const ROOM = 'UPDATE event_head SET room = $1 WHERE id = 1';

/** The partitions, oldest first. */
export async function partitionsOf(session: Session): Promise<readonly EventPartition[]> {
  return (await session.query(ALL)).map(partitionOf);
}

function partitionOf(row: Row): EventPartition {
  const [first, until] = [numberOf(row, 'first'), numberOf(row, 'until')];
  return { first, until, name: textOf(row, 'name'), createdAt: numberOf(row, 'created_at') };
}

/**
 * Makes the next partition. The session must hold `event_head`. It is made by itself and then attached, which no reader and
 * no writer has to wait for.
 * @param through the place that it must have room for at least
 */
export async function makeRoom(
  session: Session,
  {
    first,
    through,
    sizes = SIZES,
  }: { readonly first: number; readonly through: number; readonly sizes?: PartitionSizes | undefined },
): Promise<void> {
  const now = Date.now();
  const size = sizeOfNext((await partitionsOf(session)).at(-1), now, sizes);
  const until = Math.max(first + size, through + 1);
  const name = `events_${first}`;
  await session.query(`CREATE TABLE ${name} (LIKE events INCLUDING DEFAULTS INCLUDING INDEXES)`);
  await session.query(`ALTER TABLE events ATTACH PARTITION ${name} FOR VALUES FROM (${first}) TO (${until})`);
  await session.query(NOTE, [first, until, name, now]);
  await session.query(ROOM, [until]);
}

/** As many events as come in a day, by how long it took to fill the one before. */
export function sizeOfNext(previous: EventPartition | undefined, now: number, { least, most } = SIZES): number {
  if (previous === undefined) return least;
  const { first, until, createdAt } = previous;
  const tookMs = Math.max(1, now - createdAt);
  return Math.min(most, Math.max(least, Math.round(((until - first) / tookMs) * SPAN_MS)));
}
