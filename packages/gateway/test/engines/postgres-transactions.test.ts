import { randomBytes } from 'node:crypto';
import { installed } from '@hookswitch/sip-peers/vitest';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { auditEntry } from '../../src/audit/audited.ts';
import type { IdempotencyClaim } from '../../src/store/ports.ts';
import { appendToChain } from '../../src/store/postgres/audit-chain.ts';
import { beginAudit } from '../../src/store/postgres/begin-audit.ts';
import { createCallStore } from '../../src/store/postgres/call-store.ts';
import { createCommandStore } from '../../src/store/postgres/command-store.ts';
import { Database, type Session } from '../../src/store/postgres/database.ts';
import { writerConfigOf } from '../../src/store/postgres/options.ts';
import { prepared } from '../../src/store/postgres/prepared.ts';
import { verifyAudit } from '../../src/store/postgres/verify-audit.ts';
import { Writer } from '../../src/store/postgres/writer.ts';
import { command, range } from '../store/samples.ts';
import { migratedDatabase } from './migrated-database.ts';
import { POSTGRESQL, type Postgres, startPostgres } from './postgres.ts';

const PATIENCE = { timeout: 20_000 };
const PREPARED = 'SELECT name, statement FROM pg_prepared_statements ORDER BY name';
const CLAIM: IdempotencyClaim = { callerId: 'key-1', scope: 'phone-1', key: 'once', fingerprint: 'f1' };
/** Resolves when another transaction waits for this one, which asks for that: it must not stand still. */
const isWaitedFor = ({ query }: Session) =>
  vi.waitFor(async () => expect(await query('SELECT 1 FROM pg_locks WHERE NOT granted')).not.toEqual([]), PATIENCE);
const entry = (action: string) => auditEntry({ action, caller: { id: 'key-1', name: 'frontend' } }, 1);

