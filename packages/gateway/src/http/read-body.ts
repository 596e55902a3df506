import type { IncomingMessage } from 'node:http';

/**
 * Reads the body of a request, whole.
 * @param most bytes
 * @returns null where it is larger, or the connection ended before all of it was there
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  // The parser takes no more than was announced.
  if (Number(request.headers['content-length']) > most) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > most) return null;
      chunks.push(chunk);
    }
  } catch {
    // Nobody is there to be answered; half a body is none.
    return null;
  }
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}
