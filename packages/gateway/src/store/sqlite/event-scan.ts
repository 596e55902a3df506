import type { EventQuery } from '../ports.ts';
import { numberOf } from '../rows.ts';
import type { Reader } from './reader.ts';
import { isIn, listOf, scan } from './scan.ts';

/** So many phones or fewer are each looked up in the index by phone; for more the whole log is walked once. */
const FEW_PHONES = 16;

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

/** The places of the first `limit` events that match, from the side where the walk begins, in no order. */
export async function findEvents(reader: Reader, query: EventQuery, range: EventRange): Promise<readonly number[]> {
  const phoneIds = query.phoneIds === undefined ? null : [...new Set(query.phoneIds)];
  if (phoneIds === null || phoneIds.length > FEW_PHONES) return walk(reader, query, { ...range, phoneId: null });
  const found: number[] = [];
  for (const phoneId of phoneIds) found.push(...(await walk(reader, query, { ...range, phoneId })));
  const direction = range.order === 'ASC' ? 1 : -1;
  return found.sort((left, right) => direction * (left - right)).slice(0, range.limit);
}

async function walk(
  reader: Reader,
  query: EventQuery,
  { after, before, limit, order, phoneId }: EventRange & { readonly phoneId: string | null },
): Promise<readonly number[]> {
  const ascending = order === 'ASC';
  const { boundary, matches } = ascending ? SQL_ASCENDING : SQL_DESCENDING;
  const partition = phoneId === null ? 'all' : 'phone';
  const values = {
    phoneId,
    phoneIds: phoneId === null ? listOf(query.phoneIds) : null,
    vendors: listOf(query.vendors),
    types: listOf(query.types),
    callEventKinds: listOf(query.callEventKinds),
  };
  const [start, end] = ascending ? [after, before] : [before, after];
  const index = {
    boundary(from: number, rows: number) {
      const row = reader.get(boundary[partition], { ...values, from, end, offset: rows - 1 });
      return row === null ? null : numberOf(row, 'sequence');
    },
    matches(from: number, through: number | null, wanted: number) {
      // One step beyond, since `end` itself is not included.
      const last = through ?? (ascending ? end - 1 : end + 1);
      const rows = reader.all(matches[partition], { ...values, from, through: last, limit: wanted });
      return rows.map((row) => numberOf(row, 'sequence'));
    },
  };
  return scan(index, start, limit);
}

function sqlOf(order: 'ASC' | 'DESC') {
  const [behind, until, beforeEnd] = order === 'ASC' ? ['>', '<=', '<'] : ['<', '>=', '>'];
  const source = {
    all: 'FROM events INDEXED BY events_scan WHERE',
    phone: 'FROM events INDEXED BY events_phone_scan WHERE phone_id = :phoneId AND',
  };
  const boundary = (from: string) => `SELECT sequence ${from} sequence ${behind} :from AND sequence ${beforeEnd} :end
    ORDER BY sequence ${order} LIMIT 1 OFFSET :offset`;
  const matches = (from: string) => `SELECT sequence ${from} sequence ${behind} :from AND sequence ${until} :through
    AND ${isIn('phone_id', 'phoneIds')} AND ${isIn('vendor', 'vendors')} AND ${isIn('type', 'types')}
    AND (type <> 'CALL' OR ${isIn('call_event_kind', 'callEventKinds')})
    ORDER BY sequence ${order} LIMIT :limit`;
  return {
    boundary: { all: boundary(source.all), phone: boundary(source.phone) },
    matches: { all: matches(source.all), phone: matches(source.phone) },
  };
}

const SQL_ASCENDING = sqlOf('ASC');
const SQL_DESCENDING = sqlOf('DESC');
