import { BlockList, isIP } from 'node:net';

/** Whether a text is a CIDR such as `192.0.2.0/24` or `fd00::/8`, or a single address. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** A set of networks. */
export interface Networks {
  /** `address`: an IP address. Of another family it is not in them. */
  has(address: string): boolean;
}

/** @throws a TypeError for what is no network: see {@link isNetwork} */
export function createNetworks(networks: readonly string[]): Networks {
  // One for each family: a BlockList takes an IPv4 address for its mapped form, so `::/0` would have all of them.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const network of networks) {
    const { address, bits, family } = partsOf(network);
    lists[family].addSubnet(address, bits, family);
  }
  return { has: (address) => check(lists, address) };
}

function check(lists: Readonly<Record<'ipv4' | 'ipv6', BlockList>>, address: string): boolean {
  return isIP(address) === 6 ? lists.ipv6.check(address, 'ipv6') : lists.ipv4.check(address, 'ipv4');
}

/** Whether a network lies wholly in another one of these. */
export function liesWithin(network: string, others: readonly string[]): boolean {
  const { address, bits, family } = partsOf(network);
  return others.some((other) => {
    const outer = partsOf(other);
    return outer.family === family && outer.bits <= bits && createNetworks([other]).has(address);
  });
}

function partsOf(network: string): {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
} {
  if (!isNetwork(network)) throw new TypeError(`not a network: ${network}`);
  const [address = '', bits] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return { address, bits: Number(bits ?? (family === 'ipv4' ? 32 : 128)), family };
}

/**
 * One spelling of an address: IPv6 shortened as RFC 5952 has it, a mapped IPv4 address (`::ffff:192.0.2.1`,
 * `::ffff:c000:201`) as the IPv4 address.
 * @returns null for what is no address, or has a zone (`fe80::1%eth0`), which only link-local ones have
 */
export function plainAddress(text: string): string | null {
  const family = isIP(text);
  if (family === 4) return text;
  if (family === 0 || text.includes('%')) return null;
  const short = URL.parse(`http://[${text}]`)?.hostname.slice(1, -1) ?? null;
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short ?? '') ?? [];
  if (high === undefined || low === undefined) return short;
  const [upper, lower] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [upper >> 8, upper & 0xff, lower >> 8, lower & 0xff].join('.');
}