describe.runIf(installed(POSTGRESQL))('transactions in PostgreSQL', () => {
  let postgres: Postgres;
  let databases = 0;
  beforeAll(async () => {
    postgres = await startPostgres(['fsync=off', 'deadlock_timeout=10ms']);
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  /** A database of its own, with the gateways' schema. */
  async function office() {
    databases += 1;
    const name = `transactions_${databases}`;
    const options = await migratedDatabase(postgres, name);
    const key = randomBytes(32);
    const opened: Database[] = [];
    /** @param mayWrite by which epoch it writes; left out: it needs none */
    const gateway = (mayWrite: () => Promise<number | null> = async () => null) => {
      const database = new Database({ ...options, readers: 1 }, mayWrite);
      opened.push(database);
      const writer = new Writer(database, key);
      return { database, writer, commands: createCommandStore(writer, database) };
    };
    await gateway().database.transaction((session) => beginAudit(session, key));
    return {
      key,
      gateway,
      run: (sql: string) => postgres.run(name, sql),
      async [Symbol.asyncDispose]() {
        for (const database of opened) await database.close();
      },
    };
  }

  test('are refused at their beginning where the place was lost, and taken on the same connection once it is right', async () => {
    await using place = await office();
    let epoch = 7;
    const { database } = place.gateway(async () => epoch);
    const session = () => database.transaction(async ({ query }) => (await query('SELECT pg_backend_pid() AS pid'))[0]);
    await place.run('CREATE TABLE written (by_whom text NOT NULL)');
    const WRITE = prepared('INSERT INTO written VALUES ($1)');
    const refused = database.transaction(async ({ query, last }) => {
      await Promise.allSettled([query(WRITE, ['at once']), query('SELECT 1')]);
      last(WRITE, ['with the commit']);
    });
    await expect(refused).rejects.toMatchObject({ code: 'AWAY', message: expect.stringContaining('HS001') });
    expect(await place.run('SELECT * FROM written')).toEqual([]);
    epoch = 0;
    const first = await session();
    epoch = 7;
    await expect(session()).rejects.toThrow('HS001');
    epoch = 0;
    expect(await session()).toEqual(first);
    epoch = 0.5;
    await expect(session()).rejects.toMatchObject({ code: 'FAULT' });
  });

  test('are all that is written: what was sent behind a beginning that never was is refused', async () => {
    await using place = await office();
    const client = new pg.Client(writerConfigOf(await migratedDatabase(postgres, 'unbegun'), 1));
    await client.connect();
    await expect(client.query('CREATE TABLE unbegun (id integer)')).rejects.toMatchObject({ code: '25006' });
    await client.end();
    // A work that takes no notice of a failure is not told that it was written.
    const { database } = place.gateway();
    const careless = database.transaction(async ({ query }) => {
      await query('SELECT 1 / 0').catch(() => {});
    });
    await expect(careless).rejects.toThrow('22012');
  });

  test('are taken back as a whole where their last statement is refused, which goes out with the commit', async () => {
    await using place = await office();
    await place.run('CREATE TABLE counted (id integer PRIMARY KEY)');
    const { database } = place.gateway();
    const COUNT = prepared('INSERT INTO counted VALUES ($1)');
    const count = (first: number, last: number) =>
      database.transaction(async (session) => {
        await session.query(COUNT, [first]);
        session.last(COUNT, [last]);
      });
    await expect(count(1, 1)).rejects.toMatchObject({ code: 'UNIQUE' });
    expect(await place.run('SELECT id FROM counted')).toEqual([]);
    await count(1, 2);
    expect(await place.run('SELECT id FROM counted ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('of several who write at once refuse only what is refused alone', async () => {
    await using place = await office();
    const { commands } = place.gateway();
    const written = await Promise.allSettled(['c1', 'c1', 'c2'].map((id) => commands.insert(command(id), null)));
    expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(written[1]).toMatchObject({ reason: { code: 'UNIQUE' } });
    expect((await commands.unsettled()).map(({ id }) => id)).toEqual(['c1', 'c2']);
  });

  test('that wait for each other are begun again: both are written', async () => {
    await using place = await office();
    const [one, other] = [place.gateway(), place.gateway()];
    await place.run('CREATE TABLE counted (id integer PRIMARY KEY, times integer NOT NULL)');
    await place.run('INSERT INTO counted VALUES (1, 0), (2, 0)');
    // Connected, so that neither stands still for long.
    for (const { database } of [one, other]) await database.transaction(async () => {});
    const COUNT = prepared('UPDATE counted SET times = times + 1 WHERE id = $1');
    const first = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let attempts = 0;
    const count = ({ database }: typeof one, ids: readonly number[], own: number) =>
      database.transaction(async ({ query }) => {
        attempts += 1;
        await query(COUNT, [ids[0] ?? 0]);
        first[own]?.resolve();
        await first[1 - own]?.promise;
        await query(COUNT, [ids[1] ?? 0]);
      });
    await Promise.all([count(one, [1, 2], 0), count(other, [2, 1], 1)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await place.run('SELECT times FROM counted')).toEqual([{ times: 2 }, { times: 2 }]);
  });

  test('that append to the audit while another one does go on behind what that one has committed', async () => {
    await using place = await office();
    const [one, other] = [place.gateway(), place.gateway()];
    await one.writer.write(async (session) => session.audit(entry('before')));
    const appended = Promise.withResolvers<void>();
    const first = one.database.transaction(async (session) => {
      await appendToChain(session, place.key, [entry('first')]);
      appended.resolve();
      await isWaitedFor(session);
    });
    await appended.promise;
    await Promise.all([first, other.writer.write(async (session) => session.audit(entry('second')))]);
    expect(await place.run('SELECT action FROM audit ORDER BY sequence')).toEqual(
      ['before', 'first', 'second'].map((action) => ({ action })),
    );
    expect(await verifyAudit(one.database, place.key)).toMatchObject({ whole: true, rows: 3, last: 3 });
  });

  test('that want one idempotency key at once: the second waits, is told who holds it, and writes nothing', async () => {
    await using place = await office();
    const [one, other] = [place.gateway(), place.gateway()];
    const claimed = Promise.withResolvers<void>();
    // Both are units of one transaction, which is open until the second one waits.
    const first = one.commands.insert(command('c1'), CLAIM);
    const open = one.writer.write(async (session) => {
      claimed.resolve();
      await isWaitedFor(session);
    });
    await claimed.promise;
    const second = other.commands.insert(command('c2'), CLAIM);
    await open;
    expect(await first).toBeNull();
    expect(await second).toEqual({ id: 'c1', fingerprint: 'f1' });
    expect(await place.run('SELECT id FROM commands')).toEqual([{ id: 'c1' }]);
    expect(await place.run('SELECT owner_id FROM idempotency_claims')).toEqual([{ owner_id: 'c1' }]);
    expect(await place.run('SELECT body::json ->> $$commandId$$ AS id FROM audit')).toEqual([{ id: 'c1' }]);
  });

  test('prepare each statement once a connection, whatever its values', async () => {
    await using place = await office();
    const { database, writer, commands } = place.gateway();
    const run = async (turn: number) => {
      const given = command(`c${turn}`, { phoneId: `phone-${turn}` });
      await commands.insert(given, { ...CLAIM, key: `key-${turn}` });
      await commands.update({ ...given, status: 'ACCEPTED', settledAt: turn });
      expect((await commands.get(given.id))?.status).toBe('ACCEPTED');
      await commands.list({ phoneIds: range(turn).map(String) }, { limit: turn + 1 });
    };
    const statements = async () => [
      ...(await writer.write(({ query }) => query(PREPARED))),
      ...(await database.query(PREPARED)),
    ];
    await run(0);
    const first = await statements();
    expect(first.length).toBeGreaterThan(3);
    for (const turn of range(10)) await run(turn + 1);
    expect(await statements()).toEqual(first);
  });

  test('change a command by its key, with a plan from when there were few commands too', async () => {
    await using place = await office();
    const { database, writer } = place.gateway();
    const commands = createCommandStore(writer, database, 'one of several');
    await commands.insert(command('c1'), null);
    await commands.update(command('c1', { status: 'FAILED', settledAt: 2 }));
    const plan = await writer.write(async ({ query }) => {
      const [update] = (await query(PREPARED)).filter(({ statement }) => /^UPDATE commands/.test(String(statement)));
      await query('SET LOCAL plan_cache_mode = force_generic_plan');
      return query(`EXPLAIN EXECUTE "${String(update?.['name'])}" ('FAILED', 2, '{}', 'c1', false, NULL)`);
    });
    const told = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(told).toContain('commands_pkey');
    expect(told).not.toContain('commands_unsettled');
  });

  test('look up what another gateway should have written, and read no whole table for it', async () => {
    await using place = await office();
    const { database, writer } = place.gateway();
    const calls = createCallStore({ writer, database, isShared: true });
    await place.run(`INSERT INTO calls (id, phone_id, state, started_at, body, derived)
      SELECT 'c' || number, 'p1', 'ENDED', number, '{}', 1 FROM generate_series(1, 20000) AS number`);
    await place.run('ANALYZE calls');
    const written = range(1000).map((index) => ({ id: `c${index + 1}`, through: 1 }));
    const asked = [...written, { id: 'c1', through: 2 }, { id: 'never', through: 0 }];
    expect(await calls.missing?.({ calls: asked, events: [] })).toEqual({ calls: ['c1', 'never'], events: [] });
    const [asking] = (await database.query(PREPARED)).filter(({ statement }) => /FROM calls/.test(String(statement)));
    const lists = [asked.map(({ id }) => id), asked.map(({ through }) => through)].map((list) => `'{${list.join()}}'`);
    const plan = await database.query(`EXPLAIN EXECUTE "${String(asking?.['name'])}" (${lists.join()})`);
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan on calls');
  });

  test.each([
    [
      'whose columns a migration has changed',
      'ALTER TABLE commands ALTER COLUMN id TYPE varchar, ALTER COLUMN body TYPE varchar',
    ],
    ['that somebody between has thrown away', null],
  ])('go on, and reads too, where a statement is prepared %s', async (_name, migration) => {
    await using place = await office();
    const { database, writer, commands } = place.gateway();
    const given = command('c1');
    await commands.insert(given, null);
    await commands.update({ ...given, status: 'SENT', sentAt: 1 });
    expect((await commands.get('c1'))?.status).toBe('SENT');
    if (migration !== null) await place.run(migration);
    else {
      await writer.write(({ query }) => query('DEALLOCATE ALL'));
      await database.query('DEALLOCATE ALL');
    }
    expect((await commands.get('c1'))?.status).toBe('SENT');
    await commands.update({ ...given, status: 'ACCEPTED', sentAt: 1, settledAt: 2 });
    expect((await commands.get('c1'))?.status).toBe('ACCEPTED');
    expect(await verifyAudit(database, place.key)).toMatchObject({ whole: true, rows: 2 });
  });
});
