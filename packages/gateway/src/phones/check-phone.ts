import { invalidArgument } from '@hookswitch/core';
import { parseSipUri } from '@hookswitch/sip';
import type { NewPhone, PhoneFailure } from '../application.ts';
import { driverFailure } from '../drivers/driver-failure.ts';
import type { DriverRegistry } from '../drivers/driver-registry.ts';
import type { Phone, PhoneSecrets } from '../model.ts';
import { checkOptions, secretOptions } from './options.ts';
import type { PhoneRegistry } from './phone-registry.ts';

/** What is wrong with a phone as it would be registered; null: nothing. */
export async function faultOf(
  phone: Phone,
  drivers: DriverRegistry,
  onDriverError: (error: unknown) => void,
): Promise<PhoneFailure | null> {
  if (phone.name.trim() === '') return invalidArgument('name', 'A phone needs a name.');
  if (phone.sipUri !== null && !isAddress(phone.sipUri)) {
    return invalidArgument('sipUri', 'It must look like sip:101@192.0.2.20:5060.');
  }
  if (phone.sipUri !== null && parseSipUri(phone.sipUri)?.password !== null) {
    return invalidArgument('sipUri', 'Give user name and password in their own fields.');
  }
  const driver = drivers.get(phone.vendor);
  if (driver === null) return null;
  const checked = await checkOptions(driver, phone.options).catch((error: unknown) => {
    onDriverError(error);
    return { failure: driverFailure(error, driver.name) };
  });
  // A phone of the file waits for its driver.
  if ('failure' in checked) return phone.origin === 'file' ? null : checked.failure;
  const [first] = 'faults' in checked ? checked.faults : [];
  if (first === undefined) return null;
  return invalidArgument(first.name === '' ? 'options' : `options.${first.name}`, first.message);
}

/** A Request-URI has no headers behind `?` (RFC 3261 section 19.1.1). */
function isAddress(uri: string): boolean {
  return parseSipUri(uri)?.headers === null;
}

/** Another phone that has this one's MAC address or address; null: none. */
export function conflictOf(phone: Phone, registry: PhoneRegistry): PhoneFailure | null {
  const other = registry.twinOf(phone);
  if (other === null) return null;
  const what = phone.mac !== null && other.mac === phone.mac ? 'MAC address' : 'address';
  return {
    code: 'PHONE_CONFLICT',
    message: `"${other.name}" has that ${what}. Change or remove it first, or give the right ${what}.`,
    retryable: false,
    existingPhoneId: other.id,
  };
}

/** Options as they may be shown, and those that are secrets, apart. */
export function splitOptions(
  vendor: string,
  given: NewPhone['options'] | null,
  drivers: DriverRegistry,
): { readonly shown: Phone['options']; readonly secret: PhoneSecrets['options'] } {
  const driver = drivers.get(vendor);
  const secrets = driver === null ? new Set<string>() : secretOptions(driver);
  const entries = (given ?? []).map(({ name, value }) => [name, value] as const);
  return {
    shown: Object.fromEntries(entries.filter(([name]) => !secrets.has(name))),
    secret: Object.fromEntries(entries.filter(([name]) => secrets.has(name))),
  };
}
