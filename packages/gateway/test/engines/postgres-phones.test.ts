import { randomBytes } from 'node:crypto';
import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChangedPhones } from '../../src/phones/changed-phones.ts';
import { Database } from '../../src/store/postgres/database.ts';
import { createPhoneStore } from '../../src/store/postgres/phone-store.ts';
import { Writer } from '../../src/store/postgres/writer.ts';
import { range } from '../store/samples.ts';
import { migratedDatabase } from './migrated-database.ts';
import { POSTGRESQL, type Postgres, startPostgres } from './postgres.ts';

/** More than are read at once. */
const MANY = 2_500;
const INSERT_MANY = `INSERT INTO phones (id, body, sealed_secrets, changed)
  SELECT 'phone-' || n, json_build_object('id', 'phone-' || n)::text, '', nextval('phone_changes')
  FROM generate_series(0, ${MANY - 1}) AS n`;

describe.runIf(installed(POSTGRESQL))('phones that several gateways have in PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres(['fsync=off', 'jit=on', 'jit_above_cost=0']);
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  /** A database of its own, as one of the gateways sees it. */
  async function office(name: string) {
    const options = await migratedDatabase(postgres, name);
    const database = new Database({ ...options, readers: 1 }, async () => null);
    return {
      database,
      phones: createPhoneStore(new Writer(database, randomBytes(32)), database, true),
      run: (sql: string) => postgres.run(name, sql),
      [Symbol.asyncDispose]: () => database.close(),
    };
  }

  test('are all read that others have changed, in the order of the changes, however many', async () => {
    await using place = await office('changes');
    const taken: string[] = [];
    const changed = await createChangedPhones(place.phones, async ({ phone }) => void taken.push(phone.id));
    await place.run(INSERT_MANY);
    await changed.catchUp();
    expect(taken).toEqual(range(MANY).map((n) => `phone-${n}`));
    await place.run(`UPDATE phones SET changed = nextval('phone_changes') WHERE id = 'phone-7'`);
    await changed.catchUp();
    expect(taken.slice(MANY)).toEqual(['phone-7']);
    await changed.catchUp();
    expect(taken).toHaveLength(MANY + 1);
  });

  // Where statistics are young PostgreSQL expects thousands of rows, and would take longer to compile than to read the few.
  test('are read without a statement being compiled, whatever the server is set to', async () => {
    await using place = await office('plans');
    await place.run(INSERT_MANY);
    const plan = await place.database.query(
      'EXPLAIN (ANALYZE) SELECT id FROM phones WHERE changed > $1 ORDER BY changed LIMIT 1000',
      [MANY - 1],
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('JIT');
  });
});
