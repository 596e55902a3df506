import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SystemPackage } from './installed.ts';
import { type KamailioLogin, kamailioConfiguration } from './kamailio-configuration.ts';
import { freePort } from './ports.ts';
import { Program, temporaryDirectory } from './program.ts';

const MODULES = `/usr/lib/${process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'}/kamailio/modules`;

/** Debian's package of a Kamailio without TLS, with the files of it that are used here. */
export const KAMAILIO: readonly SystemPackage[] = [{ name: 'kamailio', files: ['kamailio', `${MODULES}/xhttp.so`] }];

/** The same with TLS. */
export const KAMAILIO_TLS: readonly SystemPackage[] = [
  ...KAMAILIO,
  { name: 'kamailio-tls-modules', files: [`${MODULES}/tls.so`] },
];

/** The address of a proxy in tests; gateway and phones have others. */
export const PROXY_HOST = '127.0.0.10';

/** How a Kamailio is started. */
export interface KamailioOptions {
  /** Where it listens. Default {@link PROXY_HOST}. */
  readonly host?: string;
  /** Key and certificate in PEM, for TLS. Default: none. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** What it asks for. Default: nobody is asked. */
  readonly login?: KamailioLogin;
  /** The shortest registration, in seconds: for phones that register once. Default 60. */
  readonly minExpiresSeconds?: number;
}

/** A contact as `ul.lookup` tells it. */
export interface KamailioContact {
  readonly Address: string;
  /** `[not set]`, where the contact is where it was seen. */
  readonly Received: string;
}

/** A running registrar and proxy. */
export interface Kamailio extends AsyncDisposable {
  readonly host: string;
  /** Of UDP and TCP. */
  readonly port: number;
  /** 0: it has no TLS. */
  readonly tlsPort: number;
  /** Of JSON-RPC. */
  readonly rpcUrl: string;
  readonly program: Program;
  /** The contacts of a user; none: it is not registered. */
  contactsOf(user: string): Promise<readonly KamailioContact[]>;
  /** Makes a contact of a user that stays: for who does not register by itself. @throws Error where it is refused */
  addContact(user: string, contact: string): Promise<void>;
  /** How many requests of that method have come, those that it refused too. */
  received(method: 'NOTIFY' | 'MESSAGE' | 'REGISTER'): Promise<number>;
}

const START_MS = 10_000;
const LOOK_MS = 10;

/**
 * Starts it and waits until it answers.
 * @throws Error with the end of what it wrote, where it ends instead or does not answer for ten seconds
 */
export async function startKamailio(options: KamailioOptions = {}): Promise<Kamailio> {
  const { host = PROXY_HOST, tls, login = null, minExpiresSeconds = 60 } = options;
  const directory = temporaryDirectory();
  const { path } = directory;
  const port = await freePort(host);
  const tlsPort = tls === undefined ? null : await freePort(host);
  if (tls !== undefined) {
    writeFileSync(join(path, 'key.pem'), tls.key);
    writeFileSync(join(path, 'cert.pem'), tls.cert);
  }
  const file = join(path, 'kamailio.cfg');
  writeFileSync(file, kamailioConfiguration({ host, port, tlsPort, directory: path, login, minExpiresSeconds }));
  // In the foreground, so that its process is ours; 64 MB shared and 8 MB of its own each.
  const program = new Program('kamailio', ['-f', file, '-DD', '-E', '-m', '64', '-M', '8', '-Y', path]);
  const rpcUrl = `http://${host}:${port}/RPC`;
  const kamailio: Kamailio = {
    host,
    port,
    tlsPort: tlsPort ?? 0,
    rpcUrl,
    program,
    async contactsOf(user) {
      const { result } = await call<{ Contacts: readonly { readonly Contact: KamailioContact }[] }>(rpcUrl, {
        method: 'ul.lookup',
        params: ['location', user],
      });
      return result?.Contacts.map(({ Contact }) => Contact) ?? [];
    },
    async addContact(user, contact) {
      // Expires, q, path, flags, cflags and methods: 0 is for ever, and nothing special.
      const params = ['location', user, contact, 0, 1, '0', 0, 0, 0];
      const { error } = await call(rpcUrl, { method: 'ul.add', params });
      if (error !== undefined) throw new Error(`Kamailio refuses the contact ${contact}: ${error.message}`);
    },
    async received(method) {
      const { result } = await call<readonly string[]>(rpcUrl, {
        method: 'stats.get_statistics',
        params: [`rcv_requests_${method.toLowerCase()}`],
      });
      return Number(/= (\d+)/.exec(result?.[0] ?? '')?.[1]);
    },
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      directory[Symbol.dispose]();
    },
  };
  if (await answers(rpcUrl, program)) return kamailio;
  await kamailio[Symbol.asyncDispose]();
  throw new Error(`Kamailio does not answer: ${program.output}`);
}

/** Its sockets are bound before the process that serves HTTP starts: who gets an answer there reaches all of them. */
async function answers(url: string, program: Program): Promise<boolean> {
  let ended = false;
  void program.exited.then(() => {
    ended = true;
  });
  const latest = performance.now() + START_MS;
  while (!ended && performance.now() < latest) {
    try {
      await call(url, { method: 'core.version', params: [] });
      return true;
    } catch {
      await delay(LOOK_MS);
    }
  }
  return false;
}

async function call<Result>(
  url: string,
  request: { readonly method: string; readonly params: readonly (string | number)[] },
): Promise<{ readonly result?: Result; readonly error?: { readonly message: string } }> {
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...request }),
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(START_MS),
  });
  return (await response.json()) as Awaited<ReturnType<typeof call<Result>>>;
}
