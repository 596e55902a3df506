import type { Driver, PhoneProfile } from '@hookswitch/core';
import { driver as grandstream } from '@hookswitch/driver-grandstream';
import { driver as poly } from '@hookswitch/driver-poly';
import { driver as snom } from '@hookswitch/driver-snom';
import { driver as yealink } from '@hookswitch/driver-yealink';

/** The drivers that the pages tell of: those that come with the gateway. */
export const DRIVERS: readonly Driver[] = [snom, yealink];

/** Those that are installed besides. */
export const FURTHER_DRIVERS: readonly Driver[] = [poly, grandstream];

/** What the pages need to know of a phone of theirs. */
export interface ExamplePhone {
  readonly vendor: string;
  readonly model: string | null;
  readonly firmware: string | null;
  /** Reached by SIP alone. Default: by HTTP and by SIP. */
  readonly sipOnly?: boolean;
  readonly options?: Readonly<Record<string, string>>;
}

/** @throws Error where no driver is for that vendor */
export function driverOf(vendor: string): Driver {
  const found = [...DRIVERS, ...FURTHER_DRIVERS].find((driver) => driver.vendor === vendor);
  if (found === undefined) throw new Error(`No driver is for ${vendor}.`);
  return found;
}

/**
 * A phone as its driver sees it, with the options checked and filled in by the driver itself.
 * @throws Error where the driver does not take the options
 */
export function profileOf({ vendor, model, firmware, sipOnly = false, options = {} }: ExamplePhone): PhoneProfile {
  const checked = driverOf(vendor).options.schema['~standard'].validate(options);
  if (checked instanceof Promise) throw new Error(`The options of ${vendor} are checked later.`);
  if (checked.issues !== undefined) throw new Error(checked.issues.map(({ message }) => message).join(' '));
  return { model, firmware, mac: null, options: checked.value, reachableBy: { http: !sipOnly, sip: true } };
}

/** A vendor's name for headings: `snom` → `Snom`. */
export function vendorLabel(vendor: string): string {
  return `${vendor.charAt(0).toUpperCase()}${vendor.slice(1)}`;
}
