/**
 * `node scripts/test.ts [VITEST ARGS]`: builds, runs every test once, and prints `N passed, N failed` as its last line.
 * Exits with 1 when anything failed, or when nothing ran.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPeers } from './peers.ts';
import { buildQuietly, run } from './processes.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

const counts = await testOnce(process.argv.slice(2));
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);

async function testOnce(args: readonly string[]): Promise<Counts> {
  if ((await buildQuietly()) !== 0) {
    process.stderr.write('The build failed, so no test ran.\n');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  installPeers();
  const directory = mkdtempSync(join(tmpdir(), 'hookswitch-test-'));
  try {
    const file = join(directory, 'report.json');
    const code = await run('vitest', [
      'run',
      // Projects take it from here only. Many tests wait for a process or a clock, so a worker a processor is not too many.
      '--maxWorkers=100%',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...args,
    ]);
    return withExitCode(countReport(file), code);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function countReport(file: string): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of readReport(file).testResults) {
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') counts.failed += 1;
      else counts.skipped += 1;
    }
    // A file that does not load, or whose hook fails, has no failed test of its own.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) counts.failed += 1;
  }
  return counts;
}

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    process.stderr.write(`vitest left no report: ${error instanceof Error ? error.message : String(error)}\n`);
    return { testResults: [] };
  }
}

/** What vitest counts as a failure without a test of its own: an uncaught error, an unhandled rejection, a crash. */
function withExitCode(counts: Counts, code: number): Counts {
  if (code === 0 || counts.failed > 0) return counts;
  process.stderr.write(`vitest ended with ${code} though no test failed: see the errors above.\n`);
  return { ...counts, failed: 1 };
}
