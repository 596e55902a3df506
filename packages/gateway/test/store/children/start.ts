import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A program of this folder, run by Node from its source, and killed at the end of the test. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** The next line of its output. Fails where it ends instead. */
  line(): Promise<string>;
  say(line: string): void;
  /** Kills it as `kill -9` does and gives the lines that it had still said. */
  kill(): Promise<readonly string[]>;
}

export async function startChild(file: string, ...args: readonly string[]): Promise<Child> {
  const program = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child, 'spawn');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async () => {
    const ended = hasEnded(child) ? undefined : once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const rest: string[] = [];
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) rest.push(next.value);
    return rest;
  };
  return {
    pid: child.pid ?? 0,
    async line() {
      const next = await lines.next();
      if (next.done === true) throw new Error(`${file} ended.`);
      return next.value;
    },
    say: (line) => child.stdin.write(`${line}\n`),
    kill,
    async [Symbol.asyncDispose]() {
      await kill();
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
