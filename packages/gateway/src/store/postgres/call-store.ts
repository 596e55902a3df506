import type { Call } from '../../model.ts';
import { eventCallPages } from '../event-call-pages.ts';
import type { CallStore } from '../ports.ts';
import { numberOf, recordOf, textOf } from '../rows.ts';
import { Conditions } from './conditions.ts';
import type { Database } from './database.ts';
import { listNewestFirst } from './newest-first.ts';
import { prepared } from './prepared.ts';
import { whenAllEnded } from './when-all-ended.ts';
import type { Writer } from './writer.ts';

// In one order of rows, since several gateways may write the same ones.
const PUT_CALLS = prepared(`INSERT INTO calls (id, phone_id, state, direction, started_at, ended_at, body, derived)
  SELECT *, $8::bigint
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[]) AS told (id)
  ORDER BY id
  ON CONFLICT (id) DO UPDATE SET phone_id = excluded.phone_id, state = excluded.state, direction = excluded.direction,
    started_at = excluded.started_at, ended_at = excluded.ended_at, body = excluded.body, derived = excluded.derived
  WHERE calls.derived <= excluded.derived`);
// Derived again, an event may turn out to belong to another call.
const PUT_EVENT_CALLS = prepared(`INSERT INTO call_events (sequence, call_id, derived)
  SELECT *, $3::bigint FROM unnest($1::bigint[], $2::text[]) AS told (sequence) ORDER BY sequence
  ON CONFLICT (sequence) DO UPDATE SET call_id = excluded.call_id, derived = excluded.derived
  WHERE call_events.derived <= excluded.derived`);
const PUT_PROGRESS = prepared(`INSERT INTO progress (name, sequence) VALUES ('calls', $1)
  ON CONFLICT (name) DO UPDATE SET sequence = greatest(progress.sequence, excluded.sequence)`);
// Each is looked up: NOT EXISTS is planned as a join, for which the whole table was read.
const MISSING_CALLS = prepared(`SELECT id FROM unnest($1::text[], $2::bigint[]) AS asked (id, through)
  WHERE coalesce((SELECT derived FROM calls WHERE calls.id = asked.id) < through, true)`);
const MISSING_EVENTS = prepared(`SELECT sequence FROM unnest($1::bigint[], $2::bigint[]) AS asked (sequence, through)
  WHERE coalesce((SELECT derived FROM call_events WHERE call_events.sequence = asked.sequence) < through, true)`);
const PROGRESS = `SELECT sequence FROM progress WHERE name = 'calls'`;
const GET = prepared('SELECT body FROM calls WHERE id = $1');
const ACTIVE = `SELECT body FROM calls WHERE state <> 'ENDED'`;
const ENDED_SINCE = `SELECT body FROM calls WHERE state = 'ENDED' AND ended_at >= $1`;
const CALLS_OF_EVENTS = prepared(`SELECT call_events.sequence, calls.body
  FROM call_events JOIN calls ON calls.id = call_events.call_id
  WHERE call_events.sequence = ANY ($1::bigint[])`);
const EVENTS_OF_CALLS = prepared(`SELECT sequence, call_id FROM call_events
  WHERE call_id = ANY ($1::text[]) AND (call_id, sequence) > ($2, $3) ORDER BY call_id, sequence LIMIT $4`);

/** What calls in PostgreSQL are kept with. */
export interface CallStoreParts {
  readonly writer: Writer;
  readonly database: Database;
  /** Whether other gateways write calls too. */
  readonly isShared: boolean;
}

/** Calls in PostgreSQL. */
export function createCallStore({ writer, database, isShared }: CallStoreParts): CallStore {
  return {
    save: ({ calls, eventCalls, throughSequence, isPartial = false }) =>
      writer.write(async (session) => {
        const sequences = eventCalls.map(({ sequence }) => sequence);
        const callIds = eventCalls.map(({ callId }) => callId);
        await whenAllEnded([
          calls.length > 0 && session.query(PUT_CALLS, [...columnsOf(calls), throughSequence]),
          sequences.length > 0 && session.query(PUT_EVENT_CALLS, [sequences, callIds, throughSequence]),
          !isPartial && session.query(PUT_PROGRESS, [throughSequence]),
        ]);
      }),
    ...(isShared && {
      async missing({ calls, events }) {
        const [missingCalls, missingEvents] = await Promise.all([
          database.query(MISSING_CALLS, [calls.map(({ id }) => id), calls.map(({ through }) => through)]),
          database.query(MISSING_EVENTS, [
            events.map(({ sequence }) => sequence),
            events.map(({ through }) => through),
          ]),
        ]);
        return {
          calls: missingCalls.map((row) => textOf(row, 'id')),
          events: missingEvents.map((row) => numberOf(row, 'sequence')),
        };
      },
    }),
    async throughSequence() {
      const row = await database.first(PROGRESS);
      return row === null ? 0 : numberOf(row, 'sequence');
    },
    async get(id) {
      const row = await database.first(GET, [id]);
      return row === null ? null : recordOf<Call>(row);
    },
    async recent({ endedSince, closedSince }) {
      const ended = await database.query(ENDED_SINCE, [Math.min(endedSince, closedSince)]);
      return [...(await database.query(ACTIVE)), ...ended]
        .map((row) => recordOf<Call>(row))
        .filter(({ endedAt, endInferred }) => endedAt === null || endedAt >= (endInferred ? closedSince : endedSince))
        .sort((a, b) => a.startedAt - b.startedAt);
    },
    list({ phoneIds, states, directions, since, until }, page) {
      const conditions = new Conditions()
        .isIn('phone_id', phoneIds)
        .isIn('state', states)
        .isIn('direction', directions)
        .add(since, (at) => `started_at >= ${at}`)
        .add(until, (at) => `started_at < ${at}`);
      return listNewestFirst<Call>({ database, table: 'calls', timeColumn: 'started_at' }, conditions, page);
    },
    async ofEvents({ after, through }) {
      // By name: of a range the planner expects so many that it plans anew each time.
      const places = Array.from({ length: through - after }, (_, index) => after + 1 + index);
      const rows = await database.query(CALLS_OF_EVENTS, [places]);
      return new Map(rows.map((row) => [numberOf(row, 'sequence'), recordOf<Call>(row)]));
    },
    eventCalls: (asked) =>
      eventCallPages(asked, ({ callIds, callId, sequence, limit }) =>
        database.query(EVENTS_OF_CALLS, [callIds, callId, sequence, limit]),
      ),
  };
}

function columnsOf(calls: readonly Call[]) {
  return [
    calls.map(({ id }) => id),
    calls.map(({ phoneId }) => phoneId),
    calls.map(({ state }) => state),
    calls.map(({ direction }) => direction),
    calls.map(({ startedAt }) => startedAt),
    calls.map(({ endedAt }) => endedAt),
    calls.map((call) => JSON.stringify(call)),
  ];
}
