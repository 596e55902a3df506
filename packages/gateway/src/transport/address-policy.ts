import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { PolicyDenied } from '@hookswitch/core';
import { createNetworks, liesWithin, plainAddress } from './networks.ts';
import { IPV4_COMPATIBLE, LOOPBACK, NEVER_REACHED } from './never-reached.table.ts';
import { isOwn, type OwnEndpoint } from './own-endpoints.ts';
import { createPorts, USUAL_PORTS } from './ports.ts';
import { TargetRefused } from './target-refused.ts';

/** Networks that a phone may be in where nothing else is configured: private IPv4 (RFC 1918) and IPv6 (RFC 4193). */
export const PRIVATE_NETWORKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'] as const;

/** Which rule does not let something through. */
export type AddressRule = 'allowedTargets' | 'allowedPorts' | 'ownAddress';

const REASONS: Readonly<Record<AddressRule, readonly [what: string, remedy: string]>> = {
  allowedTargets: [
    'is not in the networks that phones may be in (HOOKSWITCH_ALLOWED_TARGETS)',
    'Correct the phone’s address, or have the operator allow its network.',
  ],
  allowedPorts: [
    'is none of the ports that phones may be at (allowedPorts)',
    'Correct the phone’s address, or have the operator allow its port.',
  ],
  ownAddress: ['is where the gateway itself listens', 'Correct the phone’s address.'],
};

/** Thrown where a phone's address is not one that the gateway may connect to. */
export class AddressNotAllowed extends TargetRefused {
  readonly failure: PolicyDenied;
  readonly code = 'HOOKSWITCH_ADDRESS_NOT_ALLOWED';

  constructor(address: string, rule: AddressRule = 'allowedTargets') {
    const [what, remedy] = REASONS[rule];
    super(`${address} ${what}`);
    this.name = 'AddressNotAllowed';
    const message = `${this.message}. ${remedy} Nothing was sent.`;
    this.failure = { code: 'POLICY_DENIED', message, rule, retryable: false };
  }
}

/** Which addresses the gateway may connect to, checked on the address that it really connects to. */
export interface AddressPolicy {
  /** Why not; null: it may. `address`: an IP address, not a name. `port` left out: the address alone is looked at. */
  refusal(address: string, port?: number): AddressNotAllowed | null;
  allows(address: string, port?: number): boolean;
  /** For sockets to that port: resolves a name and gives only allowed addresses. Left out: any port. */
  lookupFor(port?: number): LookupFunction;
}

/** Asks for all addresses of a name, as `dns.lookup` does. */
export type Resolver = (
  name: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** What a policy is made of. */
export interface AddressPolicyOptions {
  /** CIDRs, e.g. `192.0.2.0/24`. Loopback is allowed only by an entry that lies within loopback. */
  readonly networks: readonly string[];
  /** Left out: {@link USUAL_PORTS}. */
  readonly ports?: readonly string[] | undefined;
  /** Asks for the addresses of a name. Left out: the system. */
  readonly resolver?: Resolver | undefined;
  /** Where the gateway listens now. Left out: nowhere. */
  readonly own?: (() => readonly OwnEndpoint[]) | undefined;
}

/** @throws a `TypeError` for what is no network and no port */
export function createAddressPolicy(options: AddressPolicyOptions): AddressPolicy {
  const { networks, ports, resolver = lookup, own = () => [] } = options;
  const allowed = createNetworks(networks);
  const allowedLoopback = createNetworks(networks.filter((network) => liesWithin(network, LOOPBACK)));
  const allowedPorts = createPorts(ports ?? USUAL_PORTS);
  const never = createNetworks(NEVER_REACHED);
  const loopback = createNetworks(LOOPBACK);
  const compatible = createNetworks([IPV4_COMPATIBLE]);

  const mayBe = (address: string): boolean => {
    if (never.has(address)) return false;
    if (loopback.has(address)) return allowedLoopback.has(address);
    return !compatible.has(address) && allowed.has(address);
  };
  const ruleAgainst = (text: string, port: number | undefined): AddressRule | null => {
    const address = plainAddress(text);
    if (address === null || !mayBe(address)) return 'allowedTargets';
    if (port === undefined) return null;
    if (!allowedPorts.has(port)) return 'allowedPorts';
    return isOwn(address, port, own()) ? 'ownAddress' : null;
  };
  const policy: AddressPolicy = {
    refusal(address, port) {
      const rule = ruleAgainst(address, port);
      return rule === null ? null : new AddressNotAllowed(rule === 'allowedPorts' ? `Port ${port}` : address, rule);
    },
    allows: (address, port) => ruleAgainst(address, port) === null,
    lookupFor: (port) => (hostname, options, callback) => {
      resolver(hostname, { ...options, all: true }, (error, addresses) => {
        if (error !== null) return callback(error, '');
        const good = addresses.filter(({ address }) => policy.allows(address, port));
        const [first] = good;
        if (first === undefined) return callback(refusalOf(hostname, addresses[0]?.address, port), '');
        if (options.all === true) return callback(null, good);
        return callback(null, first.address, first.family);
      });
    },
  };
  const refusalOf = (name: string, address: string | undefined, port: number | undefined): AddressNotAllowed =>
    new AddressNotAllowed(name, (address === undefined ? null : ruleAgainst(address, port)) ?? 'allowedTargets');
  return policy;
}
