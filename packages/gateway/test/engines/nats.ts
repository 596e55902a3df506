import { writeFile } from 'node:fs/promises';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { usernamePasswordAuthenticator } from '@nats-io/transport-node';
import { vi } from 'vitest';
import type { JetStreamOptions } from '../../src/store/jetstream/index.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { EngineProcess, freePort } from './engine-process.ts';

/** Debian's package, with the program that is used. */
export const NATS = { name: 'nats-server', files: ['nats-server'] } as const;

const PASSWORD = 'of-the-tests';

/** A NATS server with JetStream, on loopback and in a temporary folder. */
export interface Nats extends AsyncDisposable {
  readonly port: number;
  /** Where it tells of itself over HTTP. */
  readonly monitoring: string;
  /** With a name and a password. */
  readonly url: string;
  /** How a gateway reaches it. @param port of something between the two */
  options(stream: string, port?: number): JetStreamOptions;
  /** Lets clients in by their password, or nobody; those that are there too. */
  letIn(isLet: boolean): Promise<void>;
  /** How often it has refused somebody lately. */
  readonly refusals: number;
  /** Kills it. */
  crash(): Promise<void>;
  /** @param domain of its JetStream from now on; left out: as before */
  start(domain?: string): Promise<void>;
}

/** How a server differs from one that is alone. */
export interface NatsServerOptions {
  /** Lines of its configuration beside the usual ones. */
  readonly lines?: readonly string[];
  /** The domain of its JetStream, left out: it has none; null: it has no JetStream. */
  readonly domain?: string | null;
}

/** Starts it and waits until it takes connections. */
export async function startNats({ lines = [], ...options }: NatsServerOptions = {}): Promise<Nats> {
  let { domain = '' } = options;
  const directory = await temporaryDirectory();
  const [port, http] = await Promise.all([freePort(), freePort()]);
  const configuration = join(directory.path, 'nats.conf');
  const named = () => (domain === '' ? '' : `, domain: "${domain}"`);
  const linesFor = (password: string) => [
    `listen: "127.0.0.1:${port}"`,
    `http: "127.0.0.1:${http}"`,
    `authorization { user: "hookswitch", password: "${password}" }`,
    ...(domain === null ? [] : [`jetstream { store_dir: ${JSON.stringify(join(directory.path, 'data'))}${named()} }`]),
    ...lines,
  ];
  const configure = (password: string) =>
    writeFile(
      configuration,
      linesFor(password)
        .map((line) => `${line}\n`)
        .join(''),
    );
  await configure(PASSWORD);
  const start = () =>
    new EngineProcess({ file: '/usr/sbin/nats-server', args: ['-c', configuration], user: null, atTheEnd: 'TERM' });
  let engine = start();
  const answers = () =>
    vi.waitFor(
      async () => {
        if (engine.hasEnded) throw new Error(`NATS ended: ${engine.output}`);
        await reached(port);
      },
      { timeout: 30_000, interval: 50 },
    );
  await answers();
  return {
    port,
    monitoring: `http://127.0.0.1:${http}`,
    url: `nats://hookswitch:${PASSWORD}@127.0.0.1:${port}`,
    options: (stream, between = port) => ({
      servers: [`nats://127.0.0.1:${between}`],
      stream,
      replicas: 1,
      limits: { maxAgeMs: null, maxBytes: null },
      login: { authenticator: usernamePasswordAuthenticator('hookswitch', PASSWORD) },
    }),
    async letIn(isLet) {
      await configure(isLet ? PASSWORD : `not ${PASSWORD}`);
      // It reads its configuration again.
      engine.signal('SIGHUP');
    },
    get refusals() {
      return engine.output.match(/authentication error/g)?.length ?? 0;
    },
    crash: () => engine.end('SIGKILL'),
    async start(given) {
      domain = given ?? domain;
      await configure(PASSWORD);
      engine = start();
      await answers();
    },
    async [Symbol.asyncDispose]() {
      await engine.end('SIGTERM');
      await directory[Symbol.asyncDispose]();
    },
  };
}

function reached(port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connectSocket(port, '127.0.0.1');
  socket.once('data', () => resolve());
  socket.once('error', reject);
  return promise.finally(() => socket.destroy());
}
