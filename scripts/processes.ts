import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the repository, with a trailing separator. */
export const root = fileURLToPath(new URL('../', import.meta.url));

const PACKAGE_RUNNER = /(^|[\s/\\])(npm|npx|pnpm|pnpx)(-cli|\.c?js|@|\s|$)/;
const SHELL = /^-?(\S*\/)?(sh|bash|dash|zsh|ash|busybox|fish)(\s|$)/;

/**
 * Runs a command in the repository's root, without input, and waits for it.
 *
 * @returns its exit code; 1 when a signal ended it or it could not be started (which is then said on stderr).
 */
export function run(command: string, args: readonly string[]): Promise<number> {
  const windows = process.platform === 'win32';
  return exitCode(
    command,
    spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: windows }),
  );
}

/** A build that takes longer says so: what comes first is not there yet. */
const QUIET_MS = 3_000;

/**
 * Builds what has changed, through turbo's cache. Says no more than that it builds, where that takes long, unless it fails; then
 * its output goes to stderr.
 *
 * @param signal - ends the build.
 * @param filters - turbo's, for who needs only a part of it.
 * @returns turbo's exit code; 1 when it was ended.
 */
export async function buildQuietly(signal?: AbortSignal, filters: readonly string[] = []): Promise<number> {
  const child = spawn('turbo', ['run', 'build', '--output-logs=errors-only', ...filters], {
    cwd: root,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
  });
  const patience = setTimeout(
    () => process.stderr.write('Building, which takes a minute the first time …\n'),
    QUIET_MS,
  );
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await exitCode('turbo', child);
  clearTimeout(patience);
  if (code !== 0) process.stderr.write(Buffer.concat(output));
  return code;
}

/**
 * The process ids of the package runners (npx, pnpm and the shells between them) that started this process, nearest
 * first. When one of them dies without passing its signal on, the command the person typed has ended.
 * A shell or program above the outermost runner is not among them: it may end while its background job lives on.
 * Empty where there is no `/proc`.
 */
export function packageRunnersAbove(): number[] {
  const chain: { id: number; isRunner: boolean }[] = [];
  for (let id = process.ppid; id > 1; ) {
    const found = readProcess(id);
    const isShell = SHELL.test(found?.command ?? '');
    const isRunner = !isShell && PACKAGE_RUNNER.test(found?.command ?? '');
    if (found === undefined || !(isShell || isRunner)) break;
    chain.push({ id, isRunner });
    id = found.parent;
  }
  return chain.slice(0, chain.findLastIndex((entry) => entry.isRunner) + 1).map((entry) => entry.id);
}

/** Whether a process with this id exists. */
export function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function exitCode(command: string, child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function readProcess(id: number): { parent: number; command: string } | undefined {
  try {
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const parent = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]);
    return { parent, command };
  } catch {
    return undefined;
  }
}
