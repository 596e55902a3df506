import { parseSipUri } from '@hookswitch/sip';
import type { Phone } from '../model.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';

/** An address as sockets tell it, without what IPv6 puts around IPv4. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Where a phone is, as far as addresses of its registration are numbers: names would have to be looked up. */
function addressesOf({ address, sipUri }: Phone): readonly string[] {
  const web = address === null ? null : new URL(address).hostname.replace(/^\[|\]$/g, '');
  const sip = sipUri === null ? null : (parseSipUri(sipUri)?.host ?? null);
  return [web, sip].filter((host) => host !== null && /^[\d.]+$|:/.test(host)).map(String);
}

/** Whether a request came from the phone. True as well where the phone's address is not known as a number. */
export function cameFrom(phone: Phone, from: string): boolean {
  const addresses = addressesOf(phone);
  return addresses.length === 0 || addresses.includes(plainAddress(from));
}

/** Finds the phone that a request came from that bears no token of any. */
export interface PhonesByAddress {
  /**
   * By the address that it came from, and where several phones share that one by the MAC address in what was sent.
   * @returns null where it is no phone, or could be several
   */
  find(from: string, sent: string): RegisteredPhone | null;
}

/**
 * Whoever likes can send such requests: none of them goes through all phones. The addresses are put in order when the first one comes; most
 * gateways see none.
 */
export function createPhonesByAddress(registry: Pick<PhoneRegistry, 'all' | 'get' | 'onChange'>): PhonesByAddress {
  /** Phones that are, or were, at an address. */
  let idsAt: Map<string, Set<string>> | null = null;
  const note = (found: Map<string, Set<string>>, phone: Phone): void => {
    if (phone.removedAt !== null) return;
    for (const address of addressesOf(phone)) {
      const ids = found.get(address);
      if (ids === undefined) found.set(address, new Set([phone.id]));
      else ids.add(phone.id);
    }
  };
  const allAddresses = (): Map<string, Set<string>> => {
    const found = new Map<string, Set<string>>();
    for (const { phone } of registry.all()) note(found, phone);
    registry.onChange(({ phone }) => note(found, phone));
    return found;
  };
  const isAt = ({ phone }: RegisteredPhone, here: string): boolean =>
    phone.removedAt === null && addressesOf(phone).includes(here);
  return {
    find(from, sent) {
      const here = plainAddress(from);
      idsAt ??= allAddresses();
      const near = [...(idsAt.get(here) ?? [])]
        .flatMap((id) => registry.get(id) ?? [])
        .filter((one) => isAt(one, here));
      const [first, ...others] = near;
      if (first === undefined || others.length === 0) return first ?? null;
      const text = sent.toLowerCase().replace(/%3a|[:-]/g, '');
      const named = near.filter(({ phone: { mac } }) => mac !== null && text.includes(mac.replaceAll(':', '')));
      return named.length === 1 ? (named[0] ?? null) : null;
    },
  };
}
