import { createHash } from 'node:crypto';
import type { CallFact } from './call-fact.ts';

const ID_BYTES = 16;

/**
 * The id of a call: whoever reads the log finds the same one. It has the form of a UUID (RFC 9562, version 8).
 * @param first the earliest event that the call was told by when it got its id; its time, too, since another log may have its place
 * @param isTaken whether another call has an id: then a further one is made
 */
export function callIdFor(
  phoneId: string,
  { sequence, receivedAt }: CallFact,
  isTaken: (id: string) => boolean,
): string {
  for (let attempt = 0; ; attempt += 1) {
    const id = uuidOf(`${phoneId} ${sequence} ${receivedAt} ${attempt}`);
    if (!isTaken(id)) return id;
  }
}

function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, ID_BYTES);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
