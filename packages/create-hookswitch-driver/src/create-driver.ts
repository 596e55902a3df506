import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import corePackage from '@hookswitch/core/package.json' with { type: 'json' };
import kitPackage from '@hookswitch/driver-kit/package.json' with { type: 'json' };
import { type DriverNames, renamed } from './names.ts';

const TEMPLATE = fileURLToPath(new URL('../template', import.meta.url));

/** A registry's client leaves a `.gitignore` out of what it packs, and a second manifest would mislead Node.js and bundlers. */
const CALLED_OTHERWISE: Readonly<Record<string, string>> = { gitignore: '.gitignore', 'manifest.json': 'package.json' };

/** Where the new driver gets the core and the kit from. */
export interface DriverSources {
  /** A folder with both as packed by `npm pack` or `pnpm pack`. Default: the registry. */
  readonly packed?: string | undefined;
}

/**
 * Writes the package of a new driver.
 * @param folder is made where it is not there
 * @returns the files, as seen from the folder
 * @throws Error in words for people where something is in the folder already, or a package is not among those that are packed
 */
export async function createDriver(
  folder: string,
  names: DriverNames,
  { packed }: DriverSources = {},
): Promise<readonly string[]> {
  const files = packed === undefined ? null : await packedFiles(packed);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty: nothing was written.`);
  const written: string[] = [];
  for (const entry of await readdir(TEMPLATE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(TEMPLATE, join(entry.parentPath, entry.name));
    const text = renamed(await readFile(join(TEMPLATE, path), 'utf8'), names);
    const target = renamed(CALLED_OTHERWISE[path] ?? path, names);
    await mkdir(dirname(join(folder, target)), { recursive: true });
    await writeFile(join(folder, target), target === 'package.json' ? withPacked(withVersions(text), files) : text);
    written.push(target);
  }
  return written.toSorted();
}

/** The driver is made for the release of the core and the kit that this package came with. */
function withVersions(manifest: string): string {
  return manifest
    .replaceAll(/("@hookswitch\/core": )"[^"]*"/g, `$1"^${corePackage.version}"`)
    .replaceAll(/("@hookswitch\/driver-kit": )"[^"]*"/g, `$1"^${kitPackage.version}"`);
}

/** The core and the kit of this release in a folder, by their names. */
async function packedFiles(packed: string): Promise<ReadonlyMap<string, string>> {
  const there = await readdir(packed);
  const wanted = [corePackage, kitPackage].map(({ name, version }) => {
    const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
    if (!there.includes(file)) throw new Error(`${packed} has no ${file}: nothing was written.`);
    return [name, join(packed, file)] as const;
  });
  return new Map(wanted);
}

/** Only what the driver is developed with: whoever installs it has a gateway, which brings the core. */
function withPacked(manifest: string, files: ReadonlyMap<string, string> | null): string {
  if (files === null) return manifest;
  const json: { devDependencies: Record<string, string> } = JSON.parse(manifest);
  for (const [name, file] of files) json.devDependencies[name] = `file:${file}`;
  return `${JSON.stringify(json, null, 2)}\n`;
}
