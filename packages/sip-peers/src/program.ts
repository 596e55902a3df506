import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isThere, searchPath } from './installed.ts';

/** Longer than a program may take to end when it is asked. */
const PATIENCE_MS = 3000;
/** How much of what it writes is kept. */
const OUTPUT_CHARACTERS = 4000;

/**
 * A running program, ended by disposing it. Where util-linux is there (every Debian) it is also asked to end when the
 * process that started it ends in any way, SIGKILL included: setpriv(1), `PR_SET_PDEATHSIG` of prctl(2).
 */
export class Program implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  #output = '';

  constructor(command: string, args: readonly string[], options: { readonly cwd?: string } = {}) {
    const PATH = searchPath();
    const [file = command, ...rest] = [...(isThere('setpriv', PATH) ? WITH_PARENT : []), command, ...args];
    this.#child = spawn(file, rest, {
      ...options,
      env: { ...process.env, PATH, TERM: 'dumb' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output = (this.#output + String(chunk)).slice(-OUTPUT_CHARACTERS);
      });
    }
    this.#child.stdin?.on('error', () => {});
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#output += String(error);
        resolve(null);
      });
      this.#child.once('exit', (code) => resolve(code));
    });
  }

  /** `undefined` where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The exit code; null: killed, or never started. */
  get exited(): Promise<number | null> {
    return this.#exited;
  }

  /** The end of what it has written: for the message of a test that fails. */
  get output(): string {
    return this.#output;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGTERM');
    const kill = setTimeout(() => this.#killAll(), PATIENCE_MS);
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

const WITH_PARENT = ['setpriv', '--pdeathsig', 'TERM'];

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
