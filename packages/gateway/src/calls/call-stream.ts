import type { CallFilter, CallUpdate } from '../application.ts';
import type { Call } from '../model.ts';
import type { CallBook } from './call-book.ts';

/** Whether a call is one that a filter lets through. */
export function matchesCall(filter: CallFilter, call: Call): boolean {
  return (
    (filter.phoneIds === undefined || filter.phoneIds.includes(call.phoneId)) &&
    (filter.states === undefined || filter.states.includes(call.state)) &&
    (filter.directions === undefined || (call.direction !== null && filter.directions.includes(call.direction))) &&
    (filter.since === undefined || call.startedAt >= filter.since) &&
    (filter.until === undefined || call.startedAt < filter.until)
  );
}

/** Where a stream begins. */
export interface CallStreamSource {
  readonly book: CallBook;
  /** Calls that match as they are now, those that have ended included. */
  readonly snapshot: () => Promise<readonly Call[]>;
  /** The place in the event log that the snapshot stands for at least. */
  readonly cursor: () => string;
}

/**
 * Every call that matches, then `caughtUp`, then each change. A call that stops matching comes once more. What waits is
 * one state a call, the latest, so that a slow subscriber costs no more than the calls there are.
 */
export async function* streamCalls(
  { book, snapshot, cursor }: CallStreamSource,
  filter: CallFilter,
  signal: AbortSignal,
): AsyncGenerator<CallUpdate, void, undefined> {
  const shown = new Set<string>();
  const waiting = new Map<string, Call>();
  let wake: (() => void) | null = null;
  const signalChange = (): void => {
    wake?.();
    wake = null;
  };
  const stop = book.onChange((call) => {
    waiting.delete(call.id);
    waiting.set(call.id, call);
    signalChange();
  });
  signal.addEventListener('abort', signalChange, { once: true });
  try {
    const place = cursor();
    for (const call of await snapshot()) {
      if (signal.aborted) return;
      // A change that came meanwhile is newer than the snapshot.
      const newest = waiting.get(call.id) ?? call;
      waiting.delete(call.id);
      if (!matchesCall(filter, newest)) continue;
      if (newest.state !== 'ENDED') shown.add(newest.id);
      yield { kind: 'call', call: newest };
    }
    yield { kind: 'caughtUp', cursor: place };
    while (!signal.aborted) {
      const [next] = waiting.values();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      waiting.delete(next.id);
      const matches = matchesCall(filter, next);
      if (!matches && !shown.has(next.id)) continue;
      // What has ended does not stop matching any more: it need not be remembered.
      if (matches && next.state !== 'ENDED') shown.add(next.id);
      else shown.delete(next.id);
      yield { kind: 'call', call: next };
    }
  } finally {
    stop();
    signal.removeEventListener('abort', signalChange);
  }
}
