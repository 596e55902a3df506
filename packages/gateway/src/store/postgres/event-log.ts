import type { LoggedEvent } from '../../model.ts';
import type { StoreError } from '../errors.ts';
import { Groups, type Work } from '../groups.ts';
import { pageSize } from '../page-size.ts';
import type { EventLog, EventQuery } from '../ports.ts';
import { numberOf, type Row, recordOf, textOf } from '../rows.ts';
import { Conditions } from './conditions.ts';
import type { Database } from './database.ts';
import type { PartitionSizes } from './event-partitions.ts';
import { type Appending, appendEvents } from './event-writer.ts';

const COLUMNS = 'sequence, phone_id, vendor, received_at, body';
const GET = `SELECT ${COLUMNS} FROM events WHERE sequence = $1`;
const AT = `SELECT ${COLUMNS} FROM events WHERE sequence = ANY ($1::bigint[]) ORDER BY sequence`;
const BOUNDS = 'SELECT coalesce(min(sequence), 0) AS first, coalesce(max(sequence), 0) AS last FROM events';
// Hops from phone to phone in the index; GROUP BY would read the whole of it.
const LAST_RECEIVED = `WITH RECURSIVE reporting (phone_id) AS (
    SELECT min(phone_id) FROM events
    UNION ALL
    SELECT (SELECT min(phone_id) FROM events WHERE phone_id > reporting.phone_id)
    FROM reporting WHERE phone_id IS NOT NULL
  )
  SELECT phone_id, (
    SELECT received_at FROM events WHERE phone_id = reporting.phone_id ORDER BY sequence DESC LIMIT 1
  ) AS received_at
  FROM reporting WHERE phone_id IS NOT NULL`;

/** The event log in PostgreSQL. */
export interface PostgresEventLog extends EventLog {
  /** Takes nothing more. Fulfilled when all that was given is written or refused. */
  drain(): Promise<void>;
}

/**
 * The event log in PostgreSQL. Its order is the order of commits: see {@link appendEvents}.
 * @param told how a transaction ended; null: the engine took it
 * @param sizes of partitions; left out: by how many events come in a day
 */
export function createEventLog(
  database: Database,
  told: (fault: StoreError | null) => void = () => {},
  sizes?: PartitionSizes,
): PostgresEventLog {
  const commit = (group: readonly Appending[]) =>
    database.transaction((session) => appendEvents(session, group, sizes));
  const groups = new Groups<Appending & Work>(commit, told);
  return {
    async append(events) {
      if (events.length === 0) return [];
      const { promise, resolve, reject } = Promise.withResolvers<readonly LoggedEvent[]>();
      const appending: Appending & Work = { events, logged: [], done: () => resolve(appending.logged), failed: reject };
      groups.add(appending);
      return promise;
    },
    async read(query, { after, before, limit, last = false }) {
      const conditions = narrowed(query)
        .add(after, (sequence) => `sequence > ${sequence}`)
        .add(before, (sequence) => `sequence < ${sequence}`);
      const most = conditions.value(pageSize(limit));
      const rows = await database.query(
        `SELECT ${COLUMNS} FROM events ${conditions.where} ORDER BY sequence ${last ? 'DESC' : 'ASC'} LIMIT ${most}`,
        conditions.values,
      );
      const events = rows.map(eventOf);
      return last ? events.reverse() : events;
    },
    async get(sequence) {
      const row = await database.first(GET, [sequence]);
      return row === null ? null : eventOf(row);
    },
    async at(sequences) {
      pageSize(sequences.length);
      return (await database.query(AT, [sequences])).map(eventOf);
    },
    async bounds() {
      const row = (await database.first(BOUNDS)) ?? {};
      return { first: numberOf(row, 'first'), last: numberOf(row, 'last') };
    },
    async lastReceivedAt() {
      const rows = await database.query(LAST_RECEIVED);
      return new Map(rows.map((row) => [textOf(row, 'phone_id'), numberOf(row, 'received_at')]));
    },
    drain: () => groups.drain(),
  };
}

function narrowed({ phoneIds, vendors, types, callEventKinds }: EventQuery): Conditions {
  return new Conditions()
    .isIn('phone_id', phoneIds)
    .isIn('vendor', vendors)
    .isIn('type', types)
    .add(callEventKinds, (kinds) => `(type <> 'CALL' OR call_event_kind = ANY (${kinds}::text[]))`);
}

function eventOf(row: Row): LoggedEvent {
  return {
    sequence: numberOf(row, 'sequence'),
    phoneId: textOf(row, 'phone_id'),
    vendor: textOf(row, 'vendor'),
    receivedAt: numberOf(row, 'received_at'),
    ...recordOf<Pick<LoggedEvent, 'vendorEvent' | 'variables' | 'event'>>(row),
  };
}
