import type { AuditEntry } from '../../audit/audit-entry.ts';
import { type ChainedRow, headValues, macOf, rowValues } from '../../audit/audit-mac.ts';
import { numberOf, textOf } from '../rows.ts';
import { type Session, storableText } from './database.ts';

// Whoever appends holds the head until the commit: rows are appended in one order, whichever gateway they come from.
const HEAD = 'SELECT sequence, mac FROM audit_head WHERE id = 1 FOR UPDATE';
const LOCK_WITHOUT_HEAD = 'LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE';
// A statement of its own: it sees what was committed while the head was waited for.
const LAST = 'SELECT sequence, mac FROM audit ORDER BY sequence DESC LIMIT 1';
const APPEND = `INSERT INTO audit (sequence, at, caller_id, caller_name, action, phone_id, outcome, body, mac)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[])`;
const MOVE_HEAD = 'UPDATE audit_head SET sequence = $1, mac = $2 WHERE id = 1';

/** Appends entries to the chain, in this order. */
export async function appendToChain(session: Session, key: Uint8Array, entries: readonly AuditEntry[]): Promise<void> {
  const [head] = await session.query(HEAD);
  if (head === undefined) await session.query(LOCK_WITHOUT_HEAD);
  const [last] = await session.query(LAST);
  const end =
    last === undefined ? { sequence: 0, mac: '' } : { sequence: numberOf(last, 'sequence'), mac: textOf(last, 'mac') };
  const headSequence = head === undefined ? 0 : numberOf(head, 'sequence');
  // Behind rows that were cut off a gap stays.
  let sequence = Math.max(end.sequence, headSequence);
  let { mac } = end;
  const rows = entries.map((entry) => {
    sequence += 1;
    const row = rowOf(entry, sequence);
    mac = macOf(key, rowValues(mac, row));
    return { ...row, mac };
  });
  const column = <Name extends keyof (typeof rows)[number]>(name: Name) => rows.map((row) => row[name]);
  await session.query(APPEND, [
    column('sequence'),
    column('at'),
    column('callerId'),
    column('callerName'),
    column('action'),
    column('phoneId'),
    column('outcome'),
    column('body'),
    column('mac'),
  ]);
  // Only a head that is right goes on: else the next row would make a chain whole from which somebody took the end.
  const isRight =
    head !== undefined &&
    headSequence === end.sequence &&
    textOf(head, 'mac') === macOf(key, headValues(end.sequence, end.mac));
  if (isRight) await session.query(MOVE_HEAD, [sequence, macOf(key, headValues(sequence, mac))]);
}

/** The row as it will be read back. */
function rowOf({ at, caller, action, phoneId, outcome, ...body }: AuditEntry, sequence: number): ChainedRow {
  return {
    sequence,
    at,
    callerId: storableText(caller.id),
    callerName: storableText(caller.name),
    action: storableText(action),
    phoneId: phoneId === null ? null : storableText(phoneId),
    outcome,
    body: JSON.stringify(body),
  };
}
