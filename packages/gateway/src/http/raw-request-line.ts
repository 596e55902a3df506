/**
 * The target of a request that node:http refused to parse: phones put raw spaces, quotes and UTF-8 into their action
 * URLs. Read out of the socket's first bytes.
 * @returns the target of a GET as it was sent, in UTF-8; null where the bytes are no such request
 */
export function recoverTarget(firstBytes: Buffer): string | null {
  const end = firstBytes.indexOf('\r\n');
  const line = firstBytes.subarray(0, end === -1 ? undefined : end).toString('utf8');
  // Greedy: the target may itself contain spaces, and ends before the last " HTTP/1.x".
  return /^GET (\/.*) HTTP\/1\.[01]$/.exec(line)?.[1] ?? null;
}

/** The target of a parsed request in UTF-8: node:http gives bytes above 127 as Latin-1. */
export function decodeTarget(url: string): string {
  return Buffer.from(url, 'latin1').toString('utf8');
}
