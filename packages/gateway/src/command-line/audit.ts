import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { readAuditKey } from '../store/sqlite/audit-key.ts';
import { filesIn } from '../store/sqlite/files.ts';
import { type AuditAnchor, verifyAudit } from '../store/sqlite/verify-audit.ts';
import type { CommandOutput } from './output.ts';

const USAGE = `audit verify [--anchor ROW:MAC]

Walks the audit of the data directory and names the first row that is not as it was written. ROW:MAC is what an earlier
run printed: note it where nobody who can write to the data directory can.
`;

/**
 * Verifies the audit of a data directory, whether its gateway runs or not. It changes nothing.
 * @param given what stands behind `audit` on the command line
 * @returns the exit code: 0 whole, 1 broken or unreadable, 2 where the command line says something else
 */
export function runAudit(given: readonly string[], dataDir: string, { out, err }: CommandOutput): number {
  const anchor = read(given);
  if (anchor === 'FAULT') {
    err(USAGE);
    return 2;
  }
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
        return 0;
      }
      err(`The audit is broken at row ${verdict.sequence}: ${verdict.reason}.\n`);
      return 1;
    } finally {
      database.close();
    }
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function read(given: readonly string[]): AuditAnchor | null | 'FAULT' {
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: { anchor: { type: 'string' } },
    });
    if (positionals.length !== 1 || positionals[0] !== 'verify') return 'FAULT';
    if (values.anchor === undefined) return null;
    const [, sequence, mac] = /^([1-9]\d*):([0-9a-f]{64})$/.exec(values.anchor) ?? [];
    return sequence === undefined || mac === undefined ? 'FAULT' : { sequence: Number(sequence), mac };
  } catch {
    return 'FAULT';
  }
}
