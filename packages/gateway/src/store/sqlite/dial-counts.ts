import type { Instant } from '../../model.ts';
import type { Typed } from '../../policy/typed-keys.ts';
import type { DialCounts, TypedStore } from '../ports.ts';
import { numberOf, recordOf, textOf } from '../rows.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

const ADD = `INSERT INTO dial_counts (day, counted, calls) VALUES (?, ?, 1)
  ON CONFLICT (day, counted) DO UPDATE SET calls = calls + 1`;
const FORGET = 'DELETE FROM dial_counts WHERE day < ?';
const OF_DAY = 'SELECT counted, calls FROM dial_counts WHERE day = :day';
const ADD_TIME = 'INSERT INTO dial_times (counted, at) VALUES (?, ?)';
const FORGET_TIMES = 'DELETE FROM dial_times WHERE at <= ?';
const SINCE = 'SELECT counted, at FROM dial_times WHERE at > :at ORDER BY at';
const PUT_TYPED = `INSERT INTO typed_keys (phone_id, body) VALUES (?, ?)
  ON CONFLICT (phone_id) DO UPDATE SET body = excluded.body`;
const DROP_TYPED = 'DELETE FROM typed_keys WHERE phone_id = ?';
const TYPED = 'SELECT phone_id, body FROM typed_keys';
const TYPED_ON = 'SELECT body FROM typed_keys WHERE phone_id = :phoneId';

/** Which calls were begun, in SQLite. */
export function createDialCounts(writer: Pick<Writer, 'write'>, reader: Pick<Reader, 'all'>): DialCounts {
  return {
    async of(day) {
      return new Map(reader.all(OF_DAY, { day }).map((row) => [textOf(row, 'counted'), numberOf(row, 'calls')]));
    },
    async since(at) {
      const times = new Map<string, Instant[]>();
      for (const row of reader.all(SINCE, { at })) {
        const counted = textOf(row, 'counted');
        times.set(counted, [...(times.get(counted) ?? []), numberOf(row, 'at')]);
      }
      return times;
    },
    async add({ day, ofDay, at, inWindows, since }) {
      await writer.write([
        { sql: FORGET, params: [day] },
        { sql: FORGET_TIMES, params: [since] },
        ...ofDay.map((counted) => ({ sql: ADD, params: [day, counted] })),
        ...inWindows.map((counted) => ({ sql: ADD_TIME, params: [counted, at] })),
      ]);
    },
  };
}

/** What was typed on phones, in SQLite. */
export function createTypedStore(writer: Pick<Writer, 'write'>, reader: Pick<Reader, 'all' | 'get'>): TypedStore {
  return {
    async all() {
      return new Map(reader.all(TYPED, {}).map((row) => [textOf(row, 'phone_id'), recordOf(row)]));
    },
    async get(phoneId) {
      const row = reader.get(TYPED_ON, { phoneId });
      return row === null ? null : recordOf<Typed>(row);
    },
    async put(phoneId, typed) {
      await writer.write([
        typed === null
          ? { sql: DROP_TYPED, params: [phoneId] }
          : { sql: PUT_TYPED, params: [phoneId, JSON.stringify(typed)] },
      ]);
    },
  };
}
