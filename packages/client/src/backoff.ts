import type { Backoff } from './options.ts';

/**
 * The pause before a try, in milliseconds.
 * @param attempt how many tries have failed in a row, from 0
 */
export function pauseMs(attempt: number, { firstMs = 250, maxMs = 10_000 }: Backoff = {}): number {
  const longest = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(longest * (0.5 + Math.random() / 2));
}

/** Resolves after that time, or as soon as the signal is aborted. Never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const over = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', over);
    resolve();
  };
  const timer = setTimeout(over, ms);
  signal.addEventListener('abort', over, { once: true });
  return promise;
}
