import type { DatabaseSync } from 'node:sqlite';
import { type ChainedRow, headValues, macOf, rowValues } from '../../audit/audit-mac.ts';
import { numberOf, type Row, textOf, textOrNullOf } from '../rows.ts';

/** What the chain says of itself. */
export type AuditVerdict =
  /** `mac`: the last row's; empty where there is none. Noted elsewhere, it shows later whether history was written anew. */
  | { readonly whole: true; readonly rows: number; readonly mac: string }
  /** `sequence`: the first row that is not as it was written. */
  | { readonly whole: false; readonly sequence: number; readonly reason: string };

/** A place of the chain that somebody noted. */
export interface AuditAnchor {
  readonly sequence: number;
  readonly mac: string;
}

const PAGE = 1000;
const ROWS = 'SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?';
const COMMANDS = `SELECT id, settled_at FROM commands
  WHERE requested_at > (SELECT applied_at FROM schema_migrations WHERE name = 'audit') ORDER BY requested_at, id`;

/**
 * Walks the chain from its beginning: every row's code, the head, the anchor, and that every command has its row.
 * @param anchor a place that must be in the chain as it was noted
 */
export function verifyAudit(database: DatabaseSync, key: Uint8Array, anchor: AuditAnchor | null = null): AuditVerdict {
  // One moment, though a gateway may write on.
  database.exec('BEGIN');
  try {
    return verify(database, key, anchor);
  } finally {
    database.exec('ROLLBACK');
  }
}

function verify(database: DatabaseSync, key: Uint8Array, anchor: AuditAnchor | null): AuditVerdict {
  const rows = database.prepare(ROWS);
  const commands = new Map<string, boolean>();
  let [sequence, mac] = [0, ''];
  let page = rows.all(Number.MIN_SAFE_INTEGER, PAGE);
  for (; page.length > 0; page = rows.all(sequence, PAGE)) {
    for (const row of page) {
      const found = chained(row);
      const next = sequence + 1;
      if (found.sequence < next) return broken(found.sequence, 'it stands before the first one');
      if (found.sequence !== next) return broken(next, `it is missing: the next one is ${found.sequence}`);
      if (macOf(key, rowValues(mac, found)) !== textOf(row, 'mac')) {
        return broken(next, 'it is not as it was written, or not by the key in audit.key');
      }
      [sequence, mac] = [next, textOf(row, 'mac')];
      if (anchor?.sequence === sequence && anchor.mac !== mac) {
        return broken(sequence, 'it is another one than was noted: the chain up to it was written anew');
      }
      const command = commandOf(found);
      if (command !== null) commands.set(command, commands.get(command) === true || found.outcome !== 'ASKED');
    }
  }
  return atEnd(database, { sequence, mac }, { key, anchor, commands });
}

function atEnd(
  database: DatabaseSync,
  { sequence, mac }: AuditAnchor,
  known: {
    readonly key: Uint8Array;
    readonly anchor: AuditAnchor | null;
    readonly commands: ReadonlyMap<string, boolean>;
  },
): AuditVerdict {
  const { key, anchor, commands } = known;
  const next = sequence + 1;
  const head = database.prepare('SELECT sequence, mac FROM audit_head WHERE id = 1').get();
  if (head === undefined) return broken(next, 'what says where the chain ends is missing');
  const last = numberOf(head, 'sequence');
  if (last > sequence) return broken(next, `it and all up to ${last} are missing`);
  if (last < sequence || macOf(key, headValues(sequence, mac)) !== textOf(head, 'mac')) {
    return broken(next, 'what says where the chain ends is not as it was written');
  }
  if (anchor !== null && anchor.sequence > sequence)
    return broken(next, `${anchor.sequence} was noted, and is missing`);
  for (const row of database.prepare(COMMANDS).iterate()) {
    const id = textOf(row, 'id');
    const isSettled = commands.get(id);
    if (isSettled === undefined || (row['settled_at'] !== null && !isSettled)) {
      return broken(next, `the command ${id} has not all its rows: they were cut off the end`);
    }
  }
  return { whole: true, rows: sequence, mac };
}

function broken(sequence: number, reason: string): AuditVerdict {
  return { whole: false, sequence, reason };
}

function chained(row: Row): ChainedRow {
  return {
    sequence: numberOf(row, 'sequence'),
    at: numberOf(row, 'at'),
    callerId: textOf(row, 'caller_id'),
    callerName: textOf(row, 'caller_name'),
    action: textOf(row, 'action'),
    phoneId: textOrNullOf(row, 'phone_id'),
    outcome: textOf(row, 'outcome'),
    body: textOf(row, 'body'),
  };
}

function commandOf({ body }: ChainedRow): string | null {
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null || !('commandId' in parsed)) return null;
  return typeof parsed.commandId === 'string' ? parsed.commandId : null;
}
