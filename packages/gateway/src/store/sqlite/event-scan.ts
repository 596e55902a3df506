import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventQuery } from '../ports.ts';
import { numberOf } from '../rows.ts';
import { boundsOf } from './event-bounds.ts';
import { bucketOf, filledThrough } from './event-places.ts';
import type { Reader } from './reader.ts';
import { isIn, listOf, scan } from './scan.ts';

/** So many phones or fewer are each looked up by their places; for more the whole log is walked once. */
const FEW_PHONES = 16;

/** So long buckets are looked into before others get their turn. */
const MOST_OF_A_TURN_MS = 2;

/** A stretch of the log and how it is walked. */
export interface EventRange {
  /** Not included. */
  readonly after: number;
  /** Not included. */
  readonly before: number;
  readonly limit: number;
  /** `DESC`: from its end, the newest first. */
  readonly order: 'ASC' | 'DESC';
}

interface PhoneRange extends EventRange {
  readonly phoneId: string;
}

interface WalkedRange extends EventRange {
  readonly table: 'events' | 'event_keys';
}

/** The places of the first `limit` events that match, from the side where the walk begins, in no order. */
export async function findEvents(reader: Reader, query: EventQuery, range: EventRange): Promise<readonly number[]> {
  const filled = filledThrough(reader);
  const keys = { ...range, before: Math.min(range.before, filled + 1) };
  const latest = { ...range, after: Math.max(range.after, filled), table: 'events' } as const;
  if (range.order === 'ASC') {
    const found = await findFilled(reader, query, keys);
    const limit = range.limit - found.length;
    return limit === 0 ? found : [...found, ...(await walk(reader, query, { ...latest, limit }))];
  }
  const found = await walk(reader, query, latest);
  const limit = range.limit - found.length;
  return limit === 0 ? found : [...found, ...(await findFilled(reader, query, { ...keys, limit }))];
}

/** Among those that are filled in. */
async function findFilled(reader: Reader, query: EventQuery, range: EventRange): Promise<readonly number[]> {
  const phoneIds = query.phoneIds === undefined ? null : [...new Set(query.phoneIds)];
  if (phoneIds === null || phoneIds.length > FEW_PHONES) return walk(reader, query, { ...range, table: 'event_keys' });
  const found: number[] = [];
  for (const phoneId of phoneIds) found.push(...(await walkBuckets(reader, query, { ...range, phoneId })));
  const direction = range.order === 'ASC' ? 1 : -1;
  return found.sort((left, right) => direction * (left - right)).slice(0, range.limit);
}

async function walkBuckets(reader: Reader, query: EventQuery, range: PhoneRange): Promise<readonly number[]> {
  const { phoneId, before, limit, order } = range;
  // Of events that were dropped, places may be left.
  const after = Math.max(range.after, boundsOf(reader).first - 1);
  if (before - after < 2) return [];
  const [step, start, end] = order === 'ASC' ? [1, after + 1, before - 1] : [-1, before - 1, after + 1];
  const found: number[] = [];
  let turnBegan = performance.now();
  for (let bucket = bucketOf(start); bucket !== bucketOf(end) + step && found.length < limit; bucket += step) {
    if (performance.now() - turnBegan > MOST_OF_A_TURN_MS) {
      await nextTurn();
      turnBegan = performance.now();
    }
    const values = { ...filtersOf(query), phoneId, bucket, after, before };
    const rows = reader.all(IN_BUCKET[order], { ...values, limit: limit - found.length });
    found.push(...rows.map((row) => numberOf(row, 'sequence')));
  }
  return found;
}

async function walk(
  reader: Reader,
  query: EventQuery,
  { after, before, limit, order, table }: WalkedRange,
): Promise<readonly number[]> {
  if (before - after < 2) return [];
  const ascending = order === 'ASC';
  const { boundary, matches } = WALKS[table][order];
  const values = { ...filtersOf(query), phoneIds: listOf(query.phoneIds) };
  const [start, end] = ascending ? [after, before] : [before, after];
  const index = {
    boundary(from: number, rows: number) {
      const row = reader.get(boundary, { from, end, offset: rows - 1 });
      return row === null ? null : numberOf(row, 'sequence');
    },
    matches(from: number, through: number | null, wanted: number) {
      // One step beyond, since `end` itself is not included.
      const last = through ?? (ascending ? end - 1 : end + 1);
      const rows = reader.all(matches, { ...values, from, through: last, limit: wanted });
      return rows.map((row) => numberOf(row, 'sequence'));
    },
  };
  return scan(index, start, limit);
}

function filtersOf({ vendors, types, callEventKinds }: EventQuery) {
  return { vendors: listOf(vendors), types: listOf(types), callEventKinds: listOf(callEventKinds) };
}

const FILTERS = `${isIn('vendor', 'vendors')} AND ${isIn('type', 'types')}
    AND (type <> 'CALL' OR ${isIn('call_event_kind', 'callEventKinds')})`;

function walkOf(table: string, order: 'ASC' | 'DESC') {
  const [behind, until, beforeEnd] = order === 'ASC' ? ['>', '<=', '<'] : ['<', '>=', '>'];
  return {
    boundary: `SELECT sequence FROM ${table}
    WHERE sequence ${behind} :from AND sequence ${beforeEnd} :end ORDER BY sequence ${order} LIMIT 1 OFFSET :offset`,
    matches: `SELECT sequence FROM ${table}
    WHERE sequence ${behind} :from AND sequence ${until} :through AND ${isIn('phone_id', 'phoneIds')} AND ${FILTERS}
    ORDER BY sequence ${order} LIMIT :limit`,
  };
}

const walksOf = (table: string) => ({ ASC: walkOf(table, 'ASC'), DESC: walkOf(table, 'DESC') });
const WALKS = { events: walksOf('events'), event_keys: walksOf('event_keys') };
const inBucket = (order: 'ASC' | 'DESC') => `SELECT sequence FROM event_places
  WHERE bucket = :bucket AND phone_id = :phoneId AND sequence > :after AND sequence < :before AND ${FILTERS}
  ORDER BY sequence ${order} LIMIT :limit`;
const IN_BUCKET = { ASC: inBucket('ASC'), DESC: inBucket('DESC') };
