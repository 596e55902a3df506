import { readdir, readFile } from 'node:fs/promises';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';
import { harnessOf } from '../command/harness-of.ts';
import { firstFailure } from '../conformance/conformance.ts';
import { type Mutant, mutantsOf, mutated } from './mutants.ts';
import { drawn, randomOf } from './random.ts';

/** A mutant of one of the driver's modules. */
export interface DriverMutant extends Mutant {
  /** As seen from the package's folder. */
  readonly file: string;
}

/** What the suite said to a mutant. */
export interface MutantVerdict {
  readonly mutant: DriverMutant;
  /** The case that failed, or that the driver could not be loaded; null: nothing told of it. */
  readonly told: string | null;
}

/** Which mutants are tried. */
export interface MutationOptions {
  readonly folder: string;
  readonly count: number;
  /** The same seed draws the same mutants. */
  readonly seed: number;
  readonly onVerdict?: (verdict: MutantVerdict) => void;
}

/** Of the driver alone: its virtual phone is what it is tried against. */
const NO_TABLES = /^src\/(?:virtual\/|index\.ts$|options\.ts$|.*\.test\.ts$)/;

/** All mutants of the tables in a driver's package. */
async function driverMutants(folder: string): Promise<readonly DriverMutant[]> {
  const files = (await readdir(new URL('src/', pathToFileURL(`${folder}/`)), { recursive: true }))
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !NO_TABLES.test(file))
    .toSorted();
  const mutants = await Promise.all(
    files.map(async (file) => {
      const source = stripped(await readFile(new URL(file, pathToFileURL(`${folder}/`)), 'utf8'));
      return mutantsOf(source).map((mutant) => ({ ...mutant, file }));
    }),
  );
  return mutants.flat();
}

/** Types give way to spaces: what stands where stays as it is. */
function stripped(source: string): string {
  return stripTypeScriptTypes(source, { mode: 'strip' });
}

/**
 * Tries whether the suite tells of mutants of a driver's tables: each is loaded in memory, and cases are run until one
 * fails. Cases in which something goes wrong on the way are left out.
 */
export async function mutate({ folder, count, seed, onVerdict }: MutationOptions): Promise<readonly MutantVerdict[]> {
  const root = pathToFileURL(`${folder}/`).href;
  const verdicts: MutantVerdict[] = [];
  for (const [index, mutant] of drawn(await driverMutants(folder), count, randomOf(seed)).entries()) {
    const verdict = { mutant, told: await tellsOf(root, mutant, `${seed}-${index}`) };
    verdicts.push(verdict);
    onVerdict?.(verdict);
  }
  return verdicts;
}

async function tellsOf(root: string, mutant: DriverMutant, id: string): Promise<string | null> {
  const hooks = mutantHooks(root, mutant, `?mutant=${id}`);
  try {
    return await firstFailure(await harnessOf('', `${root}test/harness.ts?mutant=${id}`));
  } catch (error) {
    return `it cannot be tried: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    hooks.deregister();
  }
}

/** Has the package's modules loaded anew, one of them with the mutant in it. Its virtual phone stays what it is. */
function mutantHooks(root: string, mutant: DriverMutant, query: string): { deregister(): void } {
  const file = `${root}${mutant.file}${query}`;
  return registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const isOwn = found.url.startsWith(`${root}src/`) && !found.url.startsWith(`${root}src/virtual/`);
      const isAsked = context.parentURL?.endsWith(query) === true;
      return isOwn && isAsked && found.url.endsWith('.ts') ? { ...found, url: `${found.url}${query}` } : found;
    },
    load(url, context, next) {
      const loaded = next(url, context);
      if (url !== file) return loaded;
      const source = mutated(stripped(String(loaded.source)), mutant);
      return { ...loaded, format: 'module', source };
    },
  });
}
