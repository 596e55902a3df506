import { isIP } from 'node:net';
import { plainAddress } from '../transport/networks.ts';
import { createTokenBuckets } from './token-buckets.ts';

/** Counts what was refused, by the address that it came from. */
export interface RefusalLimiter {
  /** Notes one more. @returns whether that address has had too many by now */
  isTooMany(address: string): boolean;
  /** Milliseconds until that address may have one refused again; 0: now. Notes nothing. */
  wait(address: string): number;
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
export function createRefusalLimiter({ perMinute, now, maxAddresses }: RefusalLimiterOptions): RefusalLimiter {
  const buckets = createTokenBuckets({ perMinute, now, most: maxAddresses });
  return {
    isTooMany: (address) => buckets.take(keyOf(address)) > 0,
    wait: (address) => buckets.wait(keyOf(address)),
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
