import { join } from 'node:path';
import { selfSignedCertificate } from '@hookswitch/driver-kit/virtual';
import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { auditEntry } from '../../src/audit/audited.ts';
import { loadSecretKeyFile } from '../../src/security/secret-key.ts';
import { Database } from '../../src/store/postgres/database.ts';
import { createEventLog } from '../../src/store/postgres/event-log.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { type Migration, migrate } from '../../src/store/postgres/migrate.ts';
import { createClient, type PostgresOptions } from '../../src/store/postgres/options.ts';
import { Writer } from '../../src/store/postgres/writer.ts';
import { callEvent, command, range } from '../store/samples.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { POSTGRESQL, type Postgres, startPostgres } from './postgres.ts';
import { startRelay } from './relay.ts';

const log = { warn() {}, error() {} };
const CALLER = { id: 'key-1', name: 'frontend' };

describe.runIf(installed(POSTGRESQL))('PostgreSQL', () => {
  let postgres: Postgres;
  let databases = 0;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  /** A database of its own, with a data directory. */
  async function office() {
    databases += 1;
    const name = `office_${databases}`;
    await postgres.createDatabase(name);
    const directory = await temporaryDirectory();
    return {
      name,
      dataDir: directory.path,
      open: (changes: Partial<PostgresOptions> = {}) =>
        openPostgresStore({ postgres: { ...postgres.options(name), ...changes }, dataDir: directory.path, log }),
      run: (sql: string) => postgres.run(name, sql),
      [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
    };
  }

  describe('the place of the one gateway', () => {
    test('is not given twice, and is free as soon as its gateway stops', async () => {
      await using place = await office();
      const first = await place.open();
      await expect(place.open()).rejects.toMatchObject({ code: 'LOCKED' });
      await first.events.append([callEvent()]);
      await first.close();
      const second = await place.open();
      expect(await second.events.bounds()).toEqual({ first: 1, last: 1 });
      await second.close();
    });

    test('taken by another one after the session was lost, it lets the former write no more', async () => {
      await using place = await office();
      await using relay = await startRelay(postgres.port);
      const former = await place.open({ port: relay.port });
      await former.events.append([callEvent()]);
      relay.hang();
      // As its keepalives would, some seconds later.
      await place.run(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${place.name}' AND pid <> pg_backend_pid()`,
      );
      const next = await place.open();
      relay.mend();
      const late = () => former.commands.insert(command('late'), null);
      await vi.waitFor(() => expect(late()).rejects.toThrow('another gateway has taken the place'), {
        timeout: 10_000,
      });
      await expect(former.events.append([callEvent()])).rejects.toMatchObject({ code: 'AWAY' });
      await expect(former.check()).rejects.toMatchObject({ code: 'AWAY' });
      expect(await next.commands.get('late')).toBeNull();
      expect((await next.events.append([callEvent()]))[0]?.sequence).toBe(2);
      await former.close();
      await next.close();
    });
  });

  test('writers at once: who reads behind a place misses nothing, and the chain of the audit is one', async () => {
    await using place = await office();
    await (await place.open()).close();
    const key = await loadSecretKeyFile(join(place.dataDir, 'audit.key'));
    const several = range(4).map(() => {
      const database = new Database(postgres.options(place.name), async () => null);
      return { database, log: createEventLog(database), writer: new Writer(database, key) };
    });
    const total = 4 * 60 * 2;
    const seen: number[] = [];
    const read = async () => {
      const [reader] = several;
      while (seen.length < total) {
        const page = (await reader?.log.read({}, { after: seen.at(-1) ?? 0, limit: 100 })) ?? [];
        seen.push(...page.map(({ sequence }) => sequence));
      }
    };
    const write = several.map(async ({ log: events, writer }, gateway) => {
      for (const turn of range(60)) {
        await Promise.all([
          events.append([callEvent(), callEvent('ENDED')]),
          writer.write(async (session) => session.audit(auditEntry({ action: `a${gateway}`, caller: CALLER }, turn))),
        ]);
      }
    });
    await Promise.all([read(), ...write]);
    expect(seen).toEqual(range(total).map((index) => index + 1));
    const store = await place.open();
    const { items } = await store.audit.list({}, { limit: 1000 });
    expect(items.map(({ sequence }) => sequence).reverse()).toEqual(range(240).map((index) => index + 1));
    await store.close();
    for (const { database } of several) await database.close();
  });

  test('a crash: what was answered is there, what is given meanwhile fails typed, and it is taken again afterwards', async () => {
    await using place = await office();
    const store = await place.open();
    await store.commands.insert(command('c1'), null);
    await postgres.crash();
    const refused = expect(store.commands.insert(command('c2'), null)).rejects.toMatchObject({ code: 'AWAY' });
    await expect(store.events.append([callEvent()])).rejects.toMatchObject({ code: 'AWAY' });
    await expect(store.commands.get('c1')).rejects.toMatchObject({ code: 'AWAY' });
    await expect(store.check()).rejects.toThrow('PostgreSQL cannot be used');
    await refused;
    expect(store.fault).toMatchObject({ code: 'AWAY' });
    await postgres.start();
    await vi.waitFor(() => store.check(), { timeout: 20_000 });
    expect(store.fault).toBeNull();
    expect(await store.commands.unsettled()).toEqual([command('c1')]);
    await store.commands.insert(command('c2'), null);
    expect((await store.events.append([callEvent()]))[0]?.sequence).toBe(1);
    // The place is held again: a second gateway is still refused.
    await vi.waitFor(() => expect(place.open()).rejects.toMatchObject({ code: 'LOCKED' }), { timeout: 20_000 });
    await store.close();
  });

  test('a commit whose answer is lost is in doubt; an event that is given again stands in the log once', async () => {
    await using place = await office();
    await using relay = await startRelay(postgres.port);
    const store = await place.open({ port: relay.port });
    const event = { ...callEvent(), receipt: Uint8Array.of(1, 2, 3) };
    relay.loseAnswerTo('COMMIT');
    await expect(store.events.append([event])).rejects.toMatchObject({ code: 'IN_DOUBT' });
    expect((await store.events.append([event, callEvent('ENDED')])).map(({ sequence }) => sequence)).toEqual([1, 2]);
    relay.loseAnswerTo('COMMIT');
    await expect(store.commands.insert(command('c1'), null)).rejects.toMatchObject({ code: 'IN_DOUBT' });
    expect(await store.commands.get('c1')).toEqual(command('c1'));
    relay.loseAnswerTo('INSERT INTO commands');
    await expect(store.commands.insert(command('c2'), null)).rejects.toMatchObject({ code: 'AWAY' });
    expect(await store.commands.get('c2')).toBeNull();
    // It goes out with the commit.
    relay.loseAnswerTo('INSERT INTO audit');
    await expect(store.commands.insert(command('c3'), null)).rejects.toMatchObject({ code: 'IN_DOUBT' });
    expect(await store.commands.get('c3')).toEqual(command('c3'));
    await store.close();
  });

  test('an engine that does not answer any more is given up, and is back when the wire is', async () => {
    await using place = await office();
    await using relay = await startRelay(postgres.port);
    const store = await place.open({ port: relay.port, statementTimeoutMs: 200 });
    await store.check();
    relay.hang();
    await expect(store.check()).rejects.toMatchObject({ code: 'AWAY' });
    await expect(store.commands.get('c1')).rejects.toMatchObject({ code: 'AWAY' });
    relay.mend();
    await vi.waitFor(() => store.check(), { timeout: 20_000 });
    await store.close();
  });

  test('a statement that takes too long is ended', async () => {
    await using place = await office();
    const store = await place.open({ statementTimeoutMs: 200 });
    const locker = createClient(postgres.options(place.name));
    await locker.connect();
    await locker.query('BEGIN; LOCK TABLE commands');
    await expect(store.commands.insert(command('c1'), null)).rejects.toThrow('57014');
    // What was sent behind it is refused for the same reason.
    const claim = { callerId: 'key-1', scope: 'p1', key: 'once', fingerprint: 'f' };
    const behind = [store.commands.insert(command('c1'), claim), store.sealedKeys.put('key', Uint8Array.of(1))];
    for (const one of await Promise.allSettled(behind)) {
      expect(one).toMatchObject({ reason: { code: 'AWAY', message: expect.stringContaining('57014') } });
    }
    expect(await store.sealedKeys.all()).toEqual(new Map());
    await locker.query('ROLLBACK');
    await locker.end();
    expect(await store.commands.insert(command('c1'), null)).toBeNull();
    await store.close();
  });

  test('over TLS only a server is taken that has the certificate of the authority', async () => {
    const { key, cert } = selfSignedCertificate('postgres', ['127.0.0.1']);
    const other = selfSignedCertificate('another', ['127.0.0.1']);
    await using secure = await startPostgres(['ssl=on'], { 'server.key': key, 'server.crt': cert });
    await secure.createDatabase('secure');
    await using directory = await temporaryDirectory();
    const open = (ca: string) =>
      openPostgresStore({
        postgres: { ...secure.options('secure'), tls: { host: '127.0.0.1', rejectUnauthorized: true, ca } },
        dataDir: directory.path,
        log,
      });
    await expect(open(other.cert)).rejects.toMatchObject({ code: 'AWAY' });
    const store = await open(cert);
    const sessions = await secure.run(
      'secure',
      'SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = $$hookswitch$$',
    );
    expect(sessions).toEqual([{ ssl: true }]);
    await store.close();
  });

  test('text that PostgreSQL cannot hold is kept as near as it can be', async () => {
    await using place = await office();
    const store = await place.open();
    const odd = 'a\0b\uD800';
    const claim = { callerId: odd, scope: odd, key: odd, fingerprint: 'f' };
    expect(await store.commands.insert(command('c1', { requestedBy: odd }), claim)).toBeNull();
    expect(await store.commands.insert(command('c2'), claim)).toMatchObject({ id: 'c1' });
    expect(await store.commands.get('c1')).toMatchObject({ requestedBy: odd });
    const { items } = await store.audit.list({}, { limit: 10 });
    expect(items.map(({ caller }) => caller.name)).toEqual(['a\uFFFDb\uFFFD']);
    await store.close();
  });

  describe('its schema', () => {
    const STEPS: readonly Migration[] = [
      { version: 1, name: 'one', sql: 'CREATE TABLE one (a integer); INSERT INTO one VALUES (1)' },
      { version: 2, name: 'two', sql: 'CREATE TABLE two AS SELECT a + 1 AS a FROM one' },
    ];
    const migrating = async (place: { readonly name: string }, steps: readonly Migration[]) => {
      const client = createClient(postgres.options(place.name));
      await client.connect();
      try {
        await migrate(client, steps);
      } finally {
        await client.end();
      }
    };

    test('is made once, whoever comes first', async () => {
      await using place = await office();
      await migrating(place, STEPS.slice(0, 1));
      await Promise.all(range(5).map(() => migrating(place, STEPS)));
      expect(await place.run('SELECT a FROM two')).toEqual([{ a: 2 }]);
      expect(await place.run('SELECT version, name FROM schema_migrations ORDER BY version')).toEqual([
        { version: 1, name: 'one' },
        { version: 2, name: 'two' },
      ]);
    });

    test('keeps nothing of a step that fails', async () => {
      await using place = await office();
      const broken = {
        version: 2,
        name: 'broken',
        sql: 'CREATE TABLE half (a integer); INSERT INTO nowhere VALUES (1)',
      };
      await expect(migrating(place, [...STEPS.slice(0, 1), broken])).rejects.toThrow('nowhere');
      expect(await place.run(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
      await migrating(place, STEPS);
    });

    test('of a newer gateway is left alone', async () => {
      await using place = await office();
      await (await place.open()).close();
      await place.run(`INSERT INTO schema_migrations VALUES (99, 'later', 0)`);
      await expect(place.open()).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' });
    });
  });

  describe('its audit', () => {
    test('is neither changed nor cut by mistake', async () => {
      await using place = await office();
      const store = await place.open();
      await store.audit.append(auditEntry({ action: 'dial', caller: CALLER }, 1));
      for (const mistake of ['UPDATE audit SET at = 0', 'DELETE FROM audit', 'TRUNCATE audit']) {
        await expect(place.run(mistake)).rejects.toThrow('append only');
      }
      await store.close();
    });

    test('goes on by the key with which it was begun, and by no other', async () => {
      await using place = await office();
      await (await place.open()).close();
      await using elsewhere = await temporaryDirectory();
      const other = openPostgresStore({ postgres: postgres.options(place.name), dataDir: elsewhere.path, log });
      await expect(other).rejects.toThrow('another audit.key');
      await (await place.open()).close();
    });
  });
});
