import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** The state of several lines is some thousand bytes; a report this large is none of a phone's. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Reads what a phone posted. Some send Latin-1, which is hardly ever valid UTF-8, and say nothing of it.
 * @returns null where it is too large, or the connection ended before all of it was there
 */
export async function readPosted(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return null;
      chunks.push(chunk);
    }
  } catch {
    // Nobody is there to be answered; half a report is none.
    return null;
  }
  const bytes = Buffer.concat(chunks);
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
