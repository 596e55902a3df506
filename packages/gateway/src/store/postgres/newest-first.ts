import { StoreError } from '../errors.ts';
import { pageSize } from '../page-size.ts';
import type { NewestFirst, Page } from '../ports.ts';
import { numberOf, recordOf, textOf } from '../rows.ts';
import type { Conditions } from './conditions.ts';
import type { Database } from './database.ts';

/** A table that is listed newest first, by time and then id. */
export interface NewestFirstTable {
  readonly table: string;
  readonly timeColumn: string;
}

/** A page of the list: the bodies of its rows. @throws StoreError `UNKNOWN_CURSOR` where `page.after` names no row. */
export async function listNewestFirst<Item>(
  source: NewestFirstTable & { readonly database: Database },
  conditions: Conditions,
  page: NewestFirst,
): Promise<Page<Item>> {
  const { database, table, timeColumn } = source;
  const limit = pageSize(page.limit);
  if (page.after !== undefined) {
    const row = await database.first(`SELECT ${timeColumn} AS time, id FROM ${table} WHERE id = $1`, [page.after]);
    if (row === null) throw new StoreError('UNKNOWN_CURSOR', `There is no ${page.after} in ${table} to begin behind.`);
    const time = conditions.value(numberOf(row, 'time'));
    conditions.add(textOf(row, 'id'), (id) => `(${timeColumn}, id) < (${time}, ${id})`);
  }
  // One more than asked for tells whether there is a next page.
  const most = conditions.value(limit + 1);
  const rows = await database.query(
    `SELECT body FROM ${table} ${conditions.where} ORDER BY ${timeColumn} DESC, id DESC LIMIT ${most}`,
    conditions.values,
  );
  return {
    items: rows.slice(0, limit).map((row) => recordOf<Item>(row)),
    hasNextPage: rows.length > limit,
    hasPreviousPage: page.after !== undefined,
  };
}
