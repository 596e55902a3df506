import type { Caller, Instant, Phone } from '../model.ts';
import type { DialCounts } from '../store/ports.ts';
import type { Broken } from './judge-number.ts';
import { localTime } from './office-hours.ts';

/** How many calls may be begun, and by whom. */
export interface DialLimit {
  /** Counted for each key, phone or tag on its own. */
  readonly per: 'key' | 'phone' | 'tag';
  /** Only this tag; null: each. */
  readonly tag: string | null;
  readonly calls: number;
  /** A window that slides, in milliseconds; `day`: from midnight to midnight. */
  readonly within: number | 'day';
}

/** What the limits are asked about: calls that are begun at once, by whom, from where. */
export interface Dialling {
  readonly caller: Caller;
  readonly phone: Phone;
  readonly calls: number;
}

/** Counts calls against limits. */
export interface DialLimits {
  /** The first limit that these calls would break, or null. Counts nothing. */
  check(dialling: Dialling): Promise<Broken | null>;
  /** The same, and counts them where they break none: at once; fulfilled when that is on disk. */
  take(dialling: Dialling): Promise<Broken | null>;
}

/** What the limits need. */
export interface DialLimitsOptions {
  readonly limits: readonly DialLimit[];
  /** When a day begins. */
  readonly timeZone: string;
  readonly counts: DialCounts;
  readonly now: () => Instant;
  /** Milliseconds of a clock that only runs forward: windows are measured by it, days by `now`. */
  readonly ticks: () => number;
}

/** Reads what was counted before, and goes on from there. */
export async function createDialLimits({
  limits,
  timeZone,
  counts,
  now,
  ticks,
}: DialLimitsOptions): Promise<DialLimits> {
  const today = (): string => localTime(now(), timeZone).date;
  let day = today();
  const byDay = new Map(await counts.of(day));
  const longest = Math.max(0, ...limits.map((limit) => (limit.within === 'day' ? 0 : limit.within)));
  const [opened, openedAt] = [now(), ticks()];
  /** When calls were begun by `ticks`, oldest first, by what was counted. One that lies ahead of the clock is taken for one of now. */
  const begun = new Map<string, readonly number[]>();
  for (const [scope, times] of await counts.since(opened - longest)) {
    begun.set(
      scope,
      times.map((at) => openedAt - Math.max(0, opened - at)),
    );
  }

  const ofDay = (): Map<string, number> => {
    // A clock that was set back does not give a second allowance.
    const date = today();
    if (date > day) {
      day = date;
      byDay.clear();
    }
    return byDay;
  };
  const within = (scope: string, windowMs: number): number => {
    const since = ticks() - windowMs;
    return (begun.get(scope) ?? []).filter((at) => at > since).length;
  };
  const check = (dialling: Dialling): Broken | null => {
    for (const [index, limit] of limits.entries()) {
      for (const scope of scopesOf(limit, dialling)) {
        const used = limit.within === 'day' ? (ofDay().get(scope) ?? 0) : within(scope, limit.within);
        if (used + dialling.calls > limit.calls) return brokenLimit(index, limit);
      }
    }
    return null;
  };
  return {
    check: async (dialling) => check(dialling),
    async take(dialling) {
      // Both in one turn: two that come at once do not both have the last one.
      const broken = check(dialling);
      if (broken !== null) return broken;
      const [at, tick] = [now(), ticks()];
      const daily = new Set<string>();
      const sliding = new Set<string>();
      for (const limit of limits) {
        for (const scope of scopesOf(limit, dialling)) (limit.within === 'day' ? daily : sliding).add(scope);
      }
      const calls = Array.from({ length: dialling.calls });
      for (const scope of sliding) {
        const kept = (begun.get(scope) ?? []).filter((one) => one > tick - longest);
        begun.set(scope, [...kept, ...calls.map(() => tick)]);
      }
      const counted = ofDay();
      for (const scope of daily) counted.set(scope, (counted.get(scope) ?? 0) + dialling.calls);
      const each = (scopes: ReadonlySet<string>) => [...scopes].flatMap((scope) => calls.map(() => scope));
      if (daily.size + sliding.size === 0) return null;
      await counts.add({ day, ofDay: each(daily), at, inWindows: each(sliding), since: at - longest });
      return null;
    },
  };
}

/** What a limit counts calls by. */
export function scopesOf({ per, tag }: DialLimit, { caller, phone }: Dialling): readonly string[] {
  if (per === 'key') return [`key:${caller.id}`];
  if (per === 'phone') return [`phone:${phone.id}`];
  return phone.tags.filter((one) => tag === null || one === tag).map((one) => `tag:${one}`);
}

/** @param index of the limit in the configuration */
export function brokenLimit(index: number, { per, tag, calls, within }: DialLimit): Broken {
  const what = per === 'tag' && tag !== null ? `the tag ${tag}` : `a ${per}`;
  const time = within === 'day' ? 'a day' : `${within / 1000} s`;
  return {
    rule: `dialling.limits.${index}`,
    message: `The operator’s policy allows ${what} ${calls} calls in ${time}, and they are used up.`,
  };
}
