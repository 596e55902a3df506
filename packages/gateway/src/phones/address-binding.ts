import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { parseSipUri } from '@hookswitch/sip';
import type { Phone } from '../model.ts';
import { plainAddress } from '../transport/networks.ts';

/** Where a phone is registered to be. */
export type BoundPhone = Pick<Phone, 'address' | 'sipUri'>;

/** Whether something that was sent with a phone's token comes from the phone. */
export type AddressBinding = (phone: BoundPhone, from: string) => Promise<boolean>;

/** Is asked for where no phone has the token: whoever tries tokens waits as long for every answer. */
export const NOBODY: BoundPhone = { address: 'http://0.0.0.0', sipUri: null };

/** Names of phones change their addresses now and then. */
const FRESH_MS = 60_000;

/**
 * Compares with the addresses that the phone is registered with: the host of `address`, and that of `sipUri` where it is
 * an address and not a domain. A phone with neither is bound to nothing.
 */
export function createAddressBinding(now: () => number): AddressBinding {
  const known = new Map<string, { readonly addresses: Promise<readonly string[]>; readonly until: number }>();
  const addressesOf = (host: string): Promise<readonly string[]> => {
    if (isIP(host) !== 0) return Promise.resolve([host]);
    const kept = known.get(host);
    if (kept !== undefined && kept.until > now()) return kept.addresses;
    const found = lookup(host, { all: true }).then(
      (all) => all.map(({ address }) => address),
      () => [],
    );
    known.set(host, { addresses: found, until: now() + FRESH_MS });
    return found;
  };
  return async ({ address, sipUri }, from) => {
    const web = address === null ? [] : [new URL(address).hostname.replace(/^\[|\]$/g, '')];
    const sip = sipUri === null ? undefined : parseSipUri(sipUri)?.host;
    const hosts = [...web, ...(sip !== undefined && isIP(sip) !== 0 ? [sip] : [])];
    if (hosts.length === 0) return true;
    const addresses = (await Promise.all(hosts.map(addressesOf))).flat();
    const sender = plainAddress(from);
    return sender !== null && addresses.some((one) => plainAddress(one) === sender);
  };
}
