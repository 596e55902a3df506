import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { readAuditKey } from '../store/sqlite/audit-key.ts';
import { filesIn } from '../store/sqlite/files.ts';
import { type AuditAnchor, verifyAudit } from '../store/sqlite/verify-audit.ts';
import type { CommandOutput } from './output.ts';

/**
 * Verifies the audit of a data directory, whether its gateway runs or not. It changes nothing.
 * @param anchor what an earlier run printed; null: none was noted
 * @returns whether it is whole; what was found has been said
 */
export function runAudit(anchor: AuditAnchor | null, dataDir: string, { out, err }: CommandOutput): boolean {
  try {
    const { database: file } = filesIn(dataDir);
    if (!existsSync(file)) throw new Error(`There is no database ${file}.`);
    const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    try {
      const verdict = verifyAudit(database, readAuditKey(file), anchor);
      if (verdict.whole) {
        out(
          `The audit is whole: ${verdict.rows} rows.${verdict.rows > 0 ? ` Anchor: ${verdict.rows}:${verdict.mac}` : ''}\n`,
        );
        return true;
      }
      err(`The audit is broken at row ${verdict.sequence}: ${verdict.reason}.\n`);
      return false;
    } finally {
      database.close();
    }
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}
