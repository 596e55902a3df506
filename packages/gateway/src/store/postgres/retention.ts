import { AUDIT_STEP, newStart } from '../../audit/drop-rows.ts';
import { keptRowOf, startOf } from '../audit-rows.ts';
import type { EventLog } from '../ports.ts';
import type { RetentionStore } from '../retention.ts';
import { textOf, textOrNullOf } from '../rows.ts';
import type { Session } from './database.ts';
import type { EventRetention } from './drop-partitions.ts';
import type { Writer } from './writer.ts';

/** Rows a step. */
const STEP = 500;

const DROP_CALLS_OF_EVENTS = `DELETE FROM call_events
  WHERE sequence IN (SELECT sequence FROM call_events WHERE sequence < $1 ORDER BY sequence LIMIT ${STEP}) RETURNING 1`;

const OLD_CALLS = `SELECT id FROM calls WHERE state = 'ENDED' AND ended_at < $1 ORDER BY ended_at LIMIT ${STEP}`;
const DROP_EVENTS_OF_CALLS = 'DELETE FROM call_events WHERE call_id = ANY ($1::text[])';
const DROP_CALLS = 'DELETE FROM calls WHERE id = ANY ($1::text[]) RETURNING 1';

const OLD_COMMANDS = `SELECT id, batch_id FROM commands WHERE requested_at < $1 AND settled_at IS NOT NULL
  ORDER BY requested_at, id LIMIT ${STEP}`;
const DROP_CLAIMS = 'DELETE FROM idempotency_claims WHERE owner_id = ANY ($1::text[])';
const DROP_COMMANDS = 'DELETE FROM commands WHERE id = ANY ($1::text[]) RETURNING 1';
// A batch goes with the last of its commands.
const DROP_BATCHES = `DELETE FROM command_batches
  WHERE id = ANY ($1::text[]) AND NOT EXISTS (SELECT 1 FROM commands WHERE batch_id = command_batches.id) RETURNING id`;

const AUDIT_START = 'SELECT sequence, mac, dropped_before, code FROM audit_start WHERE id = 1';
const OLD_AUDIT = `SELECT * FROM audit ORDER BY sequence LIMIT ${AUDIT_STEP + 1}`;
// Another gateway may have dropped more meanwhile.
const MOVE_START = `INSERT INTO audit_start (id, sequence, mac, dropped_before, code) VALUES (1, $1, $2, $3, $4)
  ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, mac = excluded.mac,
    dropped_before = excluded.dropped_before, code = excluded.code
  WHERE audit_start.sequence < excluded.sequence`;
const DROP_AUDIT = 'DELETE FROM audit WHERE sequence <= $1 RETURNING 1';

/** What is worked on. */
interface RetentionParts {
  readonly writer: Writer;
  readonly log: EventRetention & Pick<EventLog, 'bounds'>;
  /** Of the audit. */
  readonly key: Uint8Array;
}

/** Drops what is old from PostgreSQL, and events from where they are. */
export function createRetention({ writer, log, key }: RetentionParts): RetentionStore {
  return {
    async dropEvents(what) {
      const dropped = await log.dropEvents(what);
      const { first } = await log.bounds();
      const links = await writer.write((session) => session.query(DROP_CALLS_OF_EVENTS, [first]));
      return { rows: dropped.rows, more: dropped.more || links.length === STEP };
    },
    dropCalls: (before) => writer.write((session) => dropCalls(session, before)),
    dropCommands: (before) => writer.write((session) => dropCommands(session, before)),
    dropAudit: (before) => writer.write((session) => dropAudit(session, before, key)),
    eventVolume: () => log.eventVolume(),
  };
}

async function dropCalls(session: Session, before: number) {
  const ids = (await session.query(OLD_CALLS, [before])).map((row) => textOf(row, 'id'));
  if (ids.length === 0) return { rows: 0, more: false };
  await session.query(DROP_EVENTS_OF_CALLS, [ids]);
  const dropped = await session.query(DROP_CALLS, [ids]);
  return { rows: dropped.length, more: ids.length === STEP };
}

async function dropCommands(session: Session, before: number) {
  const old = await session.query(OLD_COMMANDS, [before]);
  if (old.length === 0) return { rows: 0, more: false };
  const ids = old.map((row) => textOf(row, 'id'));
  await session.query(DROP_CLAIMS, [ids]);
  const dropped = await session.query(DROP_COMMANDS, [ids]);
  const batches = [...new Set(old.map((row) => textOrNullOf(row, 'batch_id')))].filter((id) => id !== null);
  const empty = batches.length === 0 ? [] : await session.query(DROP_BATCHES, [batches]);
  await session.query(DROP_CLAIMS, [empty.map((row) => textOf(row, 'id'))]);
  return { rows: dropped.length, more: old.length === STEP };
}

async function dropAudit(session: Session, before: number, key: Uint8Array) {
  const rows = (await session.query(OLD_AUDIT)).map(keptRowOf);
  const start = newStart(key, { start: startOf((await session.query(AUDIT_START))[0]), rows, before });
  if (start === null) return { rows: 0, more: false };
  const { sequence, mac, droppedBefore, code } = start;
  await session.query(MOVE_START, [sequence, mac, droppedBefore, code]);
  const dropped = await session.query(DROP_AUDIT, [sequence]);
  return { rows: dropped.length, more: dropped.length === AUDIT_STEP };
}
