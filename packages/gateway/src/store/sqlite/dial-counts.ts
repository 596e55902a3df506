import type { DialCounts } from '../ports.ts';
import type { Reader } from './reader.ts';
import { numberOf, textOf } from './rows.ts';
import type { Writer } from './writer.ts';

const ADD = `INSERT INTO dial_counts (day, counted, calls) VALUES (?, ?, 1)
  ON CONFLICT (day, counted) DO UPDATE SET calls = calls + 1`;
const FORGET = 'DELETE FROM dial_counts WHERE day < ?';
const OF_DAY = 'SELECT counted, calls FROM dial_counts WHERE day = :day';

/** What was counted in a day, in SQLite. */
export function createDialCounts(writer: Pick<Writer, 'write'>, reader: Pick<Reader, 'all'>): DialCounts {
  return {
    async of(day) {
      return new Map(reader.all(OF_DAY, { day }).map((row) => [textOf(row, 'counted'), numberOf(row, 'calls')]));
    },
    async add(day, counted) {
      const additions = counted.map((one) => ({ sql: ADD, params: [day, one] }));
      await writer.write([{ sql: FORGET, params: [day] }, ...additions]);
    },
  };
}
