import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ConfigResult } from '../config/config.ts';
import { readPersistedOperations } from '../config/persisted-operations.ts';
import { driverFolders } from '../drivers/drivers-of.ts';
import { loadDrivers } from '../drivers/load-drivers.ts';
import { readConfig } from './read-config.ts';

/** Reads a configuration and all that it names, as a start would: the drivers and the files. It changes nothing. */
export async function checkConfig(environment: Readonly<Record<string, string | undefined>>): Promise<ConfigResult> {
  const read = await readConfig(environment);
  if ('faults' in read) return read;
  const { drivers, configDir, api, tlsCa } = read.config;
  const { drivers: loaded, broken } = await loadDrivers(drivers, {
    folders: driverFolders(read.config),
    events: { onEnded: () => {}, onFault: () => {} },
  });
  await Promise.all(loaded.map((driver) => driver.close()));
  const unreadable = await Promise.all([
    faultOf(() => readPersistedOperations(api.persisted, configDir)),
    tlsCa === null ? [] : faultOf(() => access(resolve(configDir ?? process.cwd(), tlsCa)), 'tls.ca: '),
  ]);
  const faults = [...broken.map(({ name, fault }) => `driver ${name}: ${fault}`), ...unreadable.flat()];
  return faults.length > 0 ? { faults } : read;
}

async function faultOf(check: () => Promise<unknown>, prefix = ''): Promise<readonly string[]> {
  try {
    await check();
    return [];
  } catch (error) {
    return [`${prefix}${error instanceof Error ? error.message : String(error)}`];
  }
}
