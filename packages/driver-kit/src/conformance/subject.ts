import type { Driver, Ladders, PhoneProfile, StandardResult } from '@hookswitch/core';
import type { ConformanceHarness, PhoneUnderTest } from './harness.ts';

/** A phone with what the driver says of it. */
export interface Subject<Options> {
  readonly harness: ConformanceHarness<Options>;
  readonly phone: PhoneUnderTest;
  readonly profile: PhoneProfile<Options>;
  readonly ladders: Ladders;
}

/** Has the driver check options, as strings by name. Throws where it refuses them, or makes somebody wait. */
export function checkedOptions<Options>(driver: Driver<Options>, options: Readonly<Record<string, string>>): Options {
  const result: StandardResult<Options> | Promise<StandardResult<Options>> =
    driver.options.schema['~standard'].validate(options);
  if (result instanceof Promise)
    throw new TypeError('The schema of the options must answer at once, without a promise.');
  if (result.issues === undefined) return result.value;
  const issues = result.issues.map(({ message, path = [] }) => `${path.map(String).join('.')}: ${message}`);
  throw new TypeError(`The driver refuses options of the harness: ${issues.join('; ')}`);
}

/** The options that are secrets: they are kept like the phone's password and never reach the driver. */
export function secretOptions<Options>(driver: Driver<Options>): readonly string[] {
  return Object.values(driver.options.credentials ?? {}).map(({ password }) => password);
}

/** Asks the driver what it says of a phone. */
export function subjectOf<Options>(harness: ConformanceHarness<Options>, phone: PhoneUnderTest): Subject<Options> {
  const { driver } = harness;
  const { model, firmware, mac, reachableBy = { http: true, sip: false }, allowEvents = null } = phone;
  const secrets = secretOptions(driver);
  const given = Object.entries(phone.options ?? {}).filter(([name]) => !secrets.includes(name));
  const options = checkedOptions(driver, Object.fromEntries(given));
  const profile: PhoneProfile<Options> = { model, firmware, mac, options, reachableBy, allowEvents };
  return { harness, phone, profile, ladders: driver.capabilitiesFor(profile) };
}
