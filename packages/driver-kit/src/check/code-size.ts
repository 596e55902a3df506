import { driverModules } from './driver-modules.ts';
import { readManifest } from './manifest.ts';

/** How much code a driver is. */
export interface CodeSize {
  /** Lines of code as built, tables left out: no comments, no types, no imports. */
  readonly lines: number;
  /** The same of its tables, which are known by their names: `*.table.js`. */
  readonly tables: number;
  /** Each module with its lines, as seen from the package's folder. */
  readonly modules: readonly { readonly file: string; readonly lines: number }[];
}

const TABLE = /\.table\.[cm]?js$/;

/**
 * Counts the code that the gateway loads of a driver. Virtual phones are none of it, and neither is what the driver imports from elsewhere.
 * @param folder the one with `package.json`, built
 */
export async function driverSize(folder: string): Promise<CodeSize> {
  const manifest = await readManifest(folder);
  const found = manifest === null ? [] : await driverModules(manifest);
  const modules = found
    .map(({ file, facts }) => ({ file, lines: typeof facts === 'string' ? 0 : facts.lines }))
    .toSorted((one, other) => one.file.localeCompare(other.file));
  const sum = (isTable: boolean): number =>
    modules.filter(({ file }) => TABLE.test(file) === isTable).reduce((total, { lines }) => total + lines, 0);
  return { lines: sum(false), tables: sum(true), modules };
}
