import { isIP } from 'node:net';
import { plainAddress } from '../transport/networks.ts';

/** Counts what was refused, by the address that it came from. */
export interface RefusalLimiter {
  /** Notes one more. @returns whether that address has had too many by now */
  isTooMany(address: string): boolean;
}

/** What a limiter is made of. */
export interface RefusalLimiterOptions {
  /** So many at once, and so many more in a minute. */
  readonly perMinute: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** More addresses than these are not kept: those that came first go. Default 10,000. */
  readonly maxAddresses?: number | undefined;
}

/** A token bucket for each address; of IPv6 for each /64, since one host has all of it. */
export function createRefusalLimiter({ perMinute, now, maxAddresses = 10_000 }: RefusalLimiterOptions): RefusalLimiter {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    isTooMany(address) {
      const key = keyOf(address);
      const at = now();
      const { left, at: since } = buckets.get(key) ?? { left: perMinute, at };
      // A clock that was put back gives nothing.
      const filled = Math.min(perMinute, left + (Math.max(0, at - since) * perMinute) / 60_000);
      const [oldest] = buckets.keys();
      if (!buckets.has(key) && buckets.size >= maxAddresses && oldest !== undefined) buckets.delete(oldest);
      const isTooMany = filled < 1;
      buckets.set(key, { left: isTooMany ? filled : filled - 1, at });
      return isTooMany;
    },
  };
}

function keyOf(address: string): string {
  const plain = plainAddress(address) ?? address;
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === '' ? 0 : tail.split(':').length;
  const all = plain.includes('::') ? [...groups, ...Array<string>(8 - groups.length - behind).fill('0')] : groups;
  return `${[...all, ...(tail === '' ? [] : tail.split(':'))].slice(0, 4).join(':')}::/64`;
}
