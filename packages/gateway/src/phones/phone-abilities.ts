import type { DriverFailed } from '@hookswitch/core';
import { driverFailure } from '../drivers/driver-failure.ts';
import type { DriverPort, PhoneAbilities } from '../drivers/driver-port.ts';
import type { Phone } from '../model.ts';
import { type Answer, profileOf, type SharedAbilities } from './shared-abilities.ts';

/** What a driver says of a phone, and why it could not be asked. */
export interface AskedAbilities extends Answer {
  /** Null: it answered. */
  readonly fault: DriverFailed | null;
}

const NOTHING: PhoneAbilities = { ladders: {}, actionUrlSettings: [], monitor: null, keys: null };

/**
 * Asks a phone's driver what the phone can do. A driver that throws or does not answer is no error: its phones have
 * nothing then, and a reason.
 * @param before what was answered last: it stays where the profile is the same, and there was no fault
 */
export async function askAbilities(
  phone: Phone,
  driver: DriverPort | null,
  {
    shared,
    before,
    onError,
  }: {
    readonly shared: SharedAbilities;
    readonly before: AskedAbilities | undefined;
    readonly onError: (error: unknown) => void;
  },
): Promise<AskedAbilities> {
  if (driver === null) return { ...NOTHING, profile: profileOf(phone, {}), fault: null };
  try {
    return { ...(await shared.of(phone, driver, before?.fault === null ? before : null)), fault: null };
  } catch (error) {
    onError(error);
    return { ...NOTHING, profile: before?.profile ?? profileOf(phone, {}), fault: driverFailure(error, driver.name) };
  }
}
