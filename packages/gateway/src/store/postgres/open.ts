import { join } from 'node:path';
import { createStoreChanges, telling } from '../../cluster/store-changes.ts';
import { loadSecretKeyFile } from '../../security/secret-key.ts';
import { makeDataDir } from '../data-dir.ts';
import { StoreError } from '../errors.ts';
import type { Store } from '../ports.ts';
import { createApiKeyStore } from './api-key-store.ts';
import { createAuditLog } from './audit-log.ts';
import { beginAudit } from './begin-audit.ts';
import { createCallStore } from './call-store.ts';
import { createCommandStore } from './command-store.ts';
import { Database } from './database.ts';
import { eventsInPostgres, type OpenEvents } from './events-elsewhere.ts';
import { createDialCounts, createSealedKeyStore, createTypedStore } from './kept-facts.ts';
import { createLaneStore } from './lane-store.ts';
import { createOnboardingLinkStore } from './onboarding-link-store.ts';
import type { PostgresOptions } from './options.ts';
import { createPhoneStore } from './phone-store.ts';
import { type Place, type PlaceLog, takePlace } from './place.ts';
import { createRetention } from './retention.ts';
import { Writer } from './writer.ts';

const HEARTBEAT = 'INSERT INTO heartbeat (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at';

/** What {@link openPostgresStore} needs. */
export interface PostgresStoreOptions {
  readonly postgres: PostgresOptions;
  /** Where `audit.key` is; made where it is missing. */
  readonly dataDir: string;
  readonly log: PlaceLog;
  /** Where the events are. Left out: in the database too. */
  readonly events?: OpenEvents | undefined;
  /** What it is called among several gateways that work on the database at once. Left out: it is to be alone. */
  readonly member?: string | undefined;
}

/**
 * Opens the store in a PostgreSQL database, makes what is missing there, and migrates it.
 * @throws StoreError `LOCKED`, `SCHEMA_TOO_NEW`, `AWAY`, `DISK` (the data directory); then nothing stays open
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { postgres, dataDir, log } = options;
  const key = await auditKeyIn(dataDir);
  const place = await takePlace(postgres, log, options.member === undefined ? 'alone' : 'member');
  const database = new Database(postgres, () => place.mayWrite());
  try {
    await checkServer(database, log);
    await database.transaction((session) => beginAudit(session, key));
    const { member = null, events = eventsInPostgres() } = options;
    return await storeOver({ database, place, key, member, openEvents: events });
  } catch (error) {
    await database.close();
    await place.release();
    throw error;
  }
}

/** The key of the audit's codes, of a data directory; made where it is missing. @throws StoreError `DISK` */
export async function auditKeyIn(dataDir: string): Promise<Buffer> {
  try {
    await makeDataDir(dataDir);
    return await loadSecretKeyFile(join(dataDir, 'audit.key'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('DISK', `The data directory ${dataDir} cannot be used: ${reason}.`, { cause });
  }
}

/** What a server must have, and what it should. */
async function checkServer(database: Database, log: PlaceLog): Promise<void> {
  const row = await database.first(
    `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync`,
  );
  if (row?.['encoding'] !== 'UTF8') {
    throw new StoreError('FAULT', `The database must be encoded in UTF8, not ${String(row?.['encoding'])}.`);
  }
  if (row['fsync'] !== 'on') log.warn({}, 'PostgreSQL runs with fsync off: what it has committed may be lost');
}

async function storeOver(parts: {
  readonly database: Database;
  readonly place: Place;
  /** Of the audit. */
  readonly key: Uint8Array;
  /** Null: it is alone. */
  readonly member: string | null;
  readonly openEvents: OpenEvents;
}): Promise<Store> {
  const { database, place, key, member, openEvents } = parts;
  let fault: StoreError | null = null;
  const told = (ended: StoreError | null) => {
    fault = ended;
  };
  const writer = new Writer(database, key, told);
  const log = await openEvents({ writer, database, told });
  const { events } = log;
  const shut = async () => {
    // What the log leaves behind goes through the writer.
    await log.close();
    await writer.drain();
    await Promise.all([database.close(), log.disconnect()]);
    await place.release();
  };
  const changes = log.bus === undefined ? null : createStoreChanges(log.bus);
  const phones = createPhoneStore(writer, database, changes !== null);
  const apiKeys = createApiKeyStore(writer, database);
  const onboardingLinks = createOnboardingLinkStore(writer, database);
  let closed: Promise<void> | null = null;
  return {
    events,
    bus: log.bus,
    onChanged: changes?.onChanged,
    phones: { ...phones, put: telling(phones.put, changes, 'phones') },
    calls: createCallStore({ writer, database, isShared: log.bus !== undefined }),
    commands: createCommandStore(writer, database, member),
    lanes: member === null ? undefined : createLaneStore(writer, database, member),
    apiKeys: { ...apiKeys, put: telling(apiKeys.put, changes, 'keys') },
    onboardingLinks: { ...onboardingLinks, put: telling(onboardingLinks.put, changes, 'links') },
    dialCounts: createDialCounts(writer, database, changes !== null),
    typed: createTypedStore(writer, database),
    audit: createAuditLog(writer, database),
    sealedKeys: createSealedKeyStore(writer, database),
    retention: createRetention({ writer, key, log: { ...log.retention, bounds: () => events.bounds() } }),
    // A row is really written: that a disk is full, or that this is a standby, shows in nothing less.
    async check() {
      await writer.run(HEARTBEAT, [Date.now()]);
      await log.check();
    },
    get fault() {
      return fault ?? log.fault;
    },
    close() {
      changes?.stop();
      closed ??= shut();
      return closed;
    },
  };
}
