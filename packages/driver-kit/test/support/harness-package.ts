import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A README that has a place for the support matrix. */
const README = `# Example

<!-- support matrix: written by hookswitch-driver claims -->
<!-- end of the support matrix -->

The end.
`;

/** A folder of its own with the manifest and the README of a driver's package. */
export async function harnessPackage(
  files: Readonly<Record<string, string>> = {},
): Promise<AsyncDisposable & { readonly folder: URL; readonly path: string }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'hookswitch-harness-')));
  const all = {
    'README.md': README,
    'package.json': JSON.stringify({ type: 'module', exports: { './virtual': './virtual.js' } }),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) await writeFile(join(path, name), text);
  return { folder: pathToFileURL(`${path}/`), path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
