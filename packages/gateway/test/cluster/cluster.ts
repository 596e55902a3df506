import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Driver } from '@hookswitch/core';
import type { BusConfig } from '../../src/config/bus.ts';
import type { Config } from '../../src/config/config.ts';
import type { StoreConfig } from '../../src/config/store.ts';
import { type Nats, startNats } from '../engines/nats.ts';
import { type Postgres, startPostgres } from '../engines/postgres.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { ACME_CONFIG, type GatewayProcess, startProcess } from '../support/process.ts';

/** The engines of a file's tests. */
export interface Engines extends AsyncDisposable {
  readonly postgres: Postgres;
  readonly nats: Nats;
  /** A database and a stream of their own. */
  office(): Promise<Office>;
}

/** What gateways share. */
export interface Office extends AsyncDisposable {
  readonly name: string;
  /** How a gateway is configured that works here beside others. */
  config(place?: Place): Promise<Partial<Config>>;
  /** Starts one more as a process of its own, of the program that was built. */
  process(): Promise<GatewayProcess>;
  /** Starts one more. */
  gateway(options?: {
    readonly drivers?: readonly Driver[];
    readonly config?: Partial<Config>;
    /** A clock that only runs forward. */
    readonly ticks?: () => number;
    readonly at?: Place;
  }): Promise<TestGateway>;
}

/** Where a gateway stands. */
export interface Place {
  /** Of something between it and the engine. */
  readonly postgres?: number;
  /** Likewise, or of another server of the same NATS. */
  readonly nats?: number;
  /** The domain of the JetStream; left out: that of the server. */
  readonly domain?: string;
  /** The site whose phones it talks to; left out: those of none. */
  readonly site?: string;
}

/** @param startedNats left out: one that is alone */
export async function startEngines(startedNats: Promise<Nats> = startNats()): Promise<Engines> {
  const [postgres, nats] = await Promise.all([startPostgres(), startedNats]);
  let offices = 0;
  return {
    postgres,
    nats,
    async office() {
      offices += 1;
      const name = `cluster_${offices}`;
      await postgres.createDatabase(name);
      return officeOver({ postgres, nats, name });
    },
    async [Symbol.asyncDispose]() {
      await postgres[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
    },
  };
}

async function officeOver({ postgres, nats, name }: Pick<Engines, 'postgres' | 'nats'> & { readonly name: string }) {
  const directory = await temporaryDirectory();
  const auditKey = `${randomBytes(32).toString('base64')}\n`;
  const secretKey = randomBytes(32).toString('base64');
  let gateways = 0;
  /** With the keys that all of them have. */
  const dataDirectory = async (): Promise<string> => {
    gateways += 1;
    const dataDir = join(directory.path, `gateway-${gateways}`);
    await mkdir(dataDir, { mode: 0o700 });
    await writeFile(join(dataDir, 'audit.key'), auditKey, { mode: 0o600 });
    return dataDir;
  };
  const office: Office = {
    name,
    async config(place: Place = {}) {
      const dataDir = await dataDirectory();
      const store: StoreConfig = {
        ...{ kind: 'postgres', host: '127.0.0.1', port: place.postgres ?? postgres.port, user: 'postgres' },
        ...{ database: name, password: postgres.password, passwordFile: null, tls: null, connections: 4 },
        statementTimeoutMs: 10_000,
      };
      const url = nats.url.replace(`:${nats.port}`, `:${place.nats ?? nats.port}`);
      const { site, domain } = place;
      const bus: BusConfig = {
        ...{ servers: [url], stream: name, replicas: 1, credentialsFile: null, tls: null },
        ...{ site, domain },
      };
      return { dataDir, secretKey, store, bus, spool: { dir: join(dataDir, 'spool'), maxBytes: 1_000_000 } };
    },
    async process() {
      const dataDir = await dataDirectory();
      const [config, password] = [join(dataDir, 'hookswitch.yaml'), join(dataDir, 'password')];
      await writeFile(password, postgres.password);
      const store = `store: { postgres: { url: '${postgres.url(name)}', passwordFile: '${password}', connections: 4 } }`;
      const bus = `bus: { nats: ['${nats.url}'], stream: ${name} }`;
      // Busy machines are slow to start further ones: a phone that says nothing is waited for.
      const policy = 'policy: { commandTimeoutSeconds: 120, replyTimeoutSeconds: 60 }';
      await writeFile(config, `${ACME_CONFIG}${store}\n${bus}\n${policy}\n`);
      return startProcess({
        HOOKSWITCH_DATA_DIR: dataDir,
        HOOKSWITCH_CONFIG: config,
        HOOKSWITCH_SECRET_KEY: secretKey,
      });
    },
    async gateway({ at, config, ...options } = {}) {
      return testGateway({ ...options, config: { ...(await office.config(at)), ...config } });
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
  return office;
}
