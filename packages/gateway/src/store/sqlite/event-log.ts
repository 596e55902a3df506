import { featureOf } from '../../events/features.ts';
import { StoreError } from '../errors.ts';
import { pageSize } from '../page-size.ts';
import type { EventLog, EventQuery, NewEvent } from '../ports.ts';
import { numberOf, textOf } from '../rows.ts';
import { boundsOf } from './event-bounds.ts';
import { type EventPlaces, filledThrough, NOT_FILLED } from './event-places.ts';
import { EVENT_COLUMNS, eventOf } from './event-rows.ts';
import { findEvents } from './event-scan.ts';
import type { FeatureStates } from './feature-states.ts';
import type { Statement, StatementResult } from './protocol.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

const COLUMNS = '(phone_id, vendor, type, call_event_kind, received_at, body, receipt)';
const INSERT = `INSERT INTO events ${COLUMNS} VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`;
// Asked where it is written: an append that was given up on may be waiting before this one.
const INSERT_ONCE = `INSERT INTO events ${COLUMNS} SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
  WHERE NOT EXISTS (SELECT 1 FROM event_keys WHERE receipt = ?7)
    AND NOT EXISTS (SELECT 1 FROM events WHERE ${NOT_FILLED} AND receipt = ?7)`;
// In the same commit as its event, and only where that was not in the log before.
const PUT_FEATURE = `INSERT INTO features (phone_id, feature, body)
  SELECT ?1, ?2, ?3 WHERE changes() > 0 AND EXISTS (SELECT 1 FROM phones WHERE id = ?1)
  ON CONFLICT (phone_id, feature) DO UPDATE SET body = excluded.body`;
const BY_RECEIPT = `SELECT sequence FROM event_keys WHERE receipt = :receipt
  UNION ALL SELECT sequence FROM events WHERE ${NOT_FILLED} AND receipt = :receipt LIMIT 1`;
const GET = `SELECT ${EVENT_COLUMNS} FROM events WHERE sequence = :sequence`;
const RANGE = (order: 'ASC' | 'DESC') => `SELECT ${EVENT_COLUMNS} FROM events
  WHERE sequence > :after AND sequence < :before ORDER BY sequence ${order} LIMIT :limit`;
const BY_SEQUENCE = `SELECT ${EVENT_COLUMNS} FROM events
  WHERE sequence IN (SELECT value FROM json_each(:sequences)) ORDER BY sequence`;
const HEARD = 'SELECT phone_id, received_at FROM heard';
const HEARD_SINCE = 'SELECT phone_id, received_at FROM events WHERE sequence > :filled ORDER BY sequence';

/** What the log keeps up beside its events. */
export interface EventLogParts {
  readonly reader: Reader;
  readonly places: EventPlaces;
  readonly features: FeatureStates;
}

/** The event log in SQLite. Its order is the order of commits, since one thread writes. */
export function createEventLog(writer: Writer, { reader, places, features }: EventLogParts): EventLog {
  const write = async (unit: readonly Statement[], events: readonly NewEvent[]) => {
    try {
      return await writer.write(unit, { inOrder: true });
    } finally {
      for (const { phoneId, event } of events) if (event.type === 'FEATURE') features.forget(phoneId);
    }
  };
  return {
    async append(events, { mayBeThere = false } = {}) {
      if (events.length === 0) return [];
      if (mayBeThere) places.fillAhead();
      const unit: Statement[] = [];
      const sql = mayBeThere ? INSERT_ONCE : INSERT;
      /** Which statement of the unit is that of the event. */
      const statements = events.map((event) => {
        const place = unit.push({ sql, params: valuesOf(event) }) - 1;
        unit.push(...featureStatements(event));
        return place;
      });
      const results = await write(unit, events);
      const logged = events.map(({ receipt, ...event }, index) => ({
        ...event,
        sequence: placeOf(results[statements[index] ?? -1], () => placeOfReceipt(reader, receipt)),
      }));
      places.grown(logged.at(-1)?.sequence ?? 0);
      return logged;
    },
    async read(query, range) {
      const bounds = {
        after: range.after ?? 0,
        before: range.before ?? Number.MAX_SAFE_INTEGER,
        limit: pageSize(range.limit),
        order: range.last === true ? 'DESC' : 'ASC',
      } as const;
      const { after, before, limit } = bounds;
      if (!isNarrowed(query)) {
        const events = reader.all(RANGE(bounds.order), { after, before, limit }).map(eventOf);
        return range.last === true ? events.reverse() : events;
      }
      const sequences = await findEvents(reader, query, bounds);
      return reader.all(BY_SEQUENCE, { sequences: JSON.stringify(sequences) }).map(eventOf);
    },
    async get(sequence) {
      const row = reader.get(GET, { sequence });
      return row === null ? null : eventOf(row);
    },
    async at(sequences) {
      pageSize(sequences.length);
      return reader.all(BY_SEQUENCE, { sequences: JSON.stringify(sequences) }).map(eventOf);
    },
    async bounds() {
      return boundsOf(reader);
    },
    async lastReceivedAt() {
      const since = reader.all(HEARD_SINCE, { filled: filledThrough(reader) });
      const rows = [...reader.all(HEARD), ...since];
      return new Map(rows.map((row) => [textOf(row, 'phone_id'), numberOf(row, 'received_at')]));
    },
  };
}

function valuesOf({
  phoneId,
  vendor,
  receivedAt,
  vendorEvent,
  variables,
  event,
  receipt,
}: NewEvent): Statement['params'] {
  const callEventKind = event.type === 'CALL' ? event.callEventKind : null;
  const body = JSON.stringify({ vendorEvent, variables, event });
  return [phoneId, vendor, event.type, callEventKind, receivedAt, body, receipt ?? null];
}

/** How the phone's switch stands since. */
function featureStatements({ phoneId, event, receivedAt }: NewEvent): readonly Statement[] {
  const state = featureOf(event, receivedAt);
  return state === null ? [] : [{ sql: PUT_FEATURE, params: [phoneId, state.feature, JSON.stringify(state)] }];
}

function isNarrowed(query: EventQuery): boolean {
  return [query.phoneIds, query.vendors, query.types, query.callEventKinds].some((list) => list !== undefined);
}

function placeOf(result: StatementResult | undefined, placeBefore: () => number | null): number {
  const place = result?.changes === 0 ? placeBefore() : result?.rowId;
  if (place === undefined || place === null) {
    throw new StoreError('FAULT', 'An event was written and its place is not known.');
  }
  return place;
}

function placeOfReceipt(reader: Reader, receipt: Uint8Array | undefined): number | null {
  const row = receipt === undefined ? null : reader.get(BY_RECEIPT, { receipt });
  return row === null ? null : numberOf(row, 'sequence');
}
