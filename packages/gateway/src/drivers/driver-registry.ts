import { CAPABILITIES, type Capability, type Driver, type Ladders, type PhoneProfile } from '@hookswitch/core';
import type { CapabilityView, DriverView } from '../application.ts';

/** The loaded drivers by vendor. */
export interface DriverRegistry {
  readonly all: readonly Driver[];
  /** Null where that driver is not installed. */
  get(vendor: string): Driver | null;
  /** As they are shown. */
  readonly views: readonly DriverView[];
}

/** @param drivers one a vendor */
export function createDriverRegistry(drivers: readonly Driver[]): DriverRegistry {
  const byVendor = new Map(drivers.map((driver) => [driver.vendor, driver]));
  return {
    all: drivers,
    get: (vendor) => byVendor.get(vendor) ?? null,
    views: drivers.map(viewOf),
  };
}

/** A phone's capabilities in the contract's order. */
export function capabilityViews(ladders: Ladders): readonly CapabilityView[] {
  return CAPABILITIES.flatMap((capability) => {
    const ladder = ladders[capability];
    return ladder === undefined ? [] : [viewOfLadder(capability, ladder)];
  });
}

function viewOfLadder(capability: Capability, ladder: NonNullable<Ladders[Capability]>): CapabilityView {
  const [best] = ladder;
  return {
    capability,
    transports: [...new Set(ladder.map(({ transport }) => transport))],
    evidence: best.evidence,
    source: best.source,
  };
}

function viewOf(driver: Driver): DriverView {
  const defaults = driver.options.schema['~standard'].validate({});
  const options = defaults instanceof Promise || defaults.issues !== undefined ? {} : defaults.value;
  const profile = (model: string): PhoneProfile => ({
    model,
    firmware: null,
    mac: null,
    options,
    reachableBy: { http: true, sip: true },
  });
  return {
    vendor: driver.vendor,
    name: driver.name,
    version: driver.version,
    contractVersion: driver.contractVersion,
    models: driver.models.map((model) => ({
      ...model,
      capabilities: capabilityViews(driver.capabilitiesFor(profile(model.model))),
    })),
  };
}
