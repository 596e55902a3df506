/** A signal with a time limit, for one piece of work. */
export interface Deadline {
  /** Aborts when the time is over, or when one of those does that it was made of. */
  readonly signal: AbortSignal;
  /** The work is done: the time is no longer waited for, and the signal does not abort any more. */
  clear(): void;
}

/**
 * `AbortSignal.any` and `AbortSignal.timeout` are kept until the time is over, however soon the work is done, and abort then: with hundreds of
 * commands a second that are thousands of them.
 * @param ms the reason is a `TimeoutError` then
 */
export function deadlineOf(parent: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  const follow = (): void => end(parent.reason);
  const end = (reason: unknown): void => {
    clear();
    controller.abort(reason);
  };
  const timer = setTimeout(() => end(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms);
  // As that of `AbortSignal.timeout`: it keeps no process alive.
  timer.unref();
  const clear = (): void => {
    clearTimeout(timer);
    parent.removeEventListener('abort', follow);
  };
  if (parent.aborted) end(parent.reason);
  else parent.addEventListener('abort', follow, { once: true });
  return { signal: controller.signal, clear };
}
