import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { ApiKeyStore, AuditLog } from '../ports.ts';
import { createApiKeyStore } from './api-key-store.ts';
import { registerAuditMac } from './audit-key.ts';
import { createAuditLog } from './audit-log.ts';
import { filesIn } from './files.ts';
import { checkVersion, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openSqliteStore } from './open.ts';
import { Reader } from './reader.ts';

/** The API keys of a data directory, for the command line. */
export interface OpenApiKeys {
  readonly apiKeys: ApiKeyStore;
  readonly audit: AuditLog;
  close(): Promise<void>;
}

/**
 * Opens the API keys, whether a gateway runs over that directory or not: one that runs sees the change when it looks
 * again. Only where none runs the database is made and migrated.
 * @throws StoreError `SCHEMA_TOO_NEW` where the gateway that runs is of another version
 */
export async function openApiKeys(dataDir: string): Promise<OpenApiKeys> {
  try {
    return await openSqliteStore({ dataDir });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'LOCKED') throw error;
    return openBeside(filesIn(dataDir).database);
  }
}

const BUSY_TIMEOUT_MS = 5000;

function openBeside(file: string): OpenApiKeys {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  database.exec('PRAGMA synchronous = FULL');
  registerAuditMac(database, file);
  try {
    checkSchema(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const reader = new Reader(file);
  const writer: Parameters<typeof createApiKeyStore>[0] = {
    async write(unit) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const results = unit.map(({ sql, params }) => {
          const { changes, lastInsertRowid } = database.prepare(sql).run(...params);
          return { changes: Number(changes), rowId: Number(lastInsertRowid) };
        });
        database.exec('COMMIT');
        return results;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
  };
  return {
    apiKeys: createApiKeyStore(writer, reader),
    audit: createAuditLog(writer, reader),
    async close() {
      reader.close();
      database.close();
    },
  };
}

/** @throws StoreError `SCHEMA_TOO_NEW` where the gateway that runs is older, or so much newer that this cannot work beside it */
function checkSchema(database: DatabaseSync): void {
  checkVersion(database, MIGRATIONS.length);
  const version = versionOf(database);
  if (version >= MIGRATIONS.length) return;
  throw new StoreError(
    'SCHEMA_TOO_NEW',
    `The gateway that runs keeps schema version ${version}, this program knows ${MIGRATIONS.length}: use the same version.`,
  );
}
