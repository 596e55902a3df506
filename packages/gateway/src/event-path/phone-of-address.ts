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

/**
 * The phone that a request came from that bears no token of any: by its address, and where several phones share that one
 * by the MAC address in what it sent.
 * @returns null where it is no phone, or could be several
 */
export function phoneOfAddress(registry: PhoneRegistry, from: string, sent: string): RegisteredPhone | null {
  const here = plainAddress(from);
  const near = [...registry.all()].filter(({ phone }) => phone.removedAt === null && addressesOf(phone).includes(here));
  const [first, ...others] = near;
  if (first === undefined || others.length === 0) return first ?? null;
  const text = sent.toLowerCase().replace(/%3a|[:-]/g, '');
  const named = near.filter(({ phone: { mac } }) => mac !== null && text.includes(mac.replaceAll(':', '')));
  return named.length === 1 ? (named[0] ?? null) : null;
}
