import { randomUUID } from 'node:crypto';
import { timeDigits } from '../id-time.ts';
import type { Instant } from '../model.ts';

/**
 * A UUID that begins with the time (RFC 9562, version 7). Node.js 24, the oldest that is supported, makes none by itself.
 */
export function commandIdAt(now: Instant): string {
  const time = timeDigits(now);
  // Behind its version a random one has random digits only, and those of its variant.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
