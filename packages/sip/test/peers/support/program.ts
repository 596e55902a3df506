import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished, test } from 'vitest';

/** Where system programs are that an ordinary PATH may not name. */
const PLACES = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];

/** Whether all programs of a suite are installed; says loudly where they are not, and fails where CI needs them. */
export function installed(
  ...packages: readonly { readonly name: string; readonly files: readonly string[] }[]
): boolean {
  const missing = packages.filter(({ files }) => !files.every(isThere)).map(({ name }) => name);
  if (missing.length === 0) return true;
  const message = `LEFT OUT: the tests against a real SIP peer; not installed: ${missing.join(', ')}`;
  process.stderr.write(`\n*** ${message} ***\n\n`);
  if (process.env['CI'] === 'true') {
    test('the peer of this suite is installed', () => {
      throw new Error(message);
    });
  }
  return false;
}

function isThere(file: string): boolean {
  const candidates = file.startsWith('/') ? [file] : PLACES.map((place) => join(place, file));
  return candidates.some((candidate) => {
    try {
      accessSync(candidate, file.startsWith('/') ? constants.R_OK : constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A running program that a test disposes of. */
export class Program implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  readonly #output: string[] = [];

  constructor(command: string, args: readonly string[], options: { readonly cwd?: string } = {}) {
    const path = PLACES.join(delimiter);
    this.#child = spawn(command, args, {
      ...options,
      env: { ...process.env, PATH: path, TERM: 'dumb' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk) => this.#output.push(String(chunk)));
    this.#child.stderr?.on('data', (chunk) => this.#output.push(String(chunk)));
    this.#child.stdin?.on('error', () => {});
    // A test that runs out of time disposes of nothing by itself.
    onTestFinished(() => this[Symbol.asyncDispose]());
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#output.push(String(error));
        resolve(null);
      });
      this.#child.once('exit', (code) => resolve(code));
    });
  }

  /** The exit code; null: killed, or never started. */
  get exited(): Promise<number | null> {
    return this.#exited;
  }

  /** The end of what it has written: for the message of a test that fails. */
  get output(): string {
    return this.#output.join('').slice(-4000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGTERM');
    const kill = setTimeout(() => this.#killAll(), 3000);
    await this.#exited;
    clearTimeout(kill);
  }

  /** Kamailio's workers outlive a parent that is killed: they are killed first. */
  #killAll(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    for (const worker of childrenOf(pid)) {
      try {
        process.kill(worker, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
    this.#child.kill('SIGKILL');
  }
}

/** The children of a process; none where the system does not tell. */
function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** A directory for the files of a program. */
export function temporaryDirectory(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'hookswitch-sip-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A port of an address that is free now; nobody else uses these addresses. */
export async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
