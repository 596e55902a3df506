import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { askGraphql, ENVIRONMENT, MAIN } from '../../support/process.ts';

/** Gateways one after the other over one listening socket, which outlives each of them. */
export interface HeldGateway extends AsyncDisposable {
  readonly url: string;
  graphql(query: string, variables?: object): Promise<Record<string, unknown>>;
  /** Sends SIGTERM to the gateway that runs, and resolves when the next one takes connections. */
  restart(): Promise<void>;
  errors(): string;
}

/**
 * What a service manager does with socket activation: it holds the socket as file descriptor 3, never takes a connection from it,
 * and starts the program again when it has ended well.
 */
const HOLDER = `while sh -c 'echo "pid $$"; export LISTEN_PID=$$ LISTEN_FDS=1; exec "$@"' sh "$@"; do :; done`;

/** @param environment beside that of every gateway in tests */
export async function holdGateway(environment: Readonly<Record<string, string>>): Promise<HeldGateway> {
  const socket = createServer().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address() as { readonly port: number };
  const holder = spawn('sh', ['-c', HOLDER, 'sh', process.execPath, MAIN], {
    // Another port than the socket's: the socket has to win.
    env: { ...ENVIRONMENT, ...environment, HOOKSWITCH_PORT: '1' },
    stdio: ['ignore', 'pipe', 'pipe', descriptorOf(socket)],
    // A group of its own, which ends as one.
    detached: true,
  });
  socket.close();
  const ended = once(holder, 'close');
  const errors: string[] = [];
  let pid = 0;
  let listening = Promise.withResolvers<string>();
  holder.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  if (holder.stdout === null) throw new Error('no output');
  createInterface({ input: holder.stdout }).on('line', (line) => {
    pid = Number(/^pid (\d+)$/.exec(line)?.[1] ?? pid);
    const [, url] = /"url":"([^"]+)".*"msg":"listening"/.exec(line) ?? [];
    if (url !== undefined) listening.resolve(url);
  });
  const up = (): Promise<string> =>
    Promise.race([
      listening.promise,
      ended.then(() => {
        throw new Error(`it ended: ${errors.join('')}`);
      }),
    ]);
  const url = `http://127.0.0.1:${port}`;
  if ((await up()) !== url) throw new Error(`it listens elsewhere than at ${url}`);
  return {
    url,
    graphql: (query, variables) => askGraphql(url, query, variables),
    async restart() {
      listening = Promise.withResolvers();
      process.kill(pid, 'SIGTERM');
      await up();
    },
    errors: () => errors.join(''),
    async [Symbol.asyncDispose]() {
      if (holder.pid !== undefined && holder.exitCode === null && holder.signalCode === null)
        process.kill(-holder.pid, 'SIGKILL');
      await ended;
    },
  };
}

/** Node tells it nowhere else: a child takes streams and numbers for its file descriptors, and a server is neither. */
function descriptorOf(server: Server): number {
  const descriptor: unknown = Reflect.get(Reflect.get(server, '_handle') as object, 'fd');
  if (typeof descriptor !== 'number') throw new Error('the socket has no file descriptor');
  return descriptor;
}
