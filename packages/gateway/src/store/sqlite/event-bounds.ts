import { numberOf } from '../rows.ts';
import type { Reader } from './reader.ts';

// Two subqueries: SQLite answers one min or one max from the end of the index, but not both in one SELECT.
const BOUNDS = `SELECT coalesce((SELECT min(sequence) FROM events), 0) AS first,
  coalesce((SELECT max(sequence) FROM events), 0) AS last`;

/** The places of the oldest and the newest event of the log; both 0 where it is empty. */
export function boundsOf(reader: Pick<Reader, 'get'>): { readonly first: number; readonly last: number } {
  const row = reader.get(BOUNDS) ?? {};
  return { first: numberOf(row, 'first'), last: numberOf(row, 'last') };
}
