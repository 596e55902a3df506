import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ADMIN_KEY } from './gateway.ts';

/** The gateway's program. */
export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const ACME = fileURLToPath(new URL('./driver.ts', import.meta.url));

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The gateway as it is run in production, in a process of its own. */
export interface GatewayProcess extends AsyncDisposable {
  /** Where it listens; rejects where it ends instead. */
  readonly url: Promise<string>;
  readonly ended: Promise<Ended>;
  output(): string;
  errors(): string;
  kill(signal: NodeJS.Signals): void;
  /** Says something to a module that was loaded before it, and resolves with the answer. */
  tell(message: NonNullable<object | string>): Promise<unknown>;
  graphql(query: string, variables?: object): Promise<Record<string, unknown>>;
}

/** A configuration file that names the driver of the tests, which needs no worker: these tests are of the process. */
export const ACME_CONFIG = `drivers: [{ name: ${JSON.stringify(ACME)}, isolation: none }]\n`;

/** What the environment of every gateway in tests holds. */
export const ENVIRONMENT: Readonly<NodeJS.ProcessEnv> = {
  PATH: process.env['PATH'],
  HOOKSWITCH_PORT: '0',
  HOOKSWITCH_ADMIN_KEY: ADMIN_KEY,
  HOOKSWITCH_ALLOWED_TARGETS: '127.0.0.0/8',
};

/** @param environment beside a port of its own, the key of the tests and loopback as target; '' takes one of them back */
export function startProcess(
  environment: Readonly<Record<string, string>>,
  { preload }: { readonly preload?: string } = {},
): GatewayProcess {
  const child: ChildProcess = spawn(process.execPath, [...(preload === undefined ? [] : ['--import', preload]), MAIN], {
    env: {
      ...ENVIRONMENT,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(preload === undefined ? [] : (['ipc'] as const))],
  });
  const [lines, errors]: [string[], string[]] = [[], []];
  const listening = Promise.withResolvers<string>();
  const ended = once(child, 'close').then((): Ended => {
    const { exitCode: code, signalCode: signal } = child;
    listening.reject(new Error(`it ended (${code ?? signal}): ${errors.join('')}`));
    return { code, signal };
  });
  listening.promise.catch(() => {});
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  if (child.stdout === null) throw new Error('no output');
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    const [, url] = /"url":"([^"]+)".*"msg":"listening"/.exec(line) ?? [];
    if (url !== undefined) listening.resolve(url);
  });
  return {
    url: listening.promise,
    ended,
    output: () => lines.join('\n'),
    errors: () => errors.join(''),
    kill: (signal) => child.kill(signal),
    async tell(message) {
      const answer = once(child, 'message');
      child.send(message);
      const [said] = await answer;
      return said;
    },
    graphql: async (query, variables) => askGraphql(await listening.promise, query, variables),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Asks a gateway with the key of the tests. @throws the errors of the answer */
export async function askGraphql(url: string, query: string, variables?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    readonly data?: Record<string, unknown>;
    readonly errors?: unknown;
  };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data ?? {};
}

/** Adds a phone. @returns its id, and where its action URLs lead: `http://…/a/token` */
export async function addPhone(
  gateway: Pick<GatewayProcess, 'graphql'>,
  input: { readonly name: string; readonly address?: string; readonly tags?: readonly string[] },
): Promise<{ readonly id: string; readonly base: string }> {
  const { addPhone: phone } = await gateway.graphql(
    `mutation ($input: AddPhoneInput!) { addPhone(input: $input) { ... on Phone { id actionUrls { url } } ... on Failure { message } } }`,
    { input: { vendor: 'acme', ...input } },
  );
  const { id, actionUrls } = phone as { readonly id: string; readonly actionUrls: readonly { readonly url: string }[] };
  const [, base] = /^(.*\/a\/[^/]+)\//.exec(actionUrls[0]?.url ?? '') ?? [];
  if (base === undefined) throw new Error(JSON.stringify(phone));
  return { id, base };
}
