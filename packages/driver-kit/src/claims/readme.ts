import { readFile, writeFile } from 'node:fs/promises';
import type { ConformanceHarness } from '../conformance/harness.ts';
import { supportMatrix } from './matrix.ts';

const BEGIN = '<!-- support matrix: written by hookswitch-driver claims -->';
const END = '<!-- end of the support matrix -->';

/** Where a README stands in a package's folder. */
function readmeOf(folder: URL): URL {
  return new URL('README.md', folder);
}

/**
 * A README with what is to stand between the marks.
 * @throws Error where a mark is missing
 */
function withMatrix(readme: string, matrix: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`README.md has no place for the support matrix: give it the lines "${BEGIN}" and "${END}".`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${matrix}\n\n${readme.slice(end)}`;
}

/** Whether the README of the driver's package shows what the driver claims now. */
export async function isReadmeCurrent<Options>(harness: ConformanceHarness<Options>, folder: URL): Promise<boolean> {
  const readme = await readFile(readmeOf(folder), 'utf8');
  return withMatrix(readme, supportMatrix(harness)) === readme;
}

/**
 * Writes what the driver claims into the README of its package, where something else stands there.
 * @returns whether it has written
 */
export async function writeReadme<Options>(harness: ConformanceHarness<Options>, folder: URL): Promise<boolean> {
  const readme = await readFile(readmeOf(folder), 'utf8');
  const current = withMatrix(readme, supportMatrix(harness));
  if (current === readme) return false;
  await writeFile(readmeOf(folder), current);
  return true;
}
