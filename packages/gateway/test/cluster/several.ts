import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BusConfig } from '../../src/config/bus.ts';
import type { StoreConfig } from '../../src/config/store.ts';
import { loadSecretKeyFile } from '../../src/security/secret-key.ts';
import { type Nats, startNats } from '../engines/nats.ts';
import { type Postgres, startPostgres } from '../engines/postgres.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { type TestGateway, type TestGatewayOptions, testGateway } from '../support/gateway.ts';

/** A PostgreSQL and a NATS for the tests of one file. */
export interface Engines extends AsyncDisposable {
  readonly postgres: Postgres;
  readonly nats: Nats;
  /** A database and a stream of their own. */
  office(): Promise<Office>;
}

/** Where several gateways work at once. */
export interface Office extends AsyncDisposable {
  readonly name: string;
  /** Starts one more. It is disposed by whoever started it. */
  gateway(options?: TestGatewayOptions): Promise<TestGateway>;
}

const SECRET_KEY = '5e'.repeat(32);

/** Starts both and waits until they answer. */
export async function startEngines(): Promise<Engines> {
  const [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  let offices = 0;
  return {
    postgres,
    nats,
    async office() {
      offices += 1;
      return await officeOver({ postgres, nats }, `several_${offices}`);
    },
    async [Symbol.asyncDispose]() {
      await postgres[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
    },
  };
}

async function officeOver({ postgres, nats }: Pick<Engines, 'postgres' | 'nats'>, name: string): Promise<Office> {
  await postgres.createDatabase(name);
  const directory = await temporaryDirectory();
  const auditKey = join(directory.path, 'audit.key');
  await loadSecretKeyFile(auditKey);
  const store: StoreConfig = {
    ...{ kind: 'postgres', host: '127.0.0.1', port: postgres.port, user: 'postgres', database: name },
    ...{ password: postgres.password, passwordFile: null, tls: null, connections: 4, statementTimeoutMs: 10_000 },
  };
  const bus: BusConfig = { servers: [nats.url], stream: name, replicas: 1, credentialsFile: null, tls: null };
  let gateways = 0;
  return {
    name,
    async gateway(options = {}) {
      gateways += 1;
      const dataDir = join(directory.path, `gateway-${gateways}`);
      await mkdir(dataDir, { mode: 0o700 });
      // The chain of the audit is one.
      await cp(auditKey, join(dataDir, 'audit.key'));
      return await testGateway({
        ...options,
        config: { store, bus, dataDir, secretKey: SECRET_KEY, ...options.config },
      });
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
