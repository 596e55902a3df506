/**
 * `node scripts/run.ts FILE [ARGS]`: builds what has changed, then runs the built FILE.
 *
 * SIGTERM or SIGHUP given to any process between `npx` and here, and Ctrl-C in a terminal, ends the program once, and
 * nothing stays behind: the program has a process group of its own, so that Ctrl-C, which a terminal sends to everybody
 * at once and npx and pnpm pass on again, reaches it as one signal; and it is asked to end when npx or pnpm has died.
 * SIGINT given to npx alone stays there: the shell that npx starts waits for its program first.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { buildQuietly, isAlive, packageRunnersAbove, root } from './processes.ts';

const SAME_SIGNAL_MS = 500;
const PATIENCE_MS = 10_000;
const WATCH_MS = 250;

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node scripts/run.ts FILE [ARGS]\n');
  process.exit(2);
}

let child: ChildProcess | undefined;
let lastSignalAt = Number.NEGATIVE_INFINITY;
const building = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => pass(signal));
endWithPackageRunners();

// No program needs the documentation site.
const built = await buildQuietly(building.signal, ['--filter=!@hookswitch/site']);
if (built !== 0 || building.signal.aborted) process.exit(built || 1);

const watcher = new URL('./end-with-parent.ts', import.meta.url).href;
child = spawn(process.execPath, ['--import', watcher, file, ...args], {
  cwd: root,
  stdio: 'inherit',
  detached: process.platform !== 'win32',
});
child.on('error', (error) => {
  process.stderr.write(`${file} could not be started: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

function pass(signal: NodeJS.Signals): void {
  const now = performance.now();
  if (now - lastSignalAt < SAME_SIGNAL_MS) return;
  lastSignalAt = now;
  building.abort();
  child?.kill(signal);
  setTimeout(() => child?.kill('SIGKILL'), PATIENCE_MS).unref();
}

function endWithPackageRunners(): void {
  const runners = packageRunnersAbove();
  const watch = setInterval(() => {
    if (runners.every(isAlive)) return;
    clearInterval(watch);
    pass('SIGTERM');
  }, WATCH_MS);
}
