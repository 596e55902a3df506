import { readdirSync, readFileSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';
import type { PostgresOptions } from '../../src/store/postgres/index.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { type EngineCommand, EngineProcess, freePort } from './engine-process.ts';

const VERSIONS = '/usr/lib/postgresql';
const PASSWORD = 'of-the-tests';

/** Debian's package, with the program that is used. */
export const POSTGRESQL = { name: 'postgresql', files: [join(binaries(), 'postgres')] } as const;

/** A PostgreSQL of its own, on loopback and in a temporary folder. */
export interface Postgres extends AsyncDisposable {
  readonly port: number;
  readonly password: string;
  /** Makes an empty database. */
  createDatabase(name: string): Promise<void>;
  /** How a gateway reaches it. @param port of something between the two */
  options(database: string, port?: number): PostgresOptions;
  url(database: string): string;
  /** Runs statements as the administrator. */
  run(database: string, sql: string): Promise<readonly pg.QueryResultRow[]>;
  /** Ends it without any goodbye, as a crash does: what was not committed is gone. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Starts it and waits until it answers.
 * @param settings of its own, such as `fsync=off`
 * @param files beside its data, by their names
 */
export async function startPostgres(
  settings: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
): Promise<Postgres> {
  const directory = await temporaryDirectory();
  const data = join(directory.path, 'data');
  const passwordFile = join(directory.path, 'password');
  await writeFile(passwordFile, PASSWORD);
  const user = await unprivileged([directory.path, passwordFile]);
  const run = (program: string, ...args: readonly string[]) => runAs(user, program, args);
  await run(
    'initdb',
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
    '-N',
  );
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(data, name), text, { mode: 0o600 });
    if (user !== null) await chown(join(data, name), user.uid, user.gid);
  }
  const port = await freePort();
  const start = () =>
    new EngineProcess({
      file: join(binaries(), 'postgres'),
      args: ['-D', data, '-p', String(port), ...[...SETTINGS, ...settings].flatMap((setting) => ['-c', setting])],
      user,
      atTheEnd: 'INT',
    });
  let engine = start();
  const login = { host: '127.0.0.1', port, user: 'postgres', password: PASSWORD };
  const ask = async (database: string, sql: string) => {
    const client = new pg.Client({ ...login, database });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const answers = () =>
    vi.waitFor(
      async () => {
        if (engine.hasEnded) throw new Error(`PostgreSQL ended: ${engine.output}`);
        await ask('postgres', 'SELECT 1');
      },
      { timeout: 30_000, interval: 50 },
    );
  await answers();
  return {
    port,
    password: PASSWORD,
    async createDatabase(name) {
      await ask('postgres', `CREATE DATABASE ${name}`);
    },
    options: (database, between = port) => ({
      ...{ host: '127.0.0.1', port: between, user: 'postgres', database, tls: null },
      password: async () => PASSWORD,
      readers: 4,
      statementTimeoutMs: 10_000,
    }),
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    run: ask,
    crash: () => engine.end('SIGQUIT'),
    async start() {
      engine = start();
      await answers();
    },
    async [Symbol.asyncDispose]() {
      await engine.end('SIGINT');
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** Of every server in tests. */
export const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=16MB',
  'max_connections=60',
];

/** The programs of the newest version that is installed. */
export function binaries(): string {
  try {
    const versions = readdirSync(VERSIONS).map(Number).filter(Number.isInteger);
    return join(VERSIONS, String(Math.max(...versions)), 'bin');
  } catch {
    return join(VERSIONS, 'none', 'bin');
  }
}

/** PostgreSQL refuses to run as root: then it is the user of Debian's package, who gets the files. */
export async function unprivileged(paths: readonly string[]): Promise<EngineCommand['user']> {
  if (process.getuid?.() !== 0) return null;
  const [, , uid, gid] = /^postgres:(.*)$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error('there is no user postgres');
  for (const path of paths) await chown(path, Number(uid), Number(gid));
  return { uid: Number(uid), gid: Number(gid) };
}

/** Runs one of its programs to its end. @throws Error with what it said */
export async function runAs(user: EngineCommand['user'], program: string, args: readonly string[]): Promise<void> {
  const running = new EngineProcess({ file: join(binaries(), program), args, user, atTheEnd: 'TERM' });
  if ((await running.ended()) !== 0) throw new Error(`${program} failed: ${running.output}`);
}
