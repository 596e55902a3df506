import type { Call } from '../../model.ts';
import { eventCallPages } from '../event-call-pages.ts';
import type { CallStore } from '../ports.ts';
import { numberOf, recordOf } from '../rows.ts';
import { listNewestFirst, type NewestFirstTable } from './newest-first.ts';
import type { Statement } from './protocol.ts';
import type { Reader } from './reader.ts';
import { isIn, listOf } from './scan.ts';
import type { Writer } from './writer.ts';

// Of a call that is there not the columns of the index by phone: a statement that names them writes its entry anew, a page a call.
const PUT_CALL = `INSERT INTO calls (id, phone_id, state, direction, started_at, ended_at, body)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET state = excluded.state, direction = excluded.direction, ended_at = excluded.ended_at,
    body = excluded.body`;
// A call's phone stays, since its id is made of it, and its beginning nearly always.
const MOVE_CALLS = `UPDATE calls SET started_at = told.value ->> 1 FROM json_each(?) AS told
  WHERE calls.id = told.value ->> 0 AND calls.started_at <> told.value ->> 1`;
// Derived again, an event may turn out to belong to another call.
const PUT_EVENT_CALLS = `INSERT INTO call_events (sequence, call_id) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
  ON CONFLICT (sequence) DO UPDATE SET call_id = excluded.call_id`;
const PUT_PROGRESS = `INSERT INTO progress (name, sequence) VALUES ('calls', ?)
  ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence`;
const PROGRESS = `SELECT sequence FROM progress WHERE name = 'calls'`;
const GET = 'SELECT body FROM calls WHERE id = :id';
const ACTIVE = `SELECT body FROM calls INDEXED BY calls_active WHERE state <> 'ENDED'`;
const ENDED_SINCE = `SELECT body FROM calls INDEXED BY calls_ended WHERE state = 'ENDED' AND ended_at >= :since`;
const CALLS_OF_EVENTS = `SELECT call_events.sequence, calls.body FROM call_events JOIN calls ON calls.id = call_events.call_id
  WHERE call_events.sequence > :after AND call_events.sequence <= :through`;
const EVENTS_OF_CALLS = `SELECT sequence, call_id FROM call_events
  WHERE call_id IN (SELECT value FROM json_each(:callIds)) AND (call_id, sequence) > (:callId, :sequence)
  ORDER BY call_id, sequence LIMIT :limit`;

/** So many phones or fewer are each looked up in the index by phone; for more the whole list is walked once. */
const FEW_PHONES = 16;
const CALLS: NewestFirstTable = {
  table: 'calls',
  timeColumn: 'started_at',
  index: 'calls_scan',
  partitions: { phone_id: 'calls_phone_scan' },
  conditions: `${isIn('phone_id', 'phoneIds')} AND ${isIn('state', 'states')} AND ${isIn('direction', 'directions')}`,
};

/** Calls in SQLite. */
export function createCallStore(writer: Writer, reader: Reader): CallStore {
  return {
    async save({ calls, eventCalls, throughSequence }) {
      await writer.write([
        ...calls.map(putCall),
        ...(calls.length === 0 ? [] : [moveCalls(calls)]),
        ...(eventCalls.length === 0 ? [] : [putEventCalls(eventCalls)]),
        { sql: PUT_PROGRESS, params: [throughSequence] },
      ]);
    },
    async throughSequence() {
      const row = reader.get(PROGRESS);
      return row === null ? 0 : numberOf(row, 'sequence');
    },
    async get(id) {
      const row = reader.get(GET, { id });
      return row === null ? null : recordOf<Call>(row);
    },
    async recent({ endedSince, closedSince }) {
      const ended = reader.all(ENDED_SINCE, { since: Math.min(endedSince, closedSince) });
      return [...reader.all(ACTIVE), ...ended]
        .map((row) => recordOf<Call>(row))
        .filter(({ endedAt, endInferred }) => endedAt === null || endedAt >= (endInferred ? closedSince : endedSince))
        .sort((a, b) => a.startedAt - b.startedAt);
    },
    list({ phoneIds, states, directions, since, until }, page) {
      const few = phoneIds !== undefined && phoneIds.length <= FEW_PHONES;
      const partition = few ? { column: 'phone_id', values: phoneIds } : null;
      const values = {
        phoneIds: listOf(few ? undefined : phoneIds),
        states: listOf(states),
        directions: listOf(directions),
      };
      return listNewestFirst<Call>({ reader, table: CALLS }, { partition, since, until, values }, page);
    },
    async ofEvents({ after, through }) {
      const rows = reader.all(CALLS_OF_EVENTS, { after, through });
      return new Map(rows.map((row) => [numberOf(row, 'sequence'), recordOf<Call>(row)]));
    },
    eventCalls: (callIds) =>
      eventCallPages(callIds, async (asked) =>
        reader.all(EVENTS_OF_CALLS, { ...asked, callIds: JSON.stringify(asked.callIds) }),
      ),
  };
}

function putCall(call: Call): Statement {
  const { id, phoneId, state, direction, startedAt, endedAt } = call;
  return { sql: PUT_CALL, params: [id, phoneId, state, direction, startedAt, endedAt, JSON.stringify(call)] };
}

/** In one statement: many small ones take longer to hand to the writing thread than to run. */
function putEventCalls(eventCalls: readonly { readonly sequence: number; readonly callId: string }[]): Statement {
  return {
    sql: PUT_EVENT_CALLS,
    params: [JSON.stringify(eventCalls.map(({ sequence, callId }) => [sequence, callId]))],
  };
}

function moveCalls(calls: readonly Call[]): Statement {
  return { sql: MOVE_CALLS, params: [JSON.stringify(calls.map(({ id, startedAt }) => [id, startedAt]))] };
}
