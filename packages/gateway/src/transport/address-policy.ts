import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { PolicyDenied } from '@hookswitch/core';

/** Networks that a phone may be in where nothing else is configured: private IPv4 (RFC 1918) and IPv6 (RFC 4193). */
export const PRIVATE_NETWORKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'] as const;

// Never a phone's, whatever is configured: this host on this network, link-local, multicast, reserved and broadcast,
// and the metadata services of clouds: those of AWS and Google in IPv6 are in fc00::/7.
const NEVER = [
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  'fe80::/10',
  'ff00::/8',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
] as const;

/** Thrown where a phone's address is not one that the gateway may connect to. */
export class AddressNotAllowed extends Error {
  /** What callers of the API are told. */
  readonly failure: PolicyDenied;
  readonly code = 'HOOKSWITCH_ADDRESS_NOT_ALLOWED';

  constructor(address: string) {
    super(`${address} is not in the networks that phones may be in (HOOKSWITCH_ALLOWED_TARGETS)`);
    this.name = 'AddressNotAllowed';
    this.failure = {
      code: 'POLICY_DENIED',
      message: `${this.message}. Correct the phone’s address, or have the operator allow its network. Nothing was sent.`,
      rule: 'allowedTargets',
      retryable: false,
    };
  }
}

/** Which addresses the gateway may connect to, checked on the address that it really connects to. */
export interface AddressPolicy {
  /** `address`: an IP address, not a name. */
  allows(address: string): boolean;
  /** For sockets: resolves a name and gives only allowed addresses. */
  readonly lookup: LookupFunction;
}

/** @param networks CIDRs, e.g. `192.0.2.0/24`. Throws a `TypeError` for one that is none: see {@link isNetwork}. */
export function createAddressPolicy(networks: readonly string[]): AddressPolicy {
  const allowed = blockList(networks);
  const never = blockList(NEVER);
  const allows = (address: string): boolean => {
    // One with a zone (`fe80::1%eth0`) is link-local.
    if (isIP(address) === 0 || address.includes('%')) return false;
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    return !never.check(address, family) && allowed.check(address, family);
  };
  const guarded: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '');
      const good = addresses.filter(({ address }) => allows(address));
      const [first] = good;
      if (first === undefined) return callback(new AddressNotAllowed(hostname), '');
      if (options.all === true) return callback(null, good);
      return callback(null, first.address, first.family);
    });
  };
  return { allows, lookup: guarded };
}

/** Whether a text is a CIDR such as `192.0.2.0/24` or `fd00::/8`, or a single address. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    if (!isNetwork(network)) throw new TypeError(`not a network: ${network}`);
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return list;
}
