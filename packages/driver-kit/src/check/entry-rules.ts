import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Driver } from '@hookswitch/core';
import { contractFault } from './contract-range.ts';
import type { PackageFinding } from './finding.ts';
import { importedFile, type Manifest, objectIn, textIn } from './manifest.ts';

/** What the package's module holds, and what is wrong with it. */
export interface CheckedEntry {
  /** Null where there is none that could be looked at. */
  readonly driver: Driver | null;
  readonly findings: readonly PackageFinding[];
}

/**
 * Imports the package's module, as a gateway does, and looks at its driver.
 * @param patienceMs how long a process may take that imports it and has to end
 */
export async function checkEntry(manifest: Manifest, patienceMs: number): Promise<CheckedEntry> {
  const entry = importedFile(objectIn(manifest.json, 'exports')['.']);
  if (entry === null) return { driver: null, findings: [] };
  const found = (code: PackageFinding['code'], message: string): PackageFinding => ({ code, file: entry, message });
  const url = pathToFileURL(resolve(manifest.folder, entry)).href;
  // Tried first: what keeps a process running would keep this one.
  if (!(await endsByItself(url, patienceMs)))
    return { driver: null, findings: [found('E308', `a process that imports it still runs after ${patienceMs} ms`)] };
  let module: unknown;
  try {
    module = await import(url);
  } catch (error) {
    return { driver: null, findings: [found('E201', `it cannot be imported: ${error}`)] };
  }
  const driver = typeof module === 'object' && module !== null && 'driver' in module ? module.driver : null;
  if (!isDriver(driver)) return { driver: null, findings: [found('E201', 'it exports no `driver`')] };
  const { contractVersion, version } = driver;
  const fault = contractFault(contractVersion);
  const stated = textIn(manifest.json, 'version');
  return {
    driver,
    findings: [
      ...(fault === null ? [] : [found(fault.code, fault.message)]),
      ...(version === stated ? [] : [found('E203', `the driver says ${version}, the package ${stated}`)]),
    ],
  };
}

/** Whether a process that does nothing but import a module ends, be it with an error. */
function endsByItself(url: string, timeout: number): Promise<boolean> {
  const args = ['--input-type=module', '--eval', `await import(${JSON.stringify(url)})`];
  return new Promise((done) => {
    execFile(process.execPath, args, { timeout, killSignal: 'SIGKILL' }, (error) => done(error?.killed !== true));
  });
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
