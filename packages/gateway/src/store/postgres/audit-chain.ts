import type { AuditEntry } from '../../audit/audit-entry.ts';
import { type ChainedRow, headValues, macOf, rowValues } from '../../audit/audit-mac.ts';
import { numberOf, type Row, textOf } from '../rows.ts';
import { storableText, type Transaction } from './database.ts';
import { prepared } from './prepared.ts';

// Whoever appends holds the head until the commit: rows are appended in one order, whichever gateway they come from.
const HEAD = 'SELECT sequence, mac FROM audit_head WHERE id = 1 FOR UPDATE';
const LOCK_WITHOUT_HEAD = 'LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE';
// A statement of its own: it sees what was committed while the head was waited for.
const LAST = 'SELECT sequence, mac FROM audit ORDER BY sequence DESC LIMIT 1';
const APPENDING = `INSERT INTO audit (sequence, at, caller_id, caller_name, action, phone_id, outcome, body, mac)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[])`;
const APPEND = prepared(APPENDING);
const APPEND_AND_MOVE_HEAD = prepared(`WITH appended AS (${APPENDING})
  UPDATE audit_head SET sequence = $10, mac = $11 WHERE id = 1`);

/** Appends entries to the chain, in this order, as the last of the transaction. */
export async function appendToChain(
  session: Transaction,
  key: Uint8Array,
  entries: readonly AuditEntry[],
): Promise<void> {
  const { head, last } = await endOf(session);
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
  const columns = [
    column('sequence'),
    column('at'),
    column('callerId'),
    column('callerName'),
    column('action'),
    column('phoneId'),
    column('outcome'),
    column('body'),
    column('mac'),
  ];
  // Only a head that is right goes on: else the next row would make a chain whole from which somebody took the end.
  const isRight =
    head !== undefined &&
    headSequence === end.sequence &&
    textOf(head, 'mac') === macOf(key, headValues(end.sequence, end.mac));
  if (!isRight) session.last(APPEND, columns);
  else session.last(APPEND_AND_MOVE_HEAD, [...columns, sequence, macOf(key, headValues(sequence, mac))]);
}

/** What the chain ends with; nobody else appends before the commit. */
async function endOf(session: Transaction): Promise<Readonly<Record<'head' | 'last', Row | undefined>>> {
  const [[head] = [], [last] = []] = await session.together(HEAD, LAST);
  if (head !== undefined) return { head, last };
  // Somebody took it away.
  const [, [lastNow] = []] = await session.together(LOCK_WITHOUT_HEAD, LAST);
  return { head, last: lastNow };
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
