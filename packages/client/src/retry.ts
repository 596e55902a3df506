import { pause, pauseMs } from './backoff.ts';
import type { Outcome, RequestFailure } from './failure.ts';
import type { Backoff } from './options.ts';

/** How long and how often a request is tried again. */
export interface RetryOptions {
  readonly retryForMs: number;
  readonly backoff: Backoff | undefined;
}

/** Tries again as long as the gateway cannot be reached. Only for what may be done twice. */
export async function retry<Value>(
  once: () => Promise<Outcome<Value, RequestFailure>>,
  { retryForMs, backoff }: RetryOptions,
  signal: AbortSignal,
): Promise<Outcome<Value, RequestFailure>> {
  const until = Date.now() + retryForMs;
  for (let failed = 0; ; failed++) {
    const outcome = await once();
    const waitMs = pauseMs(failed, backoff);
    const isLost = !outcome.ok && outcome.failure.code === 'GATEWAY_UNREACHABLE';
    if (!isLost || Date.now() + waitMs > until) return outcome;
    await pause(waitMs, signal);
  }
}
