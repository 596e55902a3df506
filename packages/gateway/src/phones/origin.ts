import { isIP } from 'node:net';
import { type InvalidArgument, invalidArgument, type PolicyDenied } from '@hookswitch/core';
import type { AddressPolicy } from '../transport/address-policy.ts';

/** Either the origin, or why it is none that a phone may have. */
export type OriginResult = { readonly origin: string } | { readonly failure: InvalidArgument | PolicyDenied };

// Other notations of IPv4 (`0x7f.1`, `2130706433`, `010.0.0.1`) are read differently by different programs.
const looksNumeric = /^(0x[0-9a-f.]*|[0-9][0-9.]*)$/i;

/**
 * Reads what somebody typed as a phone's address: `192.0.2.20`, `phone.example`, `http://192.0.2.20:8080`.
 * @returns an origin such as `http://192.0.2.20`
 */
export function parseOrigin(text: string, policy: AddressPolicy): OriginResult {
  const typed = text.trim();
  const url = URL.parse(
    /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${isIP(typed) === 6 ? `[${typed}]` : typed}`,
  );
  if (url === null) return fault('It is no address such as 192.0.2.20 or http://192.0.2.20.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return fault('Only http and https lead to a phone.');
  if (url.username !== '' || url.password !== '') return fault('Give user name and password in their own fields.');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return fault('It must end behind host and port.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const written = /^(?:[a-z]+:\/\/)?\[?([^\]/:]+(?::[^\]/]*)?)/i.exec(typed)?.[1] ?? '';
  if (isIP(host) === 4 && looksNumeric.test(written.split(':')[0] ?? '') && !written.startsWith(host)) {
    return fault(`Write the IPv4 address in its usual form: ${host}.`);
  }
  const refusal = isIP(host) === 0 ? null : policy.refusal(host, portOf(url));
  if (refusal !== null) return { failure: refusal.failure };
  return { origin: url.origin };
}

function portOf({ port, protocol }: URL): number {
  return Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port);
}

function fault(message: string): OriginResult {
  return { failure: invalidArgument('address', message) };
}
