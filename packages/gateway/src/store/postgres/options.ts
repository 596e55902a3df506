import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { type PostgresHost, primaryClient } from './primary-client.ts';

/** Where a PostgreSQL is and how it is used. */
export interface PostgresOptions {
  readonly host: string;
  readonly port: number;
  /** Further hosts of the same cluster: the first of all that takes writes is used. Left out: there are none. */
  readonly otherHosts?: readonly PostgresHost[] | undefined;
  readonly user: string;
  /** Asked for each connection, so that a password may be changed while the gateway runs; null: none is needed. */
  readonly password: (() => Promise<string>) | null;
  readonly database: string;
  /** Null: in the clear. */
  readonly tls: ConnectionOptions | null;
  /** Most connections that read; three more write and hold the gateway's place. */
  readonly readers: number;
  /** Longest that one statement may take. */
  readonly statementTimeoutMs: number;
}

/** So long a connection may take to be made. */
const CONNECT_MS = 3_000;
/** Beyond the engine's own limit, for an engine that does not answer any more. */
const ANSWER_MS = 1_000;
/** So many statements of a transaction may wait for locks one behind the other. */
const SENT_AT_ONCE = 3;
/** A gateway that stands still in the middle holds what others need, to take its phones over too. */
const IDLE_IN_TRANSACTION_MS = 3_000;

/**
 * What PostgreSQL is told for each connection. A commit is answered when it is on disk, and on that of a standby where one
 * is synchronous, whatever the server's own setting. A gateway that is cut off is noticed after 25 s: it holds a lock. No
 * statement is compiled: most find a few rows, and where statistics are young PostgreSQL expects thousands, and takes longer to compile than
 * to run it.
 */
const SETTINGS = [
  '-c synchronous_commit=on',
  '-c default_transaction_isolation=read\\ committed',
  '-c jit=off',
  '-c tcp_keepalives_idle=10',
  '-c tcp_keepalives_interval=5',
  '-c tcp_keepalives_count=3',
].join(' ');

const types = new pg.TypeOverrides();
// Times and places in the log are far below 2^53.
types.setTypeParser(pg.types.builtins.INT8, Number);
// `\x` and hexadecimal digits: plain bytes, as they were given, and no Buffer.
types.setTypeParser(pg.types.builtins.BYTEA, (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex')));

/** The options of a single connection, without limits of time for what is run: for migrations and locks. */
function clientConfigOf(options: PostgresOptions): pg.ClientConfig {
  const { host, port, user, database, password, tls } = options;
  return {
    host,
    port,
    user,
    database,
    ...(password !== null && { password }),
    ssl: tls === null ? false : { ...tls },
    application_name: 'hookswitch',
    options: SETTINGS,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    types,
  };
}

/** A single connection that is not made yet. */
export function createClient(options: PostgresOptions): pg.Client {
  const config = clientConfigOf(options);
  return new (clientClassOf(options, config))(config);
}

function clientClassOf({ host, port, otherHosts = [] }: PostgresOptions, config: pg.ClientConfig): typeof pg.Client {
  return otherHosts.length === 0 ? pg.Client : primaryClient([{ host, port }, ...otherHosts], config);
}

/** The options of a pool. @param max how many connections it has */
export function poolConfigOf(options: PostgresOptions, max: number): pg.PoolConfig {
  const { statementTimeoutMs } = options;
  const config = {
    ...clientConfigOf(options),
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + ANSWER_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  };
  return { ...config, max, Client: clientClassOf(options, config) };
}

/**
 * The options of a pool that writes: several statements are under way at a time, so that the last of them has waited for the others. Where a transaction
 * has not begun after all, what was sent behind its beginning is refused.
 */
export function writerConfigOf(options: PostgresOptions, max: number): pg.PoolConfig {
  return {
    ...poolConfigOf(options, max),
    options: `${SETTINGS} -c default_transaction_read_only=on`,
    query_timeout: SENT_AT_ONCE * options.statementTimeoutMs + ANSWER_MS,
    pipeline: true,
  };
}
