import type { Driver } from '@hookswitch/core';
import { lt } from 'semver';
import { CONTRACT_STEPS } from './contract-steps.table.ts';

/**
 * A driver as one of today's contract: what a later version brought is filled in.
 * @param builtFor the oldest version of the contract that it takes
 * @returns the driver itself where it lacks nothing
 */
export function compatibleDriver(driver: Driver, builtFor: string): Driver {
  const steps = CONTRACT_STEPS.filter(({ version }) => lt(builtFor, version));
  return steps.reduce((before, { fillIn }) => ({ ...membersOf(before), ...fillIn(before) }), driver);
}

/** Its members, each asked of the driver itself: they may be methods of a class. */
function membersOf(driver: Driver): Driver {
  const { vendor, name, version, contractVersion, models, options, probes, actionUrls } = driver;
  return {
    ...{ vendor, name, version, contractVersion, models, options, probes, actionUrls },
    identify: (evidence) => driver.identify(evidence),
    capabilitiesFor: (phone) => driver.capabilitiesFor(phone),
    monitor: (phone) => driver.monitor?.(phone) ?? null,
    provisioning: (request) => driver.provisioning(request),
    diagnose: (context) => driver.diagnose(context),
    isCommandKey: (key) => driver.isCommandKey(key),
  };
}
