import libphonenumber from 'google-libphonenumber';
import type { CountryCode } from 'libphonenumber-js/max';
import { EVERYWHERE, FURTHER_EMERGENCY_NUMBERS } from './emergency-numbers.table.ts';

const shortNumbers = libphonenumber.ShortNumberInfo.getInstance();

/**
 * Tells a country's emergency numbers: those of the short-number metadata of Google's libphonenumber, 112, those of
 * {@link FURTHER_EMERGENCY_NUMBERS}, and what the operator adds. Exact: a number that only begins with one is none.
 * @param country ISO 3166-1
 * @param added the operator's own
 */
export function emergencyNumbers(country: CountryCode, added: readonly string[] = []): (number: string) => boolean {
  const own = FURTHER_EMERGENCY_NUMBERS.filter((row) => row.country === country).flatMap(({ numbers }) => numbers);
  const known = new Set([EVERYWHERE, ...own, ...added]);
  // The library strips what is no digit: "9+1+1" would be 911.
  return (number) => known.has(number) || (/^\d{2,8}$/.test(number) && shortNumbers.isEmergencyNumber(number, country));
}
