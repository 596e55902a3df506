import { numberOf } from '../rows.ts';
import type { Reader } from './reader.ts';

/** How many places of the log are looked at, and how many events at each. */
const PLACES = 16;
const EVENTS_AT_EACH = 16;

// A row stands in the table, in the keys and in the places that lists are read from, its receipt in the first two and in an index. What a row takes beside its
// texts (lengths, places, times, cell pointers, room in pages) was measured with dbstat; a test compares.
const SAMPLE = `SELECT count(*) AS events, total(
    length(CAST(body AS BLOB)) + 3.0 * (length(CAST(phone_id AS BLOB)) + length(vendor) + length(type) + coalesce(length(call_event_kind), 0))
    + 3.0 * coalesce(length(receipt), -6)
  ) AS texts
  FROM (SELECT * FROM events WHERE sequence >= :sequence ORDER BY sequence LIMIT ${EVENTS_AT_EACH})`;
const BESIDE_TEXTS = 90;

/** What the events take in the file, indexes included: estimated from a sample, since counting would read all of them. */
export function bytesOfEvents(
  reader: Pick<Reader, 'get'>,
  { first, last }: { readonly first: number; readonly last: number },
): number {
  if (first === 0) return 0;
  const all = last - first + 1;
  let [events, texts] = [0, 0];
  for (let place = 0; place < PLACES; place += 1) {
    const row = reader.get(SAMPLE, { sequence: first + Math.floor((all * place) / PLACES) }) ?? {};
    events += numberOf(row, 'events');
    texts += numberOf(row, 'texts');
  }
  return events === 0 ? 0 : Math.round(all * (texts / events + BESIDE_TEXTS));
}
