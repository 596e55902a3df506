import { hash } from 'node:crypto';
import { timeDigits } from '../id-time.ts';
import type { Instant } from '../model.ts';
import type { CallFact } from './call-fact.ts';

/** Hexadecimal digits of a UUID. */
const DIGITS = 32;

/**
 * The id of a call: whoever reads the log finds the same one. It has the form of a UUID (RFC 9562, version 8) and begins with the time.
 * @param first the earliest event that the call was told by when it got its id; its time, too, since another log may have its place
 * @param isTaken whether another call has an id: then a further one is made
 */
export function callIdFor(
  phoneId: string,
  { sequence, receivedAt }: CallFact,
  isTaken: (id: string) => boolean,
): string {
  for (let attempt = 0; ; attempt += 1) {
    const id = uuidOf(receivedAt, `${phoneId} ${sequence} ${receivedAt} ${attempt}`);
    if (!isTaken(id)) return id;
  }
}

function uuidOf(time: Instant, name: string): string {
  const digits = timeDigits(time) + hash('sha256', name, 'hex');
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, DIGITS)}`;
}
