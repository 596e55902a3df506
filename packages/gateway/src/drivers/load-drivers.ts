import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CAPABILITIES, CONTRACT_VERSION, type Driver } from '@hookswitch/core';
import { satisfies, valid } from 'semver';

/** Drivers that are loaded where the configuration names none. */
export const DEFAULT_DRIVERS = ['@hookswitch/driver-snom', '@hookswitch/driver-yealink'] as const;

/** What could be loaded, and in words what could not. */
export interface LoadedDrivers {
  readonly drivers: readonly Driver[];
  readonly faults: readonly string[];
}

/**
 * Loads drivers by the names that the configuration gives: packages, or paths.
 * @param folders where names are looked for, in this order, before the gateway's own packages
 */
export async function loadDrivers(names: readonly string[], folders: readonly string[]): Promise<LoadedDrivers> {
  const drivers = new Map<string, Driver>();
  const faults: string[] = [];
  for (const name of names) {
    try {
      const driver = checkDriver(await importDriver(name, folders));
      if (drivers.has(driver.vendor))
        faults.push(`${name}: another driver serves "${driver.vendor}" already; one driver a vendor`);
      else drivers.set(driver.vendor, driver);
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { drivers: [...drivers.values()], faults };
}

async function importDriver(name: string, folders: readonly string[]): Promise<unknown> {
  const resolvers = [...folders.map((folder) => pathToFileURL(join(folder, 'package.json'))), import.meta.url];
  for (const resolver of resolvers) {
    const path = resolve(name, resolver);
    if (path === null) continue;
    try {
      const module: unknown = await import(pathToFileURL(path).href);
      return module;
    } catch (error) {
      throw new Error(`it cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
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

function checkDriver(module: unknown): Driver {
  const driver = typeof module === 'object' && module !== null && 'driver' in module ? module.driver : null;
  if (!isDriver(driver)) {
    throw new Error('it exports no `driver` made by defineDriver of @hookswitch/core');
  }
  const { contractVersion } = driver;
  if (valid(contractVersion) === null || !satisfies(CONTRACT_VERSION, `^${contractVersion}`)) {
    throw new Error(
      `it is written for version ${contractVersion} of the driver contract, and this gateway has ${CONTRACT_VERSION}. Use a version of the driver that fits.`,
    );
  }
  const strange = Object.keys(driver.capabilitiesFor(emptyProfile(driver))).filter(
    (key) => !CAPABILITIES.some((one) => one === key),
  );
  if (strange.length > 0)
    throw new Error(`it claims capabilities that the contract does not know: ${strange.join(', ')}`);
  return driver;
}

function isDriver(value: unknown): value is Driver {
  return (
    typeof value === 'object' &&
    value !== null &&
    'vendor' in value &&
    typeof value.vendor === 'string' &&
    'contractVersion' in value &&
    typeof value.contractVersion === 'string' &&
    'capabilitiesFor' in value &&
    typeof value.capabilitiesFor === 'function' &&
    'actionUrls' in value &&
    'options' in value
  );
}

function emptyProfile(driver: Driver): Parameters<Driver['capabilitiesFor']>[0] {
  const result = driver.options.schema['~standard'].validate({});
  const options = result instanceof Promise || result.issues !== undefined ? {} : result.value;
  return { model: null, firmware: null, mac: null, options, reachableBy: { http: true, sip: true } };
}
