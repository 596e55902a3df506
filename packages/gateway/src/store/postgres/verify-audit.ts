import { type AuditAnchor, type AuditVerdict, ChainCheck } from '../../audit/verify-chain.ts';
import { headOf, keptCommandOf, keptRowOf, startOf } from '../audit-rows.ts';
import type { Database, Session } from './database.ts';

const PAGE = 1000;
// One moment, though gateways may write on.
const ONE_MOMENT = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY';
const ROWS = 'SELECT * FROM audit WHERE sequence > $1 ORDER BY sequence LIMIT $2';
const HEAD = 'SELECT sequence, mac FROM audit_head WHERE id = 1';
const START = 'SELECT sequence, mac, dropped_before, code FROM audit_start WHERE id = 1';
const COMMANDS = 'SELECT id, settled_at, requested_at FROM commands WHERE id > $1 ORDER BY id LIMIT $2';

/**
 * Verifies the audit of a database, as {@link ChainCheck} tells.
 * @param anchor a place that must be in the chain as it was noted
 */
export async function verifyAudit(
  database: Pick<Database, 'transaction'>,
  key: Uint8Array,
  anchor: AuditAnchor | null = null,
): Promise<AuditVerdict> {
  return await database.transaction(async (session) => {
    await session.query(ONE_MOMENT);
    const check = new ChainCheck(key, anchor);
    return (
      check.start(startOf((await session.query(START))[0])) ??
      (await verifyRows(session, check)) ??
      check.head(headOf((await session.query(HEAD))[0])) ??
      (await verifyCommands(session, check)) ??
      check.whole()
    );
  });
}

async function verifyRows(session: Session, check: ChainCheck): Promise<AuditVerdict | null> {
  let last = Number.MIN_SAFE_INTEGER;
  const next = () => session.query(ROWS, [last, PAGE]);
  for (let page = await next(); page.length > 0; page = await next()) {
    for (const row of page) {
      const found = keptRowOf(row);
      const verdict = check.row(found);
      if (verdict !== null) return verdict;
      last = found.sequence;
    }
  }
  return null;
}

async function verifyCommands(session: Session, check: ChainCheck): Promise<AuditVerdict | null> {
  let last = '';
  const next = () => session.query(COMMANDS, [last, PAGE]);
  for (let page = await next(); page.length > 0; page = await next()) {
    for (const row of page) {
      const command = keptCommandOf(row);
      last = command.id;
      const verdict = check.command(command);
      if (verdict !== null) return verdict;
    }
  }
  return null;
}
