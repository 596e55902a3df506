import { isDeepStrictEqual } from 'node:util';
import type { DriverFailed, PhoneProfile } from '@hookswitch/core';
import { driverFailure } from '../drivers/driver-failure.ts';
import type { DriverPort, PhoneAbilities } from '../drivers/driver-port.ts';
import type { Phone } from '../model.ts';
import { checkOptions } from './options.ts';

/** What a driver says of a phone, and why it could not be asked. */
export interface AskedAbilities extends PhoneAbilities {
  readonly profile: PhoneProfile;
  /** Null: it answered. */
  readonly fault: DriverFailed | null;
}

const NOTHING: PhoneAbilities = { ladders: {}, actionUrlSettings: [], monitor: null, keys: null };

/**
 * Asks a phone's driver what the phone can do. A driver that throws or does not answer is no error: its phones have
 * nothing then, and a reason.
 * @param before what was answered last: asked again only where the profile is another one, or there was a fault
 */
export async function askAbilities(
  phone: Phone,
  driver: DriverPort | null,
  { before, onError }: { readonly before: AskedAbilities | undefined; readonly onError: (error: unknown) => void },
): Promise<AskedAbilities> {
  const base: PhoneProfile = {
    model: phone.model,
    firmware: phone.firmware,
    mac: phone.mac,
    options: {},
    reachableBy: { http: phone.address !== null, sip: phone.sipUri !== null },
    allowEvents: phone.allowEvents ?? null,
  };
  if (driver === null) return { ...NOTHING, profile: base, fault: null };
  try {
    const checked = await checkOptions(driver, phone.options);
    const profile: PhoneProfile = { ...base, options: 'value' in checked ? checked.value : {} };
    if (before?.fault === null && isDeepStrictEqual(before.profile, profile)) return before;
    return { ...(await driver.abilities(profile)), profile, fault: null };
  } catch (error) {
    onError(error);
    return { ...NOTHING, profile: before?.profile ?? base, fault: driverFailure(error, driver.name) };
  }
}
