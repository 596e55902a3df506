import type { SipClock } from './clock.ts';

/** The caller's signal and the caller's time as one signal. */
export interface Deadline {
  /** Undefined: nothing ends the wait but the transaction. */
  readonly signal: AbortSignal | undefined;
  /** Whether it was the time that ran out. */
  expired(): boolean;
  /** Takes timer and listener back. */
  release(): void;
}

/** Joins them; without a time the caller's signal is used as it is. */
export function startDeadline(
  clock: SipClock,
  { signal, timeoutMs }: { readonly signal?: AbortSignal | undefined; readonly timeoutMs?: number | undefined },
): Deadline {
  if (timeoutMs === undefined) return { signal, expired: () => false, release: () => {} };
  const controller = new AbortController();
  let expired = false;
  const abort = (): void => controller.abort();
  const cancel = clock.after(timeoutMs, () => {
    expired = true;
    controller.abort();
  });
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    expired: () => expired,
    release() {
      cancel();
      signal?.removeEventListener('abort', abort);
    },
  };
}
