/** A signal with a time limit, for one piece of work. */
export interface Deadline {
  /** Aborts when the time is over, or when one of those does that it was made of. */
  readonly signal: AbortSignal;
  /** Aborts now. */
  end(reason: unknown): void;
  /** The work is done: the time is no longer waited for, and the signal does not abort any more by itself. */
  clear(): void;
}

/**
 * `AbortSignal.any` and `AbortSignal.timeout` are kept until the time is over, however soon the work is done, and abort then: with hundreds of
 * commands a second that are thousands of them.
 * @param ms the reason is a `TimeoutError` then
 * @param parent lives about as long as the work: V8's collections keep much of what was added to an old one and removed again
 */
export function deadlineOf(ms: number, parent: AbortSignal | null = null): Deadline {
  const controller = new AbortController();
  const follow = (): void => end(parent?.reason);
  const end = (reason: unknown): void => {
    clear();
    controller.abort(reason);
  };
  const timer = setTimeout(() => end(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms);
  // As that of `AbortSignal.timeout`: it keeps no process alive.
  timer.unref();
  const clear = (): void => {
    clearTimeout(timer);
    parent?.removeEventListener('abort', follow);
  };
  if (parent?.aborted) follow();
  else parent?.addEventListener('abort', follow, { once: true });
  return { signal: controller.signal, end, clear };
}
