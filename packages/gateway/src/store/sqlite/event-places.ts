import { numberOf } from '../rows.ts';
import { boundsOf } from './event-bounds.ts';
import type { Statement } from './protocol.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Events that are filled in at a time: some milliseconds of the writing thread. */
const FILL_EVENTS = 1_024;
/** So many at most for one append that asks what is there. */
const FILL_AHEAD = 4 * FILL_EVENTS;
/** A bucket has the events of 16,384 places. */
const BUCKET_BITS = 14;

/** Of events in SQL: they are not filled in yet. */
export const NOT_FILLED = `sequence > coalesce((SELECT sequence FROM progress WHERE name = 'event_places'), 0)`;
const NEW_EVENTS = `${NOT_FILLED} AND sequence <= ?`;
const FILL_KEYS = `INSERT INTO event_keys (sequence, phone_id, vendor, type, call_event_kind, receipt)
  SELECT sequence, phone_id, vendor, type, call_event_kind, receipt FROM events WHERE ${NEW_EVENTS} ORDER BY sequence`;
const FILL_PLACES = `INSERT INTO event_places (bucket, phone_id, sequence, vendor, type, call_event_kind)
  SELECT sequence >> ${BUCKET_BITS}, phone_id, sequence, vendor, type, call_event_kind
  FROM events WHERE ${NEW_EVENTS} ORDER BY 1, 2, 3`;
// With max() the other columns are those of its row.
const HEARD = `INSERT INTO heard (phone_id, received_at)
  SELECT phone_id, received_at
  FROM (SELECT phone_id, received_at, max(sequence) FROM events WHERE ${NEW_EVENTS} GROUP BY phone_id) WHERE true
  ON CONFLICT (phone_id) DO UPDATE SET received_at = excluded.received_at`;
// Not beyond what the log holds: what comes next would count as filled in. And never back: a step may be asked for that was filled in ahead.
const PUT_PROGRESS = `INSERT INTO progress (name, sequence)
  SELECT 'event_places', sequence FROM events WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1
  ON CONFLICT (name) DO UPDATE SET sequence = max(progress.sequence, excluded.sequence)`;
const PROGRESS = `SELECT sequence FROM progress WHERE name = 'event_places'`;

/** Fills in behind the log by what its events are found: which are a phone's, of what type they are, their receipts. */
export interface EventPlaces {
  /** Fulfilled when no more than a step is missing. */
  fill(): Promise<void>;
  /** The log has events up to this place; when a step has come together, it is filled in behind. */
  grown(sequence: number): void;
  /** Fills in what the log holds by then, before what is written next: so that little is left to look through. */
  fillAhead(): void;
}

/** @returns what fills in; it does nothing before it is told to */
export function createEventPlaces(writer: Pick<Writer, 'write'>, reader: Reader): EventPlaces {
  let filled = filledThrough(reader);
  let last = filled;
  let filling: Promise<void> | null = null;
  const fillSteps = async (): Promise<void> => {
    while (last - filled >= FILL_EVENTS) {
      const through = filled + FILL_EVENTS;
      await writer.write(fillingThrough(through));
      filled = through;
    }
  };
  const fill = (): Promise<void> => {
    filling ??= fillSteps().finally(() => {
      filling = null;
    });
    return filling;
  };
  return {
    async fill() {
      const bounds = boundsOf(reader);
      last = Math.max(last, bounds.last);
      // What retention has dropped is not walked through.
      filled = Math.max(filled, bounds.first - 1);
      await fill();
    },
    grown(sequence) {
      last = Math.max(last, sequence);
      if (last - filled < FILL_EVENTS || filling !== null) return;
      // The next event tries again, from where the store stands. One that cannot write says so to whoever gave it the event.
      fill().catch(() => {});
    },
    fillAhead() {
      // What cannot be filled in is found in the log.
      writer.write(fillingThrough(filledThrough(reader) + FILL_AHEAD)).catch(() => {});
    },
  };
}

function fillingThrough(sequence: number): readonly Statement[] {
  return [FILL_KEYS, FILL_PLACES, HEARD, PUT_PROGRESS].map((sql) => ({ sql, params: [sequence] }));
}

/** The newest event that is filled in; those behind it are found in the log itself. */
export function filledThrough(reader: Pick<Reader, 'get'>): number {
  const row = reader.get(PROGRESS);
  return row === null ? 0 : numberOf(row, 'sequence');
}

/** The bucket of an event. */
export function bucketOf(sequence: number): number {
  return Math.floor(sequence / 2 ** BUCKET_BITS);
}
