import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Client, type ClientOptions, createClient, operation, type Phone } from '../../src/index.ts';
import { type NetworkProxy, startProxy } from './proxy.ts';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.resolve('@hookswitch/gateway')));

/** The first API key of every gateway here. */
export const KEY = 'key-of-the-tests-0123456789';

/** A gateway in a process of its own, a network that may break before it, and a phone that reports. */
export interface Stand {
  /** Through the network that may break. */
  readonly url: string;
  readonly proxy: NetworkProxy;
  readonly dataDir: string;
  readonly phone: Phone;
  /** A client of its own, closed with the stand. Its pauses are short. */
  client(options?: Partial<ClientOptions>): Client;
  /** The phone reports that its receiver was lifted, with that number as `active_key`, and with that as its account. */
  report(number: number, account?: string): Promise<void>;
  /** How many the gateway has whom it sends events to, as it counts them itself. */
  subscribers(): Promise<number>;
  /** The phone reports that it rings, in that call. */
  ring(callId: string): Promise<void>;
  stop(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  /** Restarts it with that added to its configuration. */
  configure(yaml: string): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<unknown>;
}

export async function openStand(): Promise<Stand> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hookswitch-client-test-'));
  const configure = (yaml: string): Promise<void> =>
    writeFile(join(dataDir, 'hookswitch.yaml'), `allowedTargets: [127.0.0.0/8]\n${yaml}`);
  await configure('');
  let running = await startGateway(dataDir);
  const proxy = await startProxy(running.url);
  const clients: Client[] = [];
  onTestFinished(async () => {
    await Promise.all(clients.map((client) => client.close()));
    running.child.kill('SIGKILL');
    await running.ended;
    await proxy[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });
  const client = (options: Partial<ClientOptions> = {}): Client => {
    const backoff = { firstMs: 20, maxMs: 100 };
    const made = createClient({ url: proxy.url, token: KEY, backoff, ...options });
    clients.push(made);
    return made;
  };
  const { phone, base } = await addPhone(client());
  const tell = async (path: string): Promise<void> => {
    const { status } = await fetch(`${running.url}${base}/${path}`);
    if (status !== 200) throw new Error(`the gateway answered ${status}`);
  };
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    running.child.kill(signal);
    await running.ended;
  };
  const start = async (): Promise<void> => {
    running = await startGateway(dataDir);
    proxy.leadTo(running.url);
  };
  return {
    url: proxy.url,
    proxy,
    dataDir,
    phone,
    client,
    report: (number, account) =>
      tell(`offhook?active_key=${number}${account === undefined ? '' : `&active_url=${account}`}`),
    subscribers: async () => {
      const metrics = await (await fetch(`${running.url}/metrics`)).text();
      return Number(/^hookswitch_subscribers (\d+)$/m.exec(metrics)?.[1]);
    },
    ring: (callId) => tell(`incoming?call-id=${callId}&remote=201%40pbx.example&local=101%40pbx.example`),
    stop,
    start,
    async configure(yaml) {
      await stop('SIGTERM');
      await configure(yaml);
      await start();
    },
  };
}

async function startGateway(dataDir: string): Promise<Running> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      HOOKSWITCH_CONFIG: join(dataDir, 'hookswitch.yaml'),
      HOOKSWITCH_PORT: '0',
      HOOKSWITCH_DATA_DIR: dataDir,
      HOOKSWITCH_ADMIN_KEY: KEY,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, url] = /"url":"([^"]+)".*"msg":"listening"/.exec(line) ?? [];
    if (url !== undefined) resolve(url);
  });
  ended.then(() => reject(new Error(`the gateway ended: ${errors.join('')}`)));
  return { child, url: await promise, ended };
}

const ACTION_URLS = operation<
  { readonly phone: { readonly actionUrls: readonly { readonly url: string }[] | null } | null },
  { readonly id: string }
>('query ($id: ID!) { phone(by: { id: $id }) { actionUrls { url } } }');

/** Adds a phone that nobody can reach. @returns it, and the path of its action URLs: `/a/token` */
async function addPhone(client: Client): Promise<{ readonly phone: Phone; readonly base: string }> {
  const input = {
    name: 'Desk',
    vendor: 'snom',
    model: 'D785',
    firmware: '10.1.33.33',
    address: 'http://127.0.0.1:1024',
  };
  const added = await client.addPhone(input);
  if (!added.ok) throw new Error(added.failure.message);
  const urls = await client.request(ACTION_URLS, { id: added.value.id });
  const [first] = (urls.ok ? urls.value.phone?.actionUrls : null) ?? [];
  const [, base] = /^http:\/\/[^/]+(\/a\/[^/]+)\//.exec(first?.url ?? '') ?? [];
  if (base === undefined) throw new Error('the phone has no action URL');
  return { phone: added.value, base };
}
