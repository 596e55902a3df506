import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const OUTPUT_CHARACTERS = 8_000;

/** How an engine is run. */
export interface EngineCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** Whose process it is; null: the tests'. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  /** What it gets when the tests end in any way: prctl(2), `PR_SET_PDEATHSIG`. */
  readonly atTheEnd: 'INT' | 'TERM';
}

/** A running program that is ended by its id. */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #output = '';

  constructor({ file, args, user, atTheEnd }: EngineCommand) {
    this.#child = spawn('setpriv', ['--pdeathsig', atTheEnd, file, ...args], {
      ...user,
      env: { ...process.env, LC_ALL: 'C' },
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#exited = once(this.#child, 'exit');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output = (this.#output + String(chunk)).slice(-OUTPUT_CHARACTERS);
      });
    }
  }

  /** The end of what it has written. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  /** Resolves when it has ended. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.hasEnded) this.#child.kill(signal);
    await this.#exited;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async ended(): Promise<number | null> {
    await this.#exited;
    return this.#child.exitCode;
  }
}

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
