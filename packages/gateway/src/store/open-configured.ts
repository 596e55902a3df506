import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { credsAuthenticator, usernamePasswordAuthenticator } from '@nats-io/transport-node';
import type { BusConfig } from '../config/bus.ts';
import type { Config } from '../config/config.ts';
import type { PostgresConfig } from '../config/store.ts';
import { eventsInJetStream, type JetStreamOptions } from './jetstream/index.ts';
import type { ApiKeyStore, AuditLog, Store } from './ports.ts';
import { openBeside } from './postgres/beside.ts';
import { openPostgresStore, type PostgresOptions } from './postgres/index.ts';
import { resealPostgres } from './postgres/reseal-secrets.ts';
import type { Resealing } from './resealing.ts';
import { KEEP_ALL } from './retention.ts';
import { openSqliteStore } from './sqlite/index.ts';
import { openApiKeys } from './sqlite/open-api-keys.ts';
import { resealSecrets } from './sqlite/reseal-secrets.ts';

/** What of a configuration says where everything is kept. */
export type StorePlace = Pick<Config, 'dataDir' | 'configDir' | 'store' | 'bus' | 'retention'>;

/** Who is told what becomes of a store; pino's loggers fit. */
export interface StoreLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Opens the store that the configuration names.
 * @throws StoreError, and an Error where a file that is named cannot be read
 */
export async function openConfiguredStore(place: StorePlace, log: StoreLog): Promise<Store> {
  const { dataDir, store } = place;
  if (store?.kind !== 'postgres') return await openSqliteStore({ dataDir, log });
  const postgres = await postgresOptionsOf(store, place);
  if (place.bus == null) return await openPostgresStore({ postgres, dataDir, log });
  const events = eventsInJetStream(await jetStreamOptionsOf(place.bus, place), log);
  return await openPostgresStore({ postgres, dataDir, log, events, member: randomUUID() });
}

/** The options of a JetStream, with the files that they name read. @throws Error where one cannot be */
export async function jetStreamOptionsOf(
  { servers, stream, replicas, domain, credentialsFile, tls }: BusConfig,
  { configDir, retention }: Pick<Config, 'configDir' | 'retention'>,
): Promise<JetStreamOptions> {
  const path = (name: string) => resolve(configDir ?? process.cwd(), name);
  const credentials = credentialsFile === null ? null : await readNamed('bus.credentialsFile', path(credentialsFile));
  const urls = servers.map((server) => new URL(server));
  const named = urls.find(({ username }) => username !== '');
  return {
    servers: urls.map(({ protocol, host }) => `${protocol}//${host}`),
    stream,
    replicas,
    domain,
    limits: (retention ?? KEEP_ALL).events,
    login: {
      ...(named !== undefined && {
        authenticator: usernamePasswordAuthenticator(
          decodeURIComponent(named.username),
          decodeURIComponent(named.password),
        ),
      }),
      ...(credentials !== null && { authenticator: credsAuthenticator(Buffer.from(credentials)) }),
      ...(tls !== null && { tls: await pemFiles('bus.tls', tls, path) }),
    },
  };
}

/** The options of a PostgreSQL, with the files that they name read. @throws Error where one cannot be */
export async function postgresOptionsOf(
  config: PostgresConfig,
  { configDir }: Pick<Config, 'configDir'>,
): Promise<PostgresOptions> {
  const { host, port, otherHosts, user, database, password, passwordFile, connections, statementTimeoutMs } = config;
  const path = (name: string) => resolve(configDir ?? process.cwd(), name);
  const readPassword = async () => (passwordFile === null ? (password ?? '') : await passwordIn(path(passwordFile)));
  // Asked once now, so that a file that is missing is said at the start.
  await readPassword();
  return {
    host,
    port,
    otherHosts,
    user,
    database,
    password: passwordFile === null && password === null ? null : readPassword,
    tls:
      config.tls === null
        ? null
        : { host, rejectUnauthorized: true, ...(await pemFiles('store.postgres.tls', config.tls, path)) },
    readers: connections,
    statementTimeoutMs,
  };
}

async function passwordIn(path: string): Promise<string> {
  return (await readNamed('store.postgres.passwordFile', path)).replace(/\r?\n$/, '');
}

/** The text of a file that a setting names. @throws Error that says which */
async function readNamed(setting: string, path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`${setting}: ${error instanceof Error ? error.message : String(error)}`);
  });
}

async function pemFiles(
  setting: string,
  files: NonNullable<PostgresConfig['tls']>,
  path: (name: string) => string,
): Promise<{ readonly ca?: string; readonly cert?: string; readonly key?: string }> {
  const read = async (name: 'ca' | 'cert' | 'key') => {
    const file = files[name];
    return file === undefined ? {} : { [name]: await readNamed(`${setting}.${name}`, path(file)) };
  };
  return { ...(await read('ca')), ...(await read('cert')), ...(await read('key')) };
}

/** The API keys and the audit, whether a gateway runs over them or not: one that runs sees the change when it looks again. */
export interface OpenApiKeys {
  readonly apiKeys: ApiKeyStore;
  readonly audit: AuditLog;
  close(): Promise<void>;
}

/** Opens the API keys of the store that the configuration names. @throws as {@link openConfiguredStore} */
export async function openConfiguredApiKeys(place: StorePlace): Promise<OpenApiKeys> {
  const { dataDir, store } = place;
  if (store?.kind !== 'postgres') return await openApiKeys(dataDir);
  return await openBeside(await postgresOptionsOf(store, place), dataDir);
}

/** Replaces everything that is sealed in the store that the configuration names. @throws as {@link openConfiguredStore} */
export async function resealConfigured(place: StorePlace, resealing: Resealing): Promise<number> {
  const { dataDir, store } = place;
  if (store?.kind !== 'postgres') return await resealSecrets(dataDir, resealing);
  return await resealPostgres(await postgresOptionsOf(store, place), dataDir, resealing);
}
