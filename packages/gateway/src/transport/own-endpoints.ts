import { networkInterfaces } from 'node:os';
import { createNetworks, plainAddress } from './networks.ts';
import { LOOPBACK } from './never-reached.table.ts';

/** Where this process listens. */
export interface OwnEndpoint {
  /** An address, a wildcard (`0.0.0.0`, `::`), or a name, which is taken for a wildcard. */
  readonly host: string;
  readonly port: number;
}

const loopback = createNetworks(LOOPBACK);
const WILDCARDS: ReadonlySet<string | null> = new Set(['0.0.0.0', '::', null]);

/**
 * Where the gateway's web server is.
 * @param url where it listens
 * @param publicUrl where phones see it; counts where it names an address
 */
export function ownWebEndpoints(url: string, publicUrl: string | null): readonly OwnEndpoint[] {
  return [url, publicUrl ?? url]
    .map((text) => new URL(text))
    .map(({ hostname, port, protocol }) => ({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port),
    }))
    .filter(({ host }) => plainAddress(host) !== null);
}

/** Whether a connection to that address and port would come back to this process. */
export function isOwn(address: string, port: number, endpoints: readonly OwnEndpoint[]): boolean {
  return endpoints.some((own) => {
    if (own.port !== port) return false;
    const host = plainAddress(own.host);
    return WILDCARDS.has(host) ? isLocal(address) : host === address;
  });
}

/** Asked each time: a machine's addresses change. */
function isLocal(address: string): boolean {
  if (loopback.has(address)) return true;
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return all.some((one) => plainAddress(one.address) === address);
}
