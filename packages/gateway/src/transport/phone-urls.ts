import { isIP } from 'node:net';
import type { CommandName, PolicyDenied } from '@hookswitch/core';
import { createNetworks, plainAddress } from './networks.ts';
import { IPV4_COMPATIBLE, LOOPBACK, NEVER_REACHED } from './never-reached.table.ts';
import { isOwn, type OwnEndpoint } from './own-endpoints.ts';

/** Commands whose texts may hold URLs that the phone fetches, and the gateway's own paths that may stand there. */
const FETCHING: Readonly<Partial<Record<CommandName, RegExp>>> = {
  upgradeFirmware: /^\/d\//,
  pushXml: /^\/d\//,
  configureKey: /^\/d\//,
  writeSettings: /^\/[ad]\//,
};

/** What the check is made of. */
export interface PhoneUrlOptions {
  /** Hosts and networks that phones may be told to fetch from; null: all but those that are never allowed. */
  readonly hosts: readonly string[] | null;
  /** Where the gateway listens now. */
  readonly own: () => readonly OwnEndpoint[];
  /** Hosts of registered phones, as names or addresses; left out: none. Their pages dial, and ask nobody who they obey. */
  readonly phones?: (() => readonly string[]) | undefined;
}

/** Looks through a command's arguments. @returns why it is refused; null: nothing speaks against it */
export type PhoneUrlCheck = (name: CommandName, given: Readonly<Record<string, unknown>>) => PolicyDenied | null;

/**
 * What a phone fetches, it fetches with its own reach, and looks names up by itself. So the URL as it is written is what
 * can be checked: addresses that are nobody's business (the phone itself, link-local, metadata services), the gateway's
 * own interface, and where the operator lists hosts, all others.
 */
export function createPhoneUrlCheck({ hosts, own, phones = () => [] }: PhoneUrlOptions): PhoneUrlCheck {
  const never = createNetworks([...NEVER_REACHED, ...LOOPBACK, IPV4_COMPATIBLE]);
  const networks = createNetworks((hosts ?? []).filter((host) => isIP(host.split('/')[0] ?? '') !== 0));
  const names = new Set((hosts ?? []).map((host) => host.toLowerCase()));

  const reasonAgainst = ({ authority, url }: Written, ownPaths: RegExp): string | null => {
    if (url === null) return 'it is no address that can be read';
    if (authority.includes('$')) return 'the phone would put something of its own there';
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    const address = plainAddress(host);
    const port = Number(url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port);
    if (address !== null && isOwn(address, port, own())) {
      return ownPaths.test(url.pathname) ? null : 'it leads to the gateway itself';
    }
    const isPhone = (one: string): boolean =>
      (plainAddress(one) ?? one).toLowerCase() === (address ?? host).toLowerCase();
    if (phones().some(isPhone)) return 'it leads to a phone, whose pages do what commands do';
    if (/^(?:.*\.)?localhost$/i.test(host)) return 'it leads to the phone itself';
    if (address !== null && never.has(address)) return 'that address is nobody’s to fetch from';
    if (address === null && !HOST_NAME.test(host)) return 'it is no name of a host';
    if (hosts === null) return null;
    const listed = address === null ? names.has(host.toLowerCase()) : networks.has(address);
    return listed ? null : 'its host is not listed under allowedUrlHosts';
  };
  return (name, given) => {
    const ownPaths = FETCHING[name];
    if (ownPaths === undefined) return null;
    for (const written of textsIn(given).flatMap(urlsIn)) {
      const reason = reasonAgainst(written, ownPaths);
      if (reason === null) continue;
      const where = written.url?.host ?? written.authority.replace(/^.*@/, '');
      const message = `A phone may not be told to fetch from ${where}: ${reason}. Nothing was sent.`;
      return { code: 'POLICY_DENIED', message, rule: 'phoneUrls', retryable: false };
    }
    return null;
  };
}

/** An address as it stands in a text. */
interface Written {
  /** What stands where user, host and port do. */
  readonly authority: string;
  /** Null: it cannot be read, and a phone may read it in its own way. */
  readonly url: URL | null;
}

/** What is left of a host's name once it is written in ASCII: variables of phones (`$ip`) and templates are none. */
const HOST_NAME = /^[a-z0-9._-]+$/i;

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** All that begins like an address, with and without what XML may put into its middle. */
function urlsIn(text: string): readonly Written[] {
  const joined = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[|\]\]>/g, '');
  return [...urlsWithin(text), ...(joined === text ? [] : urlsWithin(joined))];
}

/** References of XML undone; a phone may be laxer than the URL parser. */
function urlsWithin(text: string): readonly Written[] {
  const plain = text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_all, hex: string) => character(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_all, digits: string) => character(Number(digits)))
    .replaceAll('&amp;', '&');
  return [...plain.matchAll(/\b(https?|t?ftp):[\\/]+([^\s<>"'\\/?#]+)([^\s<>"'?#]*)/gi)].map(
    ([, given = '', authority = '', path = '']) => {
      const scheme = given.toLowerCase() === 'https' ? 'https' : 'http';
      // Parsed as http, so that every notation of an address becomes the one that it is.
      return { authority, url: URL.parse(`${scheme}://${authority}${path}`) };
    },
  );
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
