import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe } from 'vitest';
import { eventsInJetStream } from '../../src/store/jetstream/index.ts';
import { Database } from '../../src/store/postgres/database.ts';
import { eventsInPostgres } from '../../src/store/postgres/events-elsewhere.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { auditKeyIn } from '../../src/store/postgres/open.ts';
import { verifyAudit } from '../../src/store/postgres/verify-audit.ts';
import { NATS, type Nats, startNats } from '../engines/nats.ts';
import { POSTGRESQL, type Postgres, startPostgres } from '../engines/postgres.ts';
import { storeConforms } from './conformance/index.ts';
import type { OpenedStore } from './conformance/open-store.ts';
import { temporaryDirectory } from './temporary.ts';

const log = { warn() {}, error() {} };
const DATABASE = 'conformance';
// As it is when it has just been made: a database for each test takes several times as long.
const EMPTY = `SET session_replication_role = replica;
  TRUNCATE phones, phone_tokens, leds, features, switch_wishes, calls, call_events, progress, command_batches, commands,
    idempotency_claims, api_keys, dial_counts, dial_times, typed_keys, sealed_keys, heartbeat, audit, audit_head, audit_start;
  DO $$ DECLARE part text; BEGIN
    FOR part IN SELECT name FROM event_partitions LOOP EXECUTE 'DROP TABLE ' || part; END LOOP;
  END $$;
  DELETE FROM event_partitions;
  UPDATE event_head SET last = 0, room = 1`;
/** Small ones, so that what goes on at their borders is seen in all that is asked. */
const PARTITIONS = { least: 4, most: 4 };

describe.runIf(installed(POSTGRESQL, NATS)).each(['PostgreSQL', 'PostgreSQL with its events in JetStream'])(
  'a store in %s',
  (kind) => {
    let postgres: Postgres;
    let nats: Nats | null = null;
    let stores = 0;
    beforeAll(async () => {
      // What it keeps through a loss of power is not asked here.
      postgres = await startPostgres(['fsync=off', 'full_page_writes=off']);
      await postgres.createDatabase(DATABASE);
      if (kind !== 'PostgreSQL') nats = await startNats();
    });
    afterAll(async () => {
      await postgres[Symbol.asyncDispose]();
      await nats?.[Symbol.asyncDispose]();
    });

    const temporaryStore = async (): Promise<OpenedStore> => {
      stores += 1;
      if (stores > 1) await postgres.run(DATABASE, EMPTY);
      const directory = await temporaryDirectory();
      const events =
        nats === null ? eventsInPostgres(PARTITIONS) : eventsInJetStream(nats.options(`${DATABASE}_${stores}`), log);
      const open = () =>
        openPostgresStore({ postgres: postgres.options(DATABASE), dataDir: directory.path, log, events });
      let store = await open();
      return {
        get store() {
          return store;
        },
        async reopen() {
          await store.close();
          store = await open();
          return store;
        },
        async verifyAudit(anchor) {
          const database = new Database(postgres.options(DATABASE), async () => null);
          try {
            return await verifyAudit(database, await auditKeyIn(directory.path), anchor);
          } finally {
            await database.close();
          }
        },
        async [Symbol.asyncDispose]() {
          await store.close();
          await directory[Symbol.asyncDispose]();
        },
      };
    };

    storeConforms(temporaryStore, { dropsEvents: kind === 'PostgreSQL' });
  },
);
