import { randomUUID } from 'node:crypto';
import type { Instant } from '../model.ts';

/** Hexadecimal digits of the time, in milliseconds. */
const TIME_DIGITS = 12;

/**
 * A UUID that begins with the time (RFC 9562, version 7), so that stores append to their index of commands and need not change
 * another page of it for each. Node.js 24, the oldest that is supported, makes none by itself.
 */
export function commandIdAt(now: Instant): string {
  const time = Math.trunc(now).toString(16).padStart(TIME_DIGITS, '0').slice(-TIME_DIGITS);
  // Behind its version a random one has random digits only, and those of its variant.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
