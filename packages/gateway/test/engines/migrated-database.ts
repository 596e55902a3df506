import { migrate } from '../../src/store/postgres/migrate.ts';
import { MIGRATIONS } from '../../src/store/postgres/migrations/index.ts';
import { createClient, type PostgresOptions } from '../../src/store/postgres/options.ts';
import type { Postgres } from './postgres.ts';

/** Makes a database with the gateways' schema. @returns how a gateway reaches it */
export async function migratedDatabase(postgres: Postgres, name: string): Promise<PostgresOptions> {
  await postgres.createDatabase(name);
  const options = postgres.options(name);
  const client = createClient(options);
  await client.connect();
  await migrate(client, MIGRATIONS);
  await client.end();
  return options;
}
