import { makePrivate, syncDirectory, tightenIfThere } from '../../security/private-files.ts';
import { loadSecretKeyFile } from '../../security/secret-key.ts';
import { makeDataDir } from '../data-dir.ts';
import { StoreError } from '../errors.ts';
import type { Store } from '../ports.ts';
import { createApiKeyStore } from './api-key-store.ts';
import { auditKeyFile } from './audit-key.ts';
import { createAuditLog } from './audit-log.ts';
import { createCallStore } from './call-store.ts';
import { createCommandStore } from './command-store.ts';
import { createDialCounts, createTypedStore } from './dial-counts.ts';
import { createEventLog } from './event-log.ts';
import { createEventPlaces, type EventPlaces } from './event-places.ts';
import { FeatureStates } from './feature-states.ts';
import { filesIn, type StoreFiles } from './files.ts';
import { createOnboardingLinkStore } from './onboarding-link-store.ts';
import { createPhoneStore } from './phone-store.ts';
import { acquireProcessLock, type ProcessLock } from './process-lock.ts';
import { Reader } from './reader.ts';
import { createRetention } from './retention.ts';
import { createSealedKeyStore } from './sealed-keys.ts';
import { type StoreLog, Writer, type WriteStatistics } from './writer.ts';

const HEARTBEAT = `INSERT INTO heartbeat (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at`;

/** What {@link openSqliteStore} needs. */
export interface SqliteStoreOptions {
  /** Made where it is missing, with mode 0700. One process at a time may have it. */
  readonly dataDir: string;
  /** Told of a writing thread that died; a pino logger fits. Left out: nobody is told. */
  readonly log?: StoreLog | undefined;
}

/** The embedded store. */
export interface SqliteStore extends Store {
  /** How many units of work were written in how many commits since it was opened. */
  writeStatistics(): WriteStatistics;
}

/**
 * Opens the store in a data directory, makes what is missing there, and migrates it.
 * @throws StoreError `LOCKED`, `SCHEMA_TOO_NEW` or `DISK`; then nothing stays open.
 */
export async function openSqliteStore({ dataDir, log }: SqliteStoreOptions): Promise<SqliteStore> {
  const files = filesIn(dataDir);
  const lock = await prepare(files);
  const writer = new Writer({ file: files.database, log });
  try {
    await writer.start();
    const reader = new Reader(files.database);
    const places = createEventPlaces(writer, reader);
    // What cannot be filled in now is found in the log, and filled in with later events.
    await places.fill().catch(() => {});
    return storeOver({ writer, reader, places, lock, file: files.database });
  } catch (error) {
    await writer.close();
    await lock.release();
    throw error;
  }
}

async function prepare(files: StoreFiles): Promise<ProcessLock> {
  let lock: ProcessLock | null = null;
  try {
    await makeDataDir(files.dataDir);
    lock = await acquireProcessLock(files);
    // SQLite gives the write-ahead log and its index the database's mode where it makes them.
    await loadSecretKeyFile(auditKeyFile(files.database));
    await makePrivate(files.database);
    await tightenIfThere(`${files.database}-wal`);
    await tightenIfThere(`${files.database}-shm`);
    await syncDirectory(files.dataDir);
    return lock;
  } catch (cause) {
    await lock?.release();
    if (cause instanceof StoreError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('DISK', `The data directory ${files.dataDir} cannot be used: ${reason}.`, { cause });
  }
}

function storeOver(parts: {
  readonly writer: Writer;
  readonly reader: Reader;
  readonly places: EventPlaces;
  readonly lock: ProcessLock;
  readonly file: string;
}): SqliteStore {
  const { writer, reader, places, lock, file } = parts;
  const shut = async () => {
    await writer.drain();
    // The writing connection goes last: only it can move the write-ahead log into the database.
    reader.close();
    await writer.close();
    await lock.release();
  };
  const features = new FeatureStates(reader);
  let closed: Promise<void> | null = null;
  return {
    events: createEventLog(writer, { reader, places, features }),
    phones: createPhoneStore(writer, reader, features),
    calls: createCallStore(writer, reader),
    commands: createCommandStore(writer, reader),
    apiKeys: createApiKeyStore(writer, reader),
    onboardingLinks: createOnboardingLinkStore(writer, reader),
    dialCounts: createDialCounts(writer, reader),
    typed: createTypedStore(writer, reader),
    audit: createAuditLog(writer, reader),
    sealedKeys: createSealedKeyStore(writer, reader),
    retention: createRetention(writer, reader, file),
    async check() {
      // A row is really written: that a disk is full or read-only shows in nothing less.
      await writer.write([{ sql: HEARTBEAT, params: [Date.now()] }]);
    },
    get fault() {
      return writer.fault;
    },
    close() {
      closed ??= shut();
      return closed;
    },
    writeStatistics: () => writer.statistics(),
  };
}
