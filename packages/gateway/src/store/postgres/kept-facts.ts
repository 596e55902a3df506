import type { Instant } from '../../model.ts';
import type { Typed } from '../../policy/typed-keys.ts';
import type { DialCounts, SealedKeyStore, TypedStore } from '../ports.ts';
import { bytesOf, numberOf, recordOf, textOf } from '../rows.ts';
import type { Database } from './database.ts';
import { prepared } from './prepared.ts';
import { createSharedDialCounts } from './shared-dial-counts.ts';
import type { Writer } from './writer.ts';

const FORGET = prepared('DELETE FROM dial_counts WHERE day < $1');
const FORGET_TIMES = prepared('DELETE FROM dial_times WHERE at <= $1');
// Grouped and in one order: a row may be changed once by a statement, and two that add must not wait for each other.
const ADD = prepared(`INSERT INTO dial_counts (day, counted, calls)
  SELECT $1, counted, count(*) FROM unnest($2::text[]) AS counted GROUP BY counted ORDER BY counted
  ON CONFLICT (day, counted) DO UPDATE SET calls = dial_counts.calls + excluded.calls`);
const ADD_TIMES = prepared(
  'INSERT INTO dial_times (counted, at) SELECT counted, $2 FROM unnest($1::text[]) AS counted',
);
const OF_DAY = 'SELECT counted, calls FROM dial_counts WHERE day = $1';
const SINCE = 'SELECT counted, at FROM dial_times WHERE at > $1 ORDER BY at';
const PUT_TYPED = prepared(`INSERT INTO typed_keys (phone_id, body) VALUES ($1, $2)
  ON CONFLICT (phone_id) DO UPDATE SET body = excluded.body`);
const DROP_TYPED = prepared('DELETE FROM typed_keys WHERE phone_id = $1');
const TYPED = 'SELECT phone_id, body FROM typed_keys';
const TYPED_ON = prepared('SELECT body FROM typed_keys WHERE phone_id = $1');
/** Also for whoever seals them anew. */
export const PUT_SEALED_KEY = `INSERT INTO sealed_keys (name, sealed) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed`;
const SEALED = 'SELECT name, sealed FROM sealed_keys';

/** Which calls were begun, in PostgreSQL. @param isShared whether other gateways count too */
export function createDialCounts(writer: Writer, database: Database, isShared: boolean): DialCounts {
  return {
    shared: isShared ? createSharedDialCounts(writer, database) : undefined,
    async of(day) {
      const rows = await database.query(OF_DAY, [day]);
      return new Map(rows.map((row) => [textOf(row, 'counted'), numberOf(row, 'calls')]));
    },
    async since(at) {
      const times = new Map<string, Instant[]>();
      for (const row of await database.query(SINCE, [at])) {
        const counted = textOf(row, 'counted');
        times.set(counted, [...(times.get(counted) ?? []), numberOf(row, 'at')]);
      }
      return times;
    },
    add: ({ day, ofDay, at, inWindows, since }) =>
      writer.write(async (session) => {
        await session.query(FORGET, [day]);
        await session.query(FORGET_TIMES, [since]);
        await session.query(ADD, [day, ofDay]);
        await session.query(ADD_TIMES, [inWindows, at]);
      }),
  };
}

/** What was typed on phones, in PostgreSQL. */
export function createTypedStore(writer: Writer, database: Database): TypedStore {
  return {
    async all() {
      const rows = await database.query(TYPED);
      return new Map(rows.map((row) => [textOf(row, 'phone_id'), recordOf<Typed>(row)]));
    },
    async get(phoneId) {
      const row = await database.first(TYPED_ON, [phoneId]);
      return row === null ? null : recordOf<Typed>(row);
    },
    put: (phoneId, typed) =>
      typed === null ? writer.run(DROP_TYPED, [phoneId]) : writer.run(PUT_TYPED, [phoneId, JSON.stringify(typed)]),
  };
}

/** Keys that are kept sealed, in PostgreSQL. */
export function createSealedKeyStore(writer: Writer, database: Database): SealedKeyStore {
  return {
    async all() {
      return new Map((await database.query(SEALED)).map((row) => [textOf(row, 'name'), bytesOf(row, 'sealed')]));
    },
    put: (name, sealed) => writer.run(PUT_SEALED_KEY, [name, sealed]),
  };
}
