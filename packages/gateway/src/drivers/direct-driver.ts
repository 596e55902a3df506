import type { Driver, Ladders } from '@hookswitch/core';
import type { DriverPort } from './driver-port.ts';
import { modelProfile } from './model-profile.ts';

/** A driver that runs in the gateway's own thread: what it does to that thread it does to all phones. */
export function directDriver(driver: Driver): DriverPort {
  const { vendor, name, version, contractVersion, models, probes, options, actionUrls } = driver;
  return {
    vendor,
    name,
    version,
    contractVersion,
    models,
    probes,
    options,
    maxUrlLength: actionUrls.maxUrlLength,
    modelLadders: models.map(({ model }): Ladders => driver.capabilitiesFor(modelProfile(driver, model))),
    health: () => ({ state: 'RUNNING', isolation: 'NONE', fault: null, restarts: 0 }),
    validate: async (values) => options.schema['~standard'].validate(values),
    identify: (evidence) => driver.identify(evidence),
    abilities: (profile) => ({
      ladders: driver.capabilitiesFor(profile),
      actionUrlSettings: actionUrls.settingsFor(profile),
      monitor: driver.monitor?.(profile) ?? null,
      keys: driver.keysOf?.(profile) ?? null,
    }),
    parse: (report, profile) => actionUrls.parse(report, profile),
    provisioning: (request) => driver.provisioning(request),
    diagnose: (context) => driver.diagnose(context),
    isCommandKey: (key) => driver.isCommandKey(key),
    onRecovered() {},
    close: () => Promise.resolve(),
  };
}
