import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { AuditAnchor, AuditVerdict } from '../audit/verify-chain.ts';
import { postgresOptionsOf, type StorePlace } from '../store/open-configured.ts';
import { openBeside } from '../store/postgres/beside.ts';
import { verifyAudit as verifyInPostgres } from '../store/postgres/verify-audit.ts';
import { readAuditKey } from '../store/sqlite/audit-key.ts';
import { filesIn } from '../store/sqlite/files.ts';
import { verifyAudit } from '../store/sqlite/verify-audit.ts';
import type { CommandOutput } from './output.ts';

/**
 * Verifies the audit where the configuration keeps it, whether a gateway runs there or not. It changes nothing.
 * @param anchor what an earlier run printed; null: none was noted
 * @returns whether it is whole; what was found has been said
 */
export async function runAudit(anchor: AuditAnchor | null, place: StorePlace, output: CommandOutput): Promise<boolean> {
  const { dataDir, store } = place;
  if (store?.kind !== 'postgres') return runAuditIn(anchor, dataDir, output);
  try {
    const opened = await openBeside(await postgresOptionsOf(store, place), dataDir);
    try {
      return tell(await verifyInPostgres(opened.database, opened.key, anchor), output);
    } finally {
      await opened.close();
    }
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

/** As {@link runAudit}, of the embedded store in a data directory. */
export function runAuditIn(anchor: AuditAnchor | null, dataDir: string, output: CommandOutput): boolean {
  try {
    const { database: file } = filesIn(dataDir);
    if (!existsSync(file)) throw new Error(`There is no database ${file}.`);
    const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    try {
      return tell(verifyAudit(database, readAuditKey(file), anchor), output);
    } finally {
      database.close();
    }
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

function tell(verdict: AuditVerdict, { out, err }: CommandOutput): boolean {
  if (!verdict.whole) {
    err(`The audit is broken at row ${verdict.sequence}: ${verdict.reason}.\n`);
    return false;
  }
  const { rows, last, mac, dropped } = verdict;
  const anchor = last > 0 ? ` Anchor: ${last}:${mac}` : '';
  const before = dropped > 0 ? `, from ${dropped + 1} on; retention has dropped those before` : '';
  out(`The audit is whole: ${rows} rows${before}.${anchor}\n`);
  return true;
}
