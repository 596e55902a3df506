import { setImmediate as nextTurn } from 'node:timers/promises';

/** How many rows are looked at before others get their turn: about a millisecond of an index. */
const WINDOW_ROWS = 5000;

/** An index that is walked in its order; the key is a place in it. */
export interface Scan<Key> {
  /** The key of the row that is `rows` rows behind `from`; null where there are fewer. */
  boundary(from: Key, rows: number): Key | null;
  /** Matching keys behind `from`, up to and with `through` (null: to the end), at most `limit`, in order. */
  matches(from: Key, through: Key | null, limit: number): readonly Key[];
}

/**
 * The first `limit` matches behind `from`. A filter that matches next to nothing makes this walk the whole index: it is
 * done in windows, and between two of them everybody else gets a turn.
 */
export async function scan<Key>(index: Scan<Key>, from: Key, limit: number): Promise<readonly Key[]> {
  const found: Key[] = [];
  let position = from;
  while (found.length < limit) {
    const through = index.boundary(position, WINDOW_ROWS);
    found.push(...index.matches(position, through, limit - found.length));
    if (through === null) break;
    position = through;
    if (found.length < limit) await nextTurn();
  }
  return found;
}

/** A list of values for `json_each(:name)`; null where it was left out. */
export function listOf(values: readonly string[] | undefined): string | null {
  return values === undefined ? null : JSON.stringify(values);
}

/** The condition that a column is in the list `:name`, or that there is no such list. */
export function isIn(column: string, name: string): string {
  return `(:${name} IS NULL OR ${column} IN (SELECT value FROM json_each(:${name})))`;
}
