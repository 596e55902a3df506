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

  const reasonAgainst = (url: URL, ownPaths: RegExp): string | null => {
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
    if (hosts === null) return null;
    const listed = address === null ? names.has(host.toLowerCase()) : networks.has(address);
    return listed ? null : 'its host is not listed under allowedUrlHosts';
  };
  return (name, given) => {
    const ownPaths = FETCHING[name];
    if (ownPaths === undefined) return null;
    for (const url of textsIn(given).flatMap(urlsIn)) {
      const reason = reasonAgainst(url, ownPaths);
      if (reason === null) continue;
      const message = `A phone may not be told to fetch from ${url.host}: ${reason}. Nothing was sent.`;
      return { code: 'POLICY_DENIED', message, rule: 'phoneUrls', retryable: false };
    }
    return null;
  };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** All that begins like an address, with and without what XML may put into its middle. */
function urlsIn(text: string): readonly URL[] {
  const joined = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[|\]\]>/g, '');
  return [...urlsWithin(text), ...(joined === text ? [] : urlsWithin(joined))];
}

/** References of XML undone; a phone may be laxer than the URL parser. */
function urlsWithin(text: string): readonly URL[] {
  const plain = text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_all, hex: string) => character(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_all, digits: string) => character(Number(digits)))
    .replaceAll('&amp;', '&');
  return [...plain.matchAll(/\b(?:https?|ftp|tftp):[\\/]{2}([^\s<>"'\\/?#]+)([^\s<>"'?#]*)/gi)].flatMap(
    ([all, authority = '', path = '']) => {
      const scheme = all.startsWith('https') ? 'https' : 'http';
      // Parsed as http, so that every notation of an address becomes the one that it is.
      return URL.parse(`${scheme}://${authority}${path}`) ?? [];
    },
  );
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
