/** Counts what is done, by who does it, and says when it is too much: a token bucket for each. */
export interface TokenBuckets {
  /** Takes one. @returns 0; or, where none is left, the milliseconds until there is one again, and takes none */
  take(key: string): number;
  /** As {@link TokenBuckets.take} would answer, and takes none. */
  wait(key: string): number;
}

/** What buckets are made of. */
export interface TokenBucketsOptions {
  /** So many at once, and so many more in a minute. */
  readonly perMinute: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** More are not kept: those that came first go. Default 10,000. */
  readonly most?: number | undefined;
}

/** Full buckets for everyone. */
export function createTokenBuckets({ perMinute, now, most = 10_000 }: TokenBucketsOptions): TokenBuckets {
  const buckets = new Map<string, { left: number; at: number }>();
  const fill = (key: string, at: number): number => {
    const { left, at: since } = buckets.get(key) ?? { left: perMinute, at };
    // A clock that was put back gives nothing.
    return Math.min(perMinute, left + (Math.max(0, at - since) * perMinute) / 60_000);
  };
  const waitFor = (left: number): number => (left >= 1 ? 0 : Math.ceil(((1 - left) * 60_000) / perMinute));
  return {
    take(key) {
      const at = now();
      const left = fill(key, at);
      const [oldest] = buckets.keys();
      if (!buckets.has(key) && buckets.size >= most && oldest !== undefined) buckets.delete(oldest);
      const wait = waitFor(left);
      buckets.set(key, { left: wait > 0 ? left : left - 1, at });
      return wait;
    },
    wait: (key) => waitFor(fill(key, now())),
  };
}
