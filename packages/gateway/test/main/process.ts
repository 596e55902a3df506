import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The gateway's own process, as in production. */
export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  /** Resolves with its address; rejects where it ends before. */
  readonly url: Promise<string>;
  readonly exit: Promise<number | null>;
}

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Starts `dist/main.js` with these variables and no others of ours. */
export function startProcess(environment: Readonly<Record<string, string>>): GatewayProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HOOKSWITCH_'));
  const child = spawn(process.execPath, [main], {
    env: { ...Object.fromEntries(inherited), HOOKSWITCH_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { output: '', errors: '' };
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  promise.catch(() => {});
  child.stdout.on('data', (data) => {
    texts.output += String(data);
    const found = /"url":"(http[^"]+)"/.exec(texts.output)?.[1];
    if (found !== undefined) resolve(found);
  });
  child.stderr.on('data', (data) => {
    texts.errors += String(data);
  });
  const exit = once(child, 'close').then(([code]: unknown[]) => code as number | null);
  exit.then(() => reject(new Error(`it ended: ${texts.errors}`))).catch(reject);
  return { child, output: () => texts.output, errors: () => texts.errors, url: promise, exit };
}
