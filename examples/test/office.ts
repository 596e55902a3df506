import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type DemoOffice, startDemoOffice } from '@hookswitch/demo';
import { onTestFinished } from 'vitest';

/** So long an example may take to say something, on a machine that is busy. */
const PATIENCE_MS = 45_000;

/** An office on a free port, closed when the test is over. @param config of its gateway, as YAML */
export async function openOffice(config = ''): Promise<DemoOffice> {
  const office = await startDemoOffice({
    environment: { HOOKSWITCH_PORT: '0', HOOKSWITCH_LOG_LEVEL: 'error' },
    file: config === '' ? null : { text: config, name: 'hookswitch.yaml', folder: process.cwd() },
    registrar: false,
  });
  onTestFinished(() => office.stop());
  return office;
}

/** An example while it runs. */
export interface Example {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** Resolves when it has said that. */
  until(wanted: RegExp): Promise<void>;
}

/** Starts an example as its page tells. */
export function startExample(given: readonly string[], office: DemoOffice): Example {
  const child = spawn(process.execPath, given, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { PATH: process.env['PATH'], HOOKSWITCH_URL: office.gateway.url, HOOKSWITCH_KEY: office.apiKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      for (const look of waiting) look();
    });
  }
  const ended = once(child, 'close').then(() => child.exitCode);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    ended,
    until(wanted) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = (): void => {
        if (wanted.test(said)) resolve();
      };
      waiting.add(look);
      look();
      ended.then(() => reject(new Error(`it ended before ${wanted}: ${said}`)));
      // Before the test's own limit, which would not say how far it came.
      const limit = setTimeout(() => reject(new Error(`it has not said ${wanted}: ${said}`)), PATIENCE_MS);
      return promise.finally(() => clearTimeout(limit));
    },
  };
}
