import type { AuditEntry, AuditOutcome, AuditRecord } from '../../audit/audit-entry.ts';
import { pageSize } from '../page-size.ts';
import type { AuditLog } from '../ports.ts';
import { numberOf, type Row, recordOf, textOf, textOrNullOf } from '../rows.ts';
import { Conditions } from './conditions.ts';
import type { Database } from './database.ts';
import type { Writer } from './writer.ts';

/** The audit in PostgreSQL. */
export function createAuditLog(writer: Writer, database: Database): AuditLog {
  return {
    append: (entry) => writer.write(async (session) => session.audit(entry), { byOneStatement: true }),
    async list({ callerIds, actions, phoneIds, outcomes, since, until }, { limit, before }) {
      const conditions = new Conditions()
        .isIn('caller_id', callerIds)
        .isIn('action', actions)
        .isIn('phone_id', phoneIds)
        .isIn('outcome', outcomes)
        .add(since, (at) => `at >= ${at}`)
        .add(until, (at) => `at < ${at}`)
        .add(before, (sequence) => `sequence < ${sequence}`);
      // One more than asked for tells whether there is a next page.
      const most = conditions.value(pageSize(limit) + 1);
      const rows = await database.query(
        `SELECT * FROM audit ${conditions.where} ORDER BY sequence DESC LIMIT ${most}`,
        conditions.values,
      );
      return {
        items: rows.slice(0, limit).map(auditRecordOf),
        hasNextPage: rows.length > limit,
        hasPreviousPage: before !== undefined,
      };
    },
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
