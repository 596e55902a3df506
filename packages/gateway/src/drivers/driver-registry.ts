import { CAPABILITIES, type Capability, type Ladders } from '@hookswitch/core';
import type { CapabilityView, DriverView } from '../application.ts';
import type { DriverPort } from './driver-port.ts';
import { GENERIC_VENDOR } from './generic/generic-vendor.ts';
import { shownFault, shownName } from './shown-name.ts';

/** A driver that the configuration names and that could not be loaded. */
export interface BrokenDriver {
  /** As the configuration names it. */
  readonly name: string;
  /** Why, in words for people. */
  readonly fault: string;
}

/** The drivers by vendor. */
export interface DriverRegistry {
  readonly all: readonly DriverPort[];
  /** Those that the configuration names and that could not be loaded. */
  readonly broken: readonly BrokenDriver[];
  /** Null where that driver is not installed. */
  get(vendor: string): DriverPort | null;
  /** As they are shown now, the broken ones last. */
  views(): readonly DriverView[];
}

/** @param drivers one a vendor */
export function createDriverRegistry(
  drivers: readonly DriverPort[],
  broken: readonly BrokenDriver[] = [],
): DriverRegistry {
  const byVendor = new Map(drivers.map((driver) => [driver.vendor, driver]));
  const shown = drivers.map(shownDriver);
  const faulty = broken.map(viewOfBroken);
  return {
    all: drivers,
    broken,
    get: (vendor) => byVendor.get(vendor) ?? null,
    views: () => [...shown.map((show) => show()), ...faulty],
  };
}

/** The vendor whose driver takes phones that nobody knows; null: there is none here. */
export function fallbackOf(drivers: Pick<DriverRegistry, 'get'>): string | null {
  return drivers.get(GENERIC_VENDOR)?.vendor ?? null;
}

/** Which drivers could not be loaded and why, behind a sentence that says that one is not there; empty: all could be. */
export function brokenWords({ broken }: DriverRegistry): string {
  if (broken.length === 0) return '';
  return ` Could not be loaded: ${broken.map(({ name, fault }) => `${shownName(name)} (${shownFault(fault)})`).join('; ')}.`;
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

/** What each model can do is put together again only where the driver has been loaded again. */
function shownDriver(driver: DriverPort): () => DriverView {
  let last = { ladders: driver.modelLadders, view: viewOf(driver) };
  return () => {
    if (last.ladders !== driver.modelLadders) last = { ladders: driver.modelLadders, view: viewOf(driver) };
    return { ...last.view, health: driver.health() };
  };
}

function viewOf({ vendor, name, version, contractVersion, models, modelLadders, proof }: DriverPort) {
  return {
    tier: proof?.tier ?? null,
    claims: proof?.claims ?? [],
    vendor,
    name,
    version,
    contractVersion,
    models: models.map((model, index) => ({ ...model, capabilities: capabilityViews(modelLadders[index] ?? {}) })),
  };
}

/** Whose phones it would serve is not known: it goes by the name that the configuration gives it, without its folders. */
function viewOfBroken(broken: BrokenDriver): DriverView {
  const [name, fault] = [shownName(broken.name), shownFault(broken.fault)];
  return {
    vendor: name,
    name,
    version: 'unknown',
    contractVersion: 'unknown',
    models: [],
    tier: null,
    claims: [],
    health: { state: 'BROKEN', isolation: 'NONE', fault, restarts: 0 },
  };
}
