import { AUDIT_STEP, newStart } from '../../audit/drop-rows.ts';
import { keptRowOf, startOf } from '../audit-rows.ts';
import type { Dropped, EventsToDrop, EventVolume, RetentionStore } from '../retention.ts';
import { numberOf, textOf, textOrNullOf } from '../rows.ts';
import { readAuditKey } from './audit-key.ts';
import { boundsOf } from './event-bounds.ts';
import { bytesOfEvents } from './event-bytes.ts';
import { bucketOf } from './event-places.ts';
import type { Statement } from './protocol.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Rows a step, so that an event that comes meanwhile waits for some milliseconds. */
const EVENTS_STEP = 500;
const RECORDS_STEP = 100;

const OLDEST = 'SELECT received_at FROM events ORDER BY sequence LIMIT 1';
const FIRST_YOUNG = `SELECT min(sequence) AS sequence
  FROM (SELECT sequence, received_at FROM events ORDER BY sequence LIMIT ${EVENTS_STEP + 1}) WHERE received_at >= :before`;
const DROP_CALLS_OF_EVENTS = 'DELETE FROM call_events WHERE sequence <= ?';
const DROP_EVENTS = 'DELETE FROM events WHERE sequence <= ?';
const DROP_KEYS = 'DELETE FROM event_keys WHERE sequence <= ?';
// Only of buckets that are over as a whole: in the others they are far apart, and nobody is told of them.
const DROP_PLACES = `DELETE FROM event_places WHERE (bucket, phone_id, sequence) IN
  (SELECT bucket, phone_id, sequence FROM event_places WHERE bucket < ? LIMIT ${2 * EVENTS_STEP})`;

const OLD_CALLS = `SELECT id FROM calls INDEXED BY calls_ended WHERE state = 'ENDED' AND ended_at < :before
  ORDER BY ended_at LIMIT ${RECORDS_STEP}`;
const DROP_EVENTS_OF_CALLS = 'DELETE FROM call_events WHERE call_id IN (SELECT value FROM json_each(?))';
const DROP_CALLS = 'DELETE FROM calls WHERE id IN (SELECT value FROM json_each(?))';

const OLD_COMMANDS = `SELECT id, batch_id FROM commands WHERE requested_at < :before AND settled_at IS NOT NULL
  ORDER BY requested_at, id LIMIT ${RECORDS_STEP}`;
const DROP_CLAIMS = 'DELETE FROM idempotency_claims WHERE owner_id IN (SELECT value FROM json_each(?))';
const DROP_COMMANDS = 'DELETE FROM commands WHERE id IN (SELECT value FROM json_each(?))';
// A batch goes with the last of its commands.
const EMPTY_BATCHES = `SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM commands WHERE batch_id = value)`;
const DROP_BATCH_CLAIMS = `DELETE FROM idempotency_claims WHERE owner_id IN (${EMPTY_BATCHES})`;
const DROP_BATCHES = `DELETE FROM command_batches WHERE id IN (${EMPTY_BATCHES})`;

const AUDIT_START = 'SELECT sequence, mac, dropped_before, code FROM audit_start WHERE id = 1';
const OLD_AUDIT = `SELECT * FROM audit ORDER BY sequence LIMIT ${AUDIT_STEP + 1}`;
const MOVE_START = `INSERT INTO audit_start (id, sequence, mac, dropped_before, code) VALUES (1, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, mac = excluded.mac,
    dropped_before = excluded.dropped_before, code = excluded.code`;
const DROP_AUDIT = 'DELETE FROM audit WHERE sequence <= ?';

