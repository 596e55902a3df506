import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary-folder.ts';

/** A PostgreSQL and a NATS server with JetStream, on loopback and in a folder of their own. */
export interface Engines extends AsyncDisposable {
  /** The sections `store` and `bus` of a configuration file. */
  readonly configuration: string;
  /** Of each its process, by name. */
  readonly processes: ReadonlyMap<string, number>;
}

const run = promisify(execFile);
const VERSIONS = '/usr/lib/postgresql';
const START_MS = 30_000;

/** Starts both and waits until they take connections. Debian's packages postgresql and nats-server have to be there. */
export async function startEngines(): Promise<Engines> {
  const folder = temporaryFolder('hookswitch-engines-');
  const children: ChildProcess[] = [];
  process.prependOnceListener('exit', () => {
    for (const child of children) child.kill('SIGKILL');
  });
  const processes = new Map<string, number>();
  const start = async (
    name: string,
    { port, user }: { readonly port: number; readonly user: User | null },
    [file, ...args]: readonly [string, ...string[]],
  ) => {
    const child = spawn('setpriv', ['--pdeathsig', 'INT', file, ...args], { ...user, cwd: '/', stdio: 'ignore' });
    children.push(child);
    if (child.pid !== undefined) processes.set(name, child.pid);
    for (const end = Date.now() + START_MS; !(await listens(port)); await wait(50)) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`${file} does not start`);
    }
  };
  const [postgres, nats] = [await freePort(), await freePort()];
  const password = randomBytes(16).toString('hex');

  const user = ownerOfPostgres();
  if (user !== null) await chown(folder, user.uid, user.gid);
  await writeFile(join(folder, 'password'), password, { mode: 0o644 });
  const bin = join(VERSIONS, String(Math.max(...readdirSync(VERSIONS).map(Number))), 'bin');
  const data = join(folder, 'postgres');
  const login = ['-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', join(folder, 'password')];
  await run(join(bin, 'initdb'), ['-D', data, '-E', 'UTF8', ...login], { ...user, cwd: '/' });
  await start('PostgreSQL', { port: postgres, user }, [
    join(bin, 'postgres'),
    '-D',
    data,
    '-p',
    String(postgres),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ]);

  await writeFile(
    join(folder, 'nats.conf'),
    `listen: "127.0.0.1:${nats}"\njetstream { store_dir: ${JSON.stringify(join(folder, 'nats'))} }\n`,
  );
  await start('NATS', { port: nats, user: null }, ['/usr/sbin/nats-server', '-c', join(folder, 'nats.conf')]);

  return {
    processes,
    configuration: `store:\n  postgres: postgres://postgres:${password}@127.0.0.1:${postgres}/postgres\nbus:\n  nats: [nats://127.0.0.1:${nats}]\n`,
    async [Symbol.asyncDispose]() {
      for (const child of children) {
        const ended = once(child, 'exit');
        child.kill('SIGINT');
        await ended;
      }
    },
  };
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then it is the user of Debian's package. */
function ownerOfPostgres(): User | null {
  if (process.getuid?.() !== 0) return null;
  const [, , uid, gid] = /^postgres:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** A port of loopback that is free now, and that no connection gets by itself: it is to be free after a restart too. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
