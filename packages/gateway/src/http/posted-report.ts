import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { readBody } from './read-body.ts';

/** The state of several lines is some thousand bytes; a report this large is none of a phone's. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Reads what a phone posted. Some send Latin-1, which is hardly ever valid UTF-8, and say nothing of it.
 * @returns null where it is too large, or the connection ended before all of it was there
 */
export async function readPosted(request: IncomingMessage): Promise<string | null> {
  const bytes = await readBody(request, MAX_BODY_BYTES);
  return bytes === null ? null : bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