/** Drops what is old from SQLite. The file keeps its size: its pages are used again. */
export function createRetention(writer: Pick<Writer, 'write'>, reader: Reader, file: string): RetentionStore {
  const drop = async (unit: readonly Statement[], counted: string): Promise<number> => {
    const results = await writer.write(unit);
    return results[unit.findIndex(({ sql }) => sql === counted)]?.changes ?? 0;
  };
  return {
    async dropEvents(what): Promise<Dropped> {
      const through = lastToDrop(reader, what);
      if (through === null) return NOTHING;
      const unit = [
        { sql: DROP_CALLS_OF_EVENTS, params: [through] },
        { sql: DROP_EVENTS, params: [through] },
        { sql: DROP_KEYS, params: [through] },
        { sql: DROP_PLACES, params: [bucketOf(through + 1)] },
      ];
      return { rows: await drop(unit, DROP_EVENTS), more: lastToDrop(reader, what) !== null };
    },
    async dropCalls(before) {
      const ids = reader.all(OLD_CALLS, { before }).map((row) => textOf(row, 'id'));
      if (ids.length === 0) return NOTHING;
      const params = [JSON.stringify(ids)];
      const unit = [DROP_EVENTS_OF_CALLS, DROP_CALLS].map((sql) => ({ sql, params }));
      return { rows: await drop(unit, DROP_CALLS), more: ids.length === RECORDS_STEP };
    },
    async dropCommands(before) {
      const old = reader.all(OLD_COMMANDS, { before });
      if (old.length === 0) return NOTHING;
      const ids = [JSON.stringify(old.map((row) => textOf(row, 'id')))];
      const batches = [JSON.stringify([...new Set(old.map((row) => textOrNullOf(row, 'batch_id')))])];
      const unit = [
        { sql: DROP_CLAIMS, params: ids },
        { sql: DROP_COMMANDS, params: ids },
        { sql: DROP_BATCH_CLAIMS, params: batches },
        { sql: DROP_BATCHES, params: batches },
      ];
      return { rows: await drop(unit, DROP_COMMANDS), more: old.length === RECORDS_STEP };
    },
    async dropAudit(before) {
      const rows = reader.all(OLD_AUDIT).map(keptRowOf);
      if ((rows[0]?.at ?? before) >= before) return NOTHING;
      const start = newStart(readAuditKey(file), { start: startOf(reader.get(AUDIT_START)), rows, before });
      if (start === null) return NOTHING;
      const { sequence, mac, droppedBefore, code } = start;
      const unit: Statement[] = [
        { sql: MOVE_START, params: [sequence, mac, droppedBefore, code] },
        { sql: DROP_AUDIT, params: [sequence] },
      ];
      const dropped = await drop(unit, DROP_AUDIT);
      return { rows: dropped, more: dropped === AUDIT_STEP };
    },
    async eventVolume(): Promise<EventVolume> {
      const oldest = reader.get(OLDEST);
      return { bytes: estimate(reader).bytes, oldestAt: oldest === null ? null : numberOf(oldest, 'received_at') };
    },
  };
}

const NOTHING: Dropped = { rows: 0, more: false };

/** The place up to which a step drops; null: nothing is to be dropped. */
function lastToDrop(reader: Reader, { before, maxBytes, through }: EventsToDrop): number | null {
  const { first, last } = boundsOf(reader);
  // The newest stays: places go on from it.
  const end = Math.min(first + EVENTS_STEP - 1, through, last - 1);
  if (first === 0 || end < first) return null;
  const old = Math.min(end, before === null ? 0 : lastBefore(reader, before, last));
  const large = Math.min(end, maxBytes === null ? 0 : lastBeyond(reader, maxBytes, first));
  const found = Math.max(old, large);
  return found < first ? null : found;
}

/** The last of the oldest events that are all from before. */
function lastBefore(reader: Reader, before: number, last: number): number {
  const young = reader.get(FIRST_YOUNG, { before })?.['sequence'];
  return typeof young === 'number' ? young - 1 : last;
}

/** The last of those that are too many. */
function lastBeyond(reader: Reader, maxBytes: number, first: number): number {
  const { bytes, events } = estimate(reader);
  return bytes <= maxBytes ? 0 : first - 1 + Math.ceil(((bytes - maxBytes) / bytes) * events);
}

function estimate(reader: Reader): { readonly bytes: number; readonly events: number } {
  const { first, last } = boundsOf(reader);
  const events = first === 0 ? 0 : last - first + 1;
  return { events, bytes: bytesOfEvents(reader, { first, last }) };
}
