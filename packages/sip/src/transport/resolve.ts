import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { reachesFamily } from './addresses.ts';
import { toTransportFault } from './faults.ts';
import { TransportFault } from './types.ts';

/**
 * The address of a host, as the system resolves it: its hosts file and its name servers. NAPTR and SRV records
 * (RFC 3263 section 4) are not asked for.
 * @param bound where this side's socket is bound: only an address of a family that it reaches is of use.
 * @throws TransportFault
 */
export async function resolveHost(host: string, bound: string): Promise<string> {
  const family = isIP(host);
  if (family !== 0) {
    if (reachesFamily(bound, family)) return host;
    throw new TransportFault('NO_TRANSPORT', `an IPv${family} address is not reached from ${bound}`);
  }
  try {
    const found = (await lookup(host, { all: true })).find((entry) => reachesFamily(bound, entry.family));
    if (found !== undefined) return found.address;
  } catch (error) {
    throw toTransportFault(error);
  }
  throw new TransportFault('NAME_NOT_FOUND', `${host} has no address that is reached from ${bound}`);
}
