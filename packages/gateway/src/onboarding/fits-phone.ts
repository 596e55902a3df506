import { isIP } from 'node:net';
import { parseSipUri } from '@hookswitch/sip';
import type { Phone } from '../model.ts';
import { plainAddress } from '../transport/networks.ts';

/** What tells a device. */
export interface DeviceTraits {
  readonly address: string;
  readonly mac: string | null;
  readonly sipUri: string | null;
}

/**
 * Whether a device is a registered phone: by the MAC address where both have one; else by the SIP user where both have
 * one, or by the address. Names of hosts are not looked up.
 */
export function fitsPhone({ address, mac, sipUri }: DeviceTraits, phone: Phone): boolean {
  if (phone.removedAt !== null) return false;
  if (mac !== null && phone.mac !== null) return mac === phone.mac;
  if (sipUri !== null && phone.sipUri !== null && isSameUser(sipUri, phone.sipUri)) return true;
  const host = phone.address === null ? null : new URL(phone.address).hostname.replace(/^\[|\]$/g, '');
  const sipHost = phone.sipUri === null ? null : (parseSipUri(phone.sipUri)?.host ?? null);
  return [host, sipHost].some((one) => one !== null && plainAddress(one) === address);
}

/** An address instead of a domain says where a user is, not whose it is. */
function isSameUser(one: string, other: string): boolean {
  const [left, right] = [parseSipUri(one), parseSipUri(other)];
  if (left === undefined || right === undefined || left.user === null || left.user !== right.user) return false;
  const isName = (host: string): boolean => isIP(host) === 0;
  return !isName(left.host) || !isName(right.host) || left.host.toLowerCase() === right.host.toLowerCase();
}
