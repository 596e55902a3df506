import { checkCode } from './code-rules.ts';
import { checkEntry } from './entry-rules.ts';
import { checkDocs, checkFiles } from './file-rules.ts';
import type { PackageFinding } from './finding.ts';
import { readManifest } from './manifest.ts';
import { checkManifest } from './manifest-rules.ts';

/** So long a process may take to import a driver and end, on a slow computer, too. */
const PATIENCE_MS = 15_000;

/**
 * Checks the package of a driver: its manifest, its code as built, its files and its documents. It imports the driver,
 * and sends nothing.
 * @param folder the one with `package.json`, built, its dependencies installed
 * @param options `patienceMs`: how long a process may take that imports the driver and has to end
 * @returns what is to be mended, in the order of the codes; empty: the package passes
 */
export async function checkDriverPackage(
  folder: string,
  { patienceMs = PATIENCE_MS }: { readonly patienceMs?: number } = {},
): Promise<readonly PackageFinding[]> {
  const manifest = await readManifest(folder);
  if (manifest === null) return [{ code: 'E101', file: 'package.json', message: 'it is not there, or no JSON' }];
  const entry = await checkEntry(manifest, patienceMs);
  const findings = [
    ...(await checkManifest(manifest)),
    ...entry.findings,
    ...(await checkCode(manifest)),
    ...checkFiles(folder),
    ...(await checkDocs(folder, entry.driver)),
  ];
  return findings.toSorted((one, other) => one.code.localeCompare(other.code) || one.file.localeCompare(other.file));
}
