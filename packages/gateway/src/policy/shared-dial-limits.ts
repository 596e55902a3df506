import type { LimitedCalls, SharedDialCounts } from '../store/ports.ts';
import { brokenLimit, type DialLimit, type DialLimits, type Dialling, scopesOf } from './dial-limits.ts';

/**
 * Limits that several gateways count against: by the store's clock, and checked where they are counted, so that calls that
 * are begun at several gateways at once break none.
 */
export function createSharedDialLimits(
  { limits, timeZone }: { readonly limits: readonly DialLimit[]; readonly timeZone: string },
  counts: SharedDialCounts,
): DialLimits {
  const keptMs = Math.max(0, ...limits.map(({ within }) => (within === 'day' ? 0 : within)));
  const ask = async (dialling: Dialling, how: (calls: LimitedCalls) => Promise<number | null>) => {
    const counted = limits.flatMap((limit, index) =>
      scopesOf(limit, dialling).map((scope) => ({ index, limit, scope })),
    );
    if (counted.length === 0) return null;
    const place = await how({
      calls: dialling.calls,
      timeZone,
      keptMs,
      limits: counted.map(({ limit, scope }) => ({ counted: scope, most: limit.calls, within: limit.within })),
    });
    const broken = place === null ? undefined : counted[place];
    return broken === undefined ? null : brokenLimit(broken.index, broken.limit);
  };
  return {
    check: (dialling) => ask(dialling, (calls) => counts.check(calls)),
    take: (dialling) => ask(dialling, (calls) => counts.take(calls)),
  };
}
