import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { reachesFamily } from './addresses.ts';
import { toTransportFault } from './faults.ts';
import { TransportFault } from './types.ts';

/**
 * Finds the addresses of hosts as the system does it: by its hosts file and its name servers. NAPTR and SRV records
 * (RFC 3263 section 4) are not asked for.
 */
export class HostResolver {
  readonly #bound: string;
  readonly #allows: (address: string, port: number) => boolean;
  /** Look-ups under way: a thousand requests to one proxy ask once. What comes is not kept. */
  readonly #asking = new Map<string, Promise<string>>();

  /**
   * @param bound where this side's sockets are bound: only an address of a family that they reach is of use.
   * @param allows whether something may be sent to an address and port.
   */
  constructor(bound: string, allows: (address: string, port: number) => boolean = () => true) {
    this.#bound = bound;
    this.#allows = allows;
  }

  /** @throws TransportFault */
  async resolve(host: string, port: number): Promise<string> {
    const address = await this.#find(host);
    if (!this.#allows(address, port)) throw new TransportFault('NOT_ALLOWED', `${address} may not be sent to`);
    return address;
  }

  async #find(host: string): Promise<string> {
    const family = isIP(host);
    if (family !== 0) {
      if (reachesFamily(this.#bound, family)) return host;
      throw new TransportFault('NO_TRANSPORT', `an IPv${family} address is not reached from ${this.#bound}`);
    }
    const asking = this.#asking.get(host) ?? this.#ask(host);
    this.#asking.set(host, asking);
    try {
      return await asking;
    } finally {
      this.#asking.delete(host);
    }
  }

  async #ask(host: string): Promise<string> {
    try {
      const found = (await lookup(host, { all: true })).find(({ family }) => reachesFamily(this.#bound, family));
      if (found !== undefined) return found.address;
    } catch (error) {
      throw toTransportFault(error);
    }
    throw new TransportFault('NAME_NOT_FOUND', `${host} has no address that is reached from ${this.#bound}`);
  }
}
