import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CONTRACT_VERSION, type Driver } from '@hookswitch/core';
import { satisfies, valid } from 'semver';
import type { PackageFinding } from './finding.ts';
import { importedFile, type Manifest, objectIn, textIn } from './manifest.ts';

/** What the package's module holds, and what is wrong with it. */
export interface CheckedEntry {
  /** Null where there is none that could be looked at. */
  readonly driver: Driver | null;
  readonly findings: readonly PackageFinding[];
}

/** Imports the package's module, as a gateway does, and looks at its driver. */
export async function checkEntry(manifest: Manifest): Promise<CheckedEntry> {
  const entry = importedFile(objectIn(manifest.json, 'exports')['.']);
  if (entry === null) return { driver: null, findings: [] };
  const found = (code: PackageFinding['code'], message: string): PackageFinding => ({ code, file: entry, message });
  let module: unknown;
  try {
    module = await import(pathToFileURL(resolve(manifest.folder, entry)).href);
  } catch (error) {
    return { driver: null, findings: [found('E201', `it cannot be imported: ${error}`)] };
  }
  const driver = typeof module === 'object' && module !== null && 'driver' in module ? module.driver : null;
  if (!isDriver(driver)) return { driver: null, findings: [found('E201', 'it exports no `driver`')] };
  const { contractVersion, version } = driver;
  const isServed = valid(contractVersion) !== null && satisfies(CONTRACT_VERSION, `^${contractVersion}`);
  const stated = textIn(manifest.json, 'version');
  return {
    driver,
    findings: [
      ...(isServed ? [] : [found('E202', `it is for contract ${contractVersion}; this kit has ${CONTRACT_VERSION}`)]),
      ...(version === stated ? [] : [found('E203', `the driver says ${version}, the package ${stated}`)]),
    ],
  };
}

function isDriver(value: unknown): value is Driver {
  if (typeof value !== 'object' || value === null) return false;
  const functions = ['identify', 'capabilitiesFor', 'provisioning', 'diagnose', 'isCommandKey'];
  const has = new Map(Object.entries(value));
  return (
    functions.every((name) => typeof has.get(name) === 'function') &&
    ['vendor', 'name', 'version', 'contractVersion'].every((name) => typeof has.get(name) === 'string') &&
    ['models', 'options', 'probes', 'actionUrls'].every((name) => typeof has.get(name) === 'object')
  );
}
