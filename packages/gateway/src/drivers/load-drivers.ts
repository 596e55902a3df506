import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkDriver } from './check-driver.ts';
import { directDriver } from './direct-driver.ts';
import type { DriverPort } from './driver-port.ts';
import { proofOf } from './driver-proof.ts';
import type { BrokenDriver } from './driver-registry.ts';
import { type IsolationEvents, loadIsolatedDriver } from './isolation/isolated-driver.ts';
import type { WorkerLimits } from './isolation/worker-host.ts';
import { type ReloadOptions, reloadingDriver } from './reloading-driver.ts';
import { watchFolder } from './watch-folder.ts';

/** Drivers that are loaded where the configuration names none. */
export const DEFAULT_DRIVERS = ['@hookswitch/driver-snom', '@hookswitch/driver-yealink'] as const;

/** Packages under this name come from the makers of the gateway. */
const OWN = /^@hookswitch\/driver-/;

/** A driver that is to be loaded, and where it is to run. */
export interface DriverChoice {
  /** A package, or a path. */
  readonly name: string;
  /** Left out: `none` for the packages `@hookswitch/driver-*`, `worker` for all others. */
  readonly isolation?: 'worker' | 'none' | undefined;
  /** How much memory its worker may have, in megabytes. */
  readonly memoryMb?: number | undefined;
  /** It is loaded again when its files change: for whoever writes it. It runs in a worker then. */
  readonly watch?: boolean | undefined;
}

/** What could be loaded, and what could not. */
export interface LoadedDrivers {
  readonly drivers: readonly DriverPort[];
  readonly broken: readonly BrokenDriver[];
}

/** What drivers are loaded with. */
export interface LoadOptions {
  /** Where names are looked for, in this order, before the gateway's own packages. */
  readonly folders: readonly string[];
  readonly events: IsolationEvents;
  readonly limits?: Partial<WorkerLimits> | undefined;
  /** For drivers that are watched. Left out: none is. */
  readonly reload?: Pick<ReloadOptions, 'events' | 'graceMs'> | undefined;
}

/** Loads the drivers that the configuration names. One that cannot be loaded keeps none of the others from it. */
export async function loadDrivers(
  choices: readonly (string | DriverChoice)[],
  options: LoadOptions,
): Promise<LoadedDrivers> {
  const drivers = new Map<string, DriverPort>();
  const broken: BrokenDriver[] = [];
  const loading = choices.map(async (choice) => {
    const wanted: DriverChoice = typeof choice === 'string' ? { name: choice } : choice;
    try {
      return { name: wanted.name, driver: await loadDriver(wanted, options) };
    } catch (error) {
      return { name: wanted.name, fault: error instanceof Error ? error.message : String(error) };
    }
  });
  for (const loaded of await Promise.all(loading)) {
    if (loaded.driver === undefined) broken.push({ name: loaded.name, fault: loaded.fault });
    else if (drivers.has(loaded.driver.vendor)) {
      broken.push({
        name: loaded.name,
        fault: `another driver serves "${loaded.driver.vendor}" already; one a vendor`,
      });
      await loaded.driver.close();
    } else drivers.set(loaded.driver.vendor, loaded.driver);
  }
  return { drivers: [...drivers.values()], broken };
}

async function loadDriver(
  { name, isolation, memoryMb, watch = false }: DriverChoice,
  { folders, events, limits, reload }: LoadOptions,
): Promise<DriverPort> {
  const file = locate(name, folders);
  const runsHere = isolation === undefined ? OWN.test(name) && !watch : isolation === 'none';
  if (!runsHere) {
    const memory = memoryMb === undefined ? {} : { memoryMb };
    // A new worker has no modules yet: it reads the files as they are now.
    // Loaded again it is without a proof: what was written since has not been certified.
    const load = () => loadIsolatedDriver({ name, file, events, limits: { ...limits, ...memory } });
    const first = await withProof(file, await load());
    if (!watch || reload === undefined) return first;
    const onError = (error: unknown) => reload.events.onReloadFailed(first.vendor, String(error));
    return reloadingDriver(first, { ...reload, load, watch: (onChange) => watchFolder(file, { onChange, onError }) });
  }
  const module: unknown = await import(file).catch((error: unknown) => {
    throw new Error(`it cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  return withProof(file, directDriver(checkDriver(module)));
}

async function withProof(file: string, driver: DriverPort): Promise<DriverPort> {
  return { ...driver, proof: await proofOf(file, driver) };
}

/** The address of a driver's module. */
function locate(name: string, folders: readonly string[]): string {
  const resolvers = [...folders.map((folder) => pathToFileURL(join(folder, 'package.json'))), import.meta.url];
  for (const resolver of resolvers) {
    const path = resolve(name, resolver);
    if (path !== null) return pathToFileURL(path).href;
  }
  throw new Error('there is no such package or file. Install it beside the configuration, or correct `drivers`.');
}

function resolve(name: string, from: string | URL): string | null {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return null;
  }
}
