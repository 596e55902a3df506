import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { unmapped } from './addresses.ts';
import { toTransportFault } from './faults.ts';

/** How many destinations are remembered; a sweep over an office's phones fits. */
const CAPACITY = 4096;

/**
 * Finds the address of this host from which packets to a destination leave: on a host with several networks each phone
 * has to be given the one that it can answer to (RFC 3261 section 18.1.1, sent-by). Nothing is sent for that.
 */
export class LocalAddresses {
  readonly #known = new Map<string, Promise<string>>();

  /** @throws TransportFault where there is no route. */
  find(destination: string): Promise<string> {
    const known = this.#known.get(destination);
    if (known !== undefined) return known;
    const found = ask(destination);
    if (this.#known.size >= CAPACITY) this.#known.clear();
    this.#known.set(destination, found);
    // A host without a route now may have one later.
    found.catch(() => this.#known.delete(destination));
    return found;
  }

  /** Routes may have changed. */
  forget(): void {
    this.#known.clear();
  }
}

function ask(destination: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIP(destination) === 6 ? 'udp6' : 'udp4');
    const fail = (error: Error): void => {
      socket.close();
      reject(toTransportFault(error));
    };
    socket.once('error', fail);
    // Connecting a datagram socket only asks the routing table; the port does not matter.
    socket.connect(5060, destination, () => {
      const { address } = socket.address();
      socket.close();
      resolve(unmapped(address));
    });
  });
}
