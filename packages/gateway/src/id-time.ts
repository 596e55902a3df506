import type { Instant } from './model.ts';

/** Hexadecimal digits of the time in milliseconds: 48 bits, as UUIDs of version 7 have them (RFC 9562). */
const TIME_DIGITS = 12;

/** The time as ids begin with it, so that stores append to their indexes and need not change a page of them for each. */
export function timeDigits(time: Instant): string {
  return Math.trunc(time).toString(16).padStart(TIME_DIGITS, '0').slice(-TIME_DIGITS);
}
