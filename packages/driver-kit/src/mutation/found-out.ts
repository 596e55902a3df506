import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const MAIN = fileURLToPath(new URL('../command/main.js', import.meta.url));

/** Which mutants of a driver are tried. */
export interface MutationSample {
  /** The folder of the driver's package, as in its harness. */
  readonly folder: URL;
  readonly count: number;
  readonly seed: number;
}

/** What became of them. */
export interface FoundOut {
  readonly found: number;
  readonly tried: number;
  /** All that the command said, for people. */
  readonly output: string;
}

/**
 * Tries mutants of a driver's tables in a process of its own, as `hookswitch-driver mutate --quick` does: for a test of the driver's
 * package. A test runner that loads modules by itself cannot load a mutant.
 */
export async function foundOut({ folder, count, seed }: MutationSample): Promise<FoundOut> {
  const options = ['--quick', '--count', String(count), '--seed', String(seed)];
  const args = [MAIN, 'mutate', ...options, fileURLToPath(folder)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 16 * 1024 * 1024 });
  const [, found, tried] = /(\d+) of (\d+) mutants of the tables were found out\.\n$/.exec(stdout) ?? [];
  return { found: Number(found), tried: Number(tried), output: stdout };
}
