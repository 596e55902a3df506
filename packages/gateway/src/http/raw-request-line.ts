import { isUtf8 } from 'node:buffer';

/**
 * The target of a request that node:http refused to parse: phones put raw spaces, quotes and UTF-8 into their action
 * URLs. Read out of the socket's first bytes.
 * @returns the target of a GET as it was sent; null where the bytes are no such request; `incomplete` where the end of
 * the line has not come yet
 */
export function recoverTarget(firstBytes: Buffer): string | 'incomplete' | null {
  const end = firstBytes.indexOf('\r\n');
  return end === -1 ? 'incomplete' : targetOf(firstBytes.subarray(0, end));
}

/** The target of a GET as it was sent, out of a request's first line; null: that line is none of a GET. */
export function targetOf(line: Buffer): string | null {
  // Greedy: the target may itself contain spaces, and ends before the last " HTTP/1.x".
  return /^GET (\/.*) HTTP\/1\.[01]$/.exec(decode(line))?.[1] ?? null;
}

/** Some phones send display names in Latin-1, which is hardly ever valid UTF-8. */
function decode(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
