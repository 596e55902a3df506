import type { Driver } from '@hookswitch/core';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Metrics } from '../observability/metrics.ts';
import { directDriver } from './direct-driver.ts';
import { genericDriver } from './generic/generic-driver.ts';
import { GENERIC_VENDOR } from './generic/generic-vendor.ts';
import { type LoadedDrivers, loadDrivers } from './load-drivers.ts';

/** The drivers of a gateway: those that it was given, or those that its configuration names and the generic one. */
export async function driversOf(
  { drivers, config }: { readonly drivers?: readonly Driver[] | undefined; readonly config: Config },
  log: Logger,
  metrics: Pick<Metrics, 'driverRestarts' | 'driverFaults'>,
): Promise<LoadedDrivers> {
  if (drivers !== undefined) return { drivers: drivers.map(directDriver), broken: [] };
  const loaded = await loadDrivers(config.drivers, {
    folders: driverFolders(config),
    reload: {
      graceMs: config.policy.commandTimeoutMs,
      events: {
        onReloaded: (vendor, version) => log.info({ vendor, version }, 'a driver was loaded again'),
        onReloadFailed: (vendor, reason) =>
          log.error({ vendor, reason }, 'a driver cannot be loaded as it was written; the one before runs on'),
      },
    },
    events: {
      onEnded(vendor, fault) {
        metrics.driverRestarts.inc({ vendor });
        log.error({ vendor, reason: fault.message }, 'the worker of a driver was ended');
      },
      onFault(vendor, error) {
        metrics.driverFaults.inc({ vendor });
        log.error({ err: error, vendor }, 'a driver failed');
      },
    },
  });
  const withGeneric = loaded.drivers.some(({ vendor }) => vendor === GENERIC_VENDOR)
    ? loaded.drivers
    : [...loaded.drivers, directDriver(genericDriver)];
  for (const { name, fault } of loaded.broken) {
    log.error({ driver: name, reason: fault }, 'a driver could not be loaded; its phones cannot be reached');
  }
  return { ...loaded, drivers: withGeneric };
}

/** Where the drivers that a configuration names are looked for, in this order. */
export function driverFolders({ configDir }: Pick<Config, 'configDir'>): readonly string[] {
  return [...(configDir === null ? [] : [configDir]), process.cwd()];
}
