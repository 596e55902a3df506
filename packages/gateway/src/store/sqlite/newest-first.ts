import { StoreError } from '../errors.ts';
import { pageSize } from '../page-size.ts';
import type { NewestFirst, Page } from '../ports.ts';
import { numberOf, recordOf, textOf } from '../rows.ts';
import type { NamedValues, Reader } from './reader.ts';
import { type Scan, scan } from './scan.ts';

/** A table that is listed newest first. */
export interface NewestFirstTable {
  readonly table: string;
  readonly timeColumn: string;
  /** The index that is walked where no partition is chosen: time, id, and every column that `conditions` names. */
  readonly index: string;
  /** Columns with few rows a value, each with an index that begins with it and goes on as `index`; what is missing there is read from the rows. */
  readonly partitions: Readonly<Record<string, string>>;
  /** What narrows a list, over the values of a {@link NewestFirstQuery}. */
  readonly conditions: string;
}

/** What is listed. */
export interface NewestFirstQuery {
  /** The rows that have one of these values in that column, each value looked up by its own index; null: all rows. */
  readonly partition: { readonly column: string; readonly values: readonly string[] } | null;
  /** Included; left out: from the beginning. */
  readonly since?: number | undefined;
  /** Not included; left out: to the newest. */
  readonly until?: number | undefined;
  readonly values: NamedValues;
}

/** A place in the list: a row's time and id. */
interface Key {
  readonly time: number;
  readonly id: string;
}

const BEFORE_ALL: Key = { time: Number.MAX_SAFE_INTEGER, id: '' };

/** A page of the list: the bodies of its rows. @throws StoreError `UNKNOWN_CURSOR` where `page.after` names no row. */
export async function listNewestFirst<Item>(
  source: { readonly reader: Reader; readonly table: NewestFirstTable },
  query: NewestFirstQuery,
  page: NewestFirst,
): Promise<Page<Item>> {
  const limit = pageSize(page.limit);
  const start = startOf(source, query, page);
  // One more than asked for tells whether there is a next page.
  const found = await findKeys(source, query, { start, limit: limit + 1 });
  const ids = JSON.stringify(found.slice(0, limit).map(({ id }) => id));
  const { table, timeColumn } = source.table;
  const sql = `SELECT body FROM ${table} WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY ${timeColumn} DESC, id DESC`;
  return {
    items: source.reader.all(sql, { ids }).map((row) => recordOf<Item>(row)),
    hasNextPage: found.length > limit,
    hasPreviousPage: page.after !== undefined,
  };
}

function startOf(
  { reader, table }: { readonly reader: Reader; readonly table: NewestFirstTable },
  query: NewestFirstQuery,
  page: NewestFirst,
): Key {
  const until = query.until === undefined ? BEFORE_ALL : { time: query.until, id: '' };
  if (page.after === undefined) return until;
  const row = reader.get(`SELECT ${table.timeColumn} AS time, id FROM ${table.table} WHERE id = :id`, {
    id: page.after,
  });
  if (row === null)
    throw new StoreError('UNKNOWN_CURSOR', `There is no ${page.after} in ${table.table} to begin behind.`);
  const after: Key = { time: numberOf(row, 'time'), id: textOf(row, 'id') };
  return newestFirst(after, until) > 0 ? after : until;
}

async function findKeys(
  source: { readonly reader: Reader; readonly table: NewestFirstTable },
  query: NewestFirstQuery,
  { start, limit }: { readonly start: Key; readonly limit: number },
): Promise<readonly Key[]> {
  if (query.partition === null) return scan(walkOf(source, query, null), start, limit);
  const found: Key[] = [];
  for (const value of new Set(query.partition.values)) {
    found.push(...(await scan(walkOf(source, query, { column: query.partition.column, value }), start, limit)));
  }
  return found.sort(newestFirst).slice(0, limit);
}

function walkOf(
  { reader, table }: { readonly reader: Reader; readonly table: NewestFirstTable },
  query: NewestFirstQuery,
  partition: { readonly column: string; readonly value: string } | null,
): Scan<Key> {
  const { timeColumn } = table;
  const index = partition === null ? table.index : (table.partitions[partition.column] ?? table.index);
  const rows = `SELECT ${timeColumn} AS time, id FROM ${table.table} INDEXED BY ${index}
    WHERE ${partition === null ? '' : `${partition.column} = :partition AND `}(${timeColumn}, id) < (:time, :id) AND ${timeColumn} >= :since`;
  const order = `ORDER BY ${timeColumn} DESC, id DESC`;
  const values = { ...query.values, partition: partition?.value ?? null, since: query.since ?? 0 };
  return {
    boundary(from, count) {
      const row = reader.get(`${rows} ${order} LIMIT 1 OFFSET :offset`, { ...values, ...from, offset: count - 1 });
      return row === null ? null : { time: numberOf(row, 'time'), id: textOf(row, 'id') };
    },
    matches(from, through, limit) {
      const last = through ?? { time: -1, id: '' };
      const sql = `${rows} AND (${timeColumn}, id) >= (:lastTime, :lastId) AND ${table.conditions} ${order} LIMIT :limit`;
      const found = reader.all(sql, { ...values, ...from, lastTime: last.time, lastId: last.id, limit });
      return found.map((row) => ({ time: numberOf(row, 'time'), id: textOf(row, 'id') }));
    },
  };
}

/** Compares as SQLite does: ids by their UTF-8 bytes. */
function newestFirst(left: Key, right: Key): number {
  if (left.time !== right.time) return right.time - left.time;
  return Buffer.compare(Buffer.from(right.id, 'utf8'), Buffer.from(left.id, 'utf8'));
}
