import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { macOf } from '../../audit/audit-mac.ts';
import { parseSecretKey } from '../../security/secret-key.ts';
import { StoreError } from '../errors.ts';

/** The key of the audit's codes: beside the database, for itself, so that changing the key of secrets leaves the chain whole. */
export function auditKeyFile(database: string): string {
  return join(dirname(database), 'audit.key');
}

/** Reads it. @throws an Error where there is none, or it is none */
export function readAuditKey(database: string): Buffer {
  return parseSecretKey(readFileSync(auditKeyFile(database), 'utf8'));
}

/**
 * Gives a connection that writes the function `audit_mac`: a row's place, and so its code, is known only where it is
 * written. The key is read when it is first needed.
 */
export function registerAuditMac(database: DatabaseSync, file: string): void {
  let key: Buffer | null = null;
  database.function('audit_mac', { varargs: true, deterministic: true, directOnly: true }, (...values) => {
    key ??= readAuditKey(file);
    return macOf(
      key,
      values.map((value) => {
        if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
        throw new StoreError('FAULT', 'The audit covers texts and numbers only.');
      }),
    );
  });
}
