import { StoreError } from '../errors.ts';
import type { ApiKeyStore, AuditLog } from '../ports.ts';
import { createApiKeyStore } from './api-key-store.ts';
import { createAuditLog } from './audit-log.ts';
import { Database } from './database.ts';
import { storeErrorOf } from './faults.ts';
import { checkVersion, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { auditKeyIn } from './open.ts';
import { createClient, type PostgresOptions } from './options.ts';
import { Writer } from './writer.ts';

/** What the command line does in a database, whether a gateway works there or not. */
export interface BesideGateway {
  readonly apiKeys: ApiKeyStore;
  readonly audit: AuditLog;
  readonly database: Database;
  /** Of the audit. */
  readonly key: Uint8Array;
  close(): Promise<void>;
}

/**
 * Opens a database that a gateway has made, beside it: it takes nobody's place and migrates nothing.
 * @throws StoreError `SCHEMA_TOO_NEW` where the schema is older, or too new for this program, `AWAY`
 */
export async function openBeside(postgres: PostgresOptions, dataDir: string): Promise<BesideGateway> {
  await checkSchema(postgres);
  const key = await auditKeyIn(dataDir);
  const database = new Database(postgres, async () => null);
  const writer = new Writer(database, key);
  return {
    apiKeys: createApiKeyStore(writer, database),
    audit: createAuditLog(writer, database),
    database,
    key,
    async close() {
      await writer.drain();
      await database.close();
    },
  };
}

async function checkSchema(postgres: PostgresOptions): Promise<void> {
  const client = createClient(postgres);
  client.on('error', () => {});
  try {
    await client.connect();
    await checkVersion(client, MIGRATIONS.length);
    const version = await versionOf(client);
    if (version >= MIGRATIONS.length) return;
    throw new StoreError(
      'SCHEMA_TOO_NEW',
      `The database has schema version ${version}, this program knows ${MIGRATIONS.length}: start a gateway first, of the same version.`,
    );
  } catch (error) {
    throw error instanceof StoreError ? error : storeErrorOf(error);
  } finally {
    await client.end();
  }
}
