import type { AuditEntry, AuditOutcome, AuditRecord } from '../../audit/audit-entry.ts';
import { pageSize } from '../page-size.ts';
import type { AuditLog, AuditQuery } from '../ports.ts';
import { numberOf, type Row, recordOf, textOf, textOrNullOf } from '../rows.ts';
import type { Statement } from './protocol.ts';
import type { NamedValues, Reader } from './reader.ts';
import { isIn, listOf, scan } from './scan.ts';
import type { Writer } from './writer.ts';

// The order of the values is that of rowValues in audit-mac.ts. Behind rows that were cut off a gap stays.
const APPEND = `INSERT INTO audit (sequence, at, caller_id, caller_name, action, phone_id, outcome, body, mac)
  SELECT next.sequence, ?1, ?2, ?3, ?4, ?5, ?6, ?7,
    audit_mac('row', next.previous, next.sequence, ?1, ?2, ?3, ?4, ?5, ?6, ?7)
  FROM (SELECT max(coalesce((SELECT max(sequence) FROM audit), 0),
      coalesce((SELECT sequence FROM audit_head WHERE id = 1), 0)) + 1 AS sequence,
    coalesce((SELECT mac FROM audit ORDER BY sequence DESC LIMIT 1), '') AS previous) AS next`;
// Only a head that is right goes on: else the next row would make a chain whole from which somebody took the end.
const MOVE_HEAD = `UPDATE audit_head SET sequence = last.sequence, mac = audit_mac('head', last.sequence, last.mac)
  FROM (SELECT sequence, mac FROM audit ORDER BY sequence DESC LIMIT 1) AS last
  WHERE audit_head.mac = audit_mac('head', audit_head.sequence,
    coalesce((SELECT mac FROM audit WHERE sequence = audit_head.sequence), ''))`;
const CONDITIONS = `${isIn('caller_id', 'callerIds')} AND ${isIn('action', 'actions')} AND ${isIn('phone_id', 'phoneIds')}
  AND ${isIn('outcome', 'outcomes')} AND at >= :since AND at < :until`;
const BOUNDARY = 'SELECT sequence FROM audit WHERE sequence < :before ORDER BY sequence DESC LIMIT 1 OFFSET :offset';
const MATCHES = `SELECT sequence FROM audit WHERE sequence < :before AND sequence >= :through AND ${CONDITIONS}
  ORDER BY sequence DESC LIMIT :limit`;
const ROWS = `SELECT * FROM audit WHERE sequence IN (SELECT value FROM json_each(:sequences)) ORDER BY sequence DESC`;

/** What appends an entry, for a unit of work that it belongs to. */
export function auditStatements(entry: AuditEntry): readonly Statement[] {
  const { at, caller, action, phoneId, outcome, ...body } = entry;
  return [
    { sql: APPEND, params: [at, caller.id, caller.name, action, phoneId, outcome, JSON.stringify(body)] },
    // However many rows a commit has, its end moves once.
    { sql: MOVE_HEAD, params: [], atEnd: true },
  ];
}

/** The audit in SQLite. */
export function createAuditLog(writer: Pick<Writer, 'write'>, reader: Pick<Reader, 'all' | 'get'>): AuditLog {
  return {
    async append(entry) {
      await writer.write(auditStatements(entry));
    },
    async list(query, { limit, before }) {
      const values = valuesOf(query);
      // One more than asked for tells whether there is a next page.
      const wanted = pageSize(limit) + 1;
      const found = await scan(
        {
          boundary(from: number, rows) {
            const row = reader.get(BOUNDARY, { before: from, offset: rows - 1 });
            return row === null ? null : numberOf(row, 'sequence');
          },
          matches: (from, through, most) =>
            reader
              .all(MATCHES, { ...values, before: from, through: through ?? 0, limit: most })
              .map((row) => numberOf(row, 'sequence')),
        },
        before ?? Number.MAX_SAFE_INTEGER,
        wanted,
      );
      const sequences = JSON.stringify(found.slice(0, limit));
      return {
        items: reader.all(ROWS, { sequences }).map(auditRecordOf),
        hasNextPage: found.length > limit,
        hasPreviousPage: before !== undefined,
      };
    },
  };
}

function valuesOf({ callerIds, actions, phoneIds, outcomes, since, until }: AuditQuery): NamedValues {
  return {
    callerIds: listOf(callerIds),
    actions: listOf(actions),
    phoneIds: listOf(phoneIds),
    outcomes: listOf(outcomes),
    since: since ?? 0,
    until: until ?? Number.MAX_SAFE_INTEGER,
  };
}

type Body = Omit<AuditEntry, 'at' | 'caller' | 'action' | 'phoneId' | 'outcome'>;

function auditRecordOf(row: Row): AuditRecord {
  return {
    ...recordOf<Body>(row),
    sequence: numberOf(row, 'sequence'),
    at: numberOf(row, 'at'),
    caller: { id: textOf(row, 'caller_id'), name: textOf(row, 'caller_name') },
    action: textOf(row, 'action'),
    phoneId: textOrNullOf(row, 'phone_id'),
    outcome: textOf(row, 'outcome') as AuditOutcome,
    mac: textOf(row, 'mac'),
  };
}
