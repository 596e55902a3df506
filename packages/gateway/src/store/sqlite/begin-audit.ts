import type { DatabaseSync } from 'node:sqlite';

const HEAD = 'SELECT 1 FROM audit_head';
const ANYTHING = `SELECT 1 FROM audit UNION ALL SELECT 1 FROM api_keys UNION ALL SELECT 1 FROM phones
  UNION ALL SELECT 1 FROM commands UNION ALL SELECT 1 FROM events LIMIT 1`;
const BEGIN = `INSERT OR IGNORE INTO audit_head (id, sequence, mac) VALUES (1, 0, audit_mac('head', 0, ''))`;

/**
 * Begins the chain, where the table was made just now or the database holds nothing yet. Elsewhere a head that is missing
 * stays so: somebody took it away, and a new one would hide that.
 */
export function beginAudit(database: DatabaseSync, isNew: boolean): void {
  if (database.prepare(HEAD).get() !== undefined) return;
  if (isNew || database.prepare(ANYTHING).get() === undefined) database.exec(BEGIN);
}
