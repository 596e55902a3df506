import type { DatabaseSync } from 'node:sqlite';
import { type AuditAnchor, type AuditVerdict, ChainCheck } from '../../audit/verify-chain.ts';
import { headOf, keptCommandOf, keptRowOf, startOf } from '../audit-rows.ts';
import { versionOf } from './migrate.ts';
import { retention } from './migrations/0010-retention.ts';

const PAGE = 1000;
const ROWS = 'SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?';
const HEAD = 'SELECT sequence, mac FROM audit_head WHERE id = 1';
const START = 'SELECT sequence, mac, dropped_before, code FROM audit_start WHERE id = 1';
const COMMANDS = `SELECT id, settled_at, requested_at FROM commands
  WHERE requested_at > (SELECT applied_at FROM schema_migrations WHERE name = 'audit') ORDER BY requested_at, id`;

/**
 * Verifies the audit of a database, as {@link ChainCheck} tells.
 * @param anchor a place that must be in the chain as it was noted
 */
export function verifyAudit(database: DatabaseSync, key: Uint8Array, anchor: AuditAnchor | null = null): AuditVerdict {
  // One moment, though a gateway may write on.
  database.exec('BEGIN');
  try {
    const check = new ChainCheck(key, anchor);
    return verify(database, check) ?? check.whole();
  } finally {
    database.exec('ROLLBACK');
  }
}

function verify(database: DatabaseSync, check: ChainCheck): AuditVerdict | null {
  const rows = database.prepare(ROWS);
  // It changes nothing, so it may find a database that no gateway has migrated yet.
  const mayBeShort = versionOf(database) >= retention.version;
  const start = check.start(mayBeShort ? startOf(database.prepare(START).get()) : null);
  if (start !== null) return start;
  let last = Number.MIN_SAFE_INTEGER;
  for (let page = rows.all(last, PAGE); page.length > 0; page = rows.all(last, PAGE)) {
    for (const row of page) {
      const found = keptRowOf(row);
      const verdict = check.row(found);
      if (verdict !== null) return verdict;
      last = found.sequence;
    }
  }
  const verdict = check.head(headOf(database.prepare(HEAD).get()));
  if (verdict !== null) return verdict;
  for (const row of database.prepare(COMMANDS).iterate()) {
    const missing = check.command(keptCommandOf(row));
    if (missing !== null) return missing;
  }
  return null;
}
