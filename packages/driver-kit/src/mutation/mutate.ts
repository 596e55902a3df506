import { readdir, readFile } from 'node:fs/promises';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';
import { harnessOf } from '../command/harness-of.ts';
import { type FirstFailure, firstFailure } from '../conformance/conformance.ts';
import type { CaseKind } from '../conformance/runner.ts';
import { isSameData } from './equivalent.ts';
import { type Mutant, mutantsOf, mutated } from './mutants.ts';
import { drawn, randomOf } from './random.ts';

/** A mutant of one of the driver's modules. */
export interface DriverMutant extends Mutant {
  /** As seen from the package's folder. */
  readonly file: string;
}

/** Who told of a mutant: a case, or the driver that cannot be loaded with it. */
export interface Told {
  readonly name: string;
  readonly kind: CaseKind | 'LOADING';
}

/** What the suite said to a mutant. */
export interface MutantVerdict {
  readonly mutant: DriverMutant;
  /** Null: nothing told of it. */
  readonly told: Told | null;
  /** All that its module exports is data, and is the same as without the mutant: nobody could tell. It was not tried. */
  readonly isEquivalent: boolean;
}

/** Which mutants are tried, and how. */
export interface MutationOptions {
  readonly folder: string;
  /** How many; all where there are fewer. */
  readonly count: number;
  /** The same seed draws the same mutants. */
  readonly seed: number;
  /** Only of files whose name has these words in it. Default: of all. */
  readonly only?: string | undefined;
  /** Only by cases for which no phone has to run, so that it takes a second a mutant. Default false. */
  readonly quick?: boolean | undefined;
  readonly onVerdict?: (verdict: MutantVerdict) => void;
}

/** Of the driver alone: its virtual phone is what it is tried against. What stands about options is for people. */
const NO_TABLES = /^src\/(?:virtual\/|index\.ts$|options(?:\.table)?\.ts$|.*\.test\.ts$)/;

/** All mutants of the tables in a driver's package. */
async function driverMutants(folder: string, only = ''): Promise<readonly DriverMutant[]> {
  const files = (await readdir(new URL('src/', pathToFileURL(`${folder}/`)), { recursive: true }))
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !NO_TABLES.test(file) && file.includes(only))
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
 * @throws Error where a case fails without any mutant: then all of them would seem to be found out
 */
export async function mutate(options: MutationOptions): Promise<readonly MutantVerdict[]> {
  const { folder, count, seed, only, quick = false, onVerdict } = options;
  const root = pathToFileURL(`${folder}/`).href;
  const own = await firstFailure(await harnessOf(folder), quick);
  if (own !== null) throw new Error(`Without any mutant this fails: ${own.name}`);
  const verdicts: MutantVerdict[] = [];
  for (const [index, mutant] of drawn(await driverMutants(folder, only), count, randomOf(seed)).entries()) {
    const verdict = { mutant, ...(await judged({ root, mutant, quick, query: `?mutant=${seed}-${index}` })) };
    verdicts.push(verdict);
    onVerdict?.(verdict);
  }
  return verdicts;
}

interface Trial {
  readonly root: string;
  readonly mutant: DriverMutant;
  readonly quick: boolean;
  readonly query: string;
}

async function judged(trial: Trial): Promise<Pick<MutantVerdict, 'told' | 'isEquivalent'>> {
  const hooks = mutantHooks(trial);
  const { root, mutant, query, quick } = trial;
  try {
    const [with_, without] = await Promise.all(
      [query, ''].map(async (end): Promise<unknown> => import(`${root}${mutant.file}${end}`)),
    );
    if (isSameData(with_, without)) return { told: null, isEquivalent: true };
    const told: FirstFailure | null = await firstFailure(await harnessOf('', `${root}test/harness.ts${query}`), quick);
    return { told, isEquivalent: false };
  } catch (error) {
    const name = `it cannot be tried: ${error instanceof Error ? error.message : String(error)}`;
    return { told: { name, kind: 'LOADING' }, isEquivalent: false };
  } finally {
    hooks.deregister();
  }
}

/** Has the package's modules loaded anew, one of them with the mutant in it. Its virtual phone stays what it is. */
function mutantHooks({ root, mutant, query }: Trial): { deregister(): void } {
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
