import { isIP } from 'node:net';

/** Whether a socket is bound to every address of the host. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** `::ffff:192.0.2.1`, as a socket for both families names IPv4 peers, becomes `192.0.2.1`. */
export function unmapped(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** An address as a socket that is bound to `bound` has to be given it. */
export function mappedFor(bound: string, address: string): string {
  return isIP(bound) === 6 && isIP(address) === 4 ? `::ffff:${address}` : address;
}

/** Whether a socket that is bound to `bound` reaches addresses of that family (4 or 6). */
export function reachesFamily(bound: string, family: number): boolean {
  return bound === '::' || isIP(bound) === family;
}
