import type { CallFilter, CallUpdate } from '../application.ts';
import { LatestChanges } from '../events/latest-changes.ts';
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
  /** The newest calls that match as they are in the store, those that have ended included; what goes on is sent besides. */
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
  const shown = createShown(book);
  const changes = new LatestChanges<Call>(signal);
  const stop = book.onChange((call) => {
    changes.take(call.id);
    changes.put(call.id, call);
  });
  try {
    const place = cursor();
    const stored = new Map((await snapshot()).map((call) => [call.id, call]));
    // One that has gone on for long may be older than what the store was asked for.
    for (const call of book.open()) if (!stored.has(call.id)) stored.set(call.id, call);
    for (const call of stored.values()) {
      if (signal.aborted) return;
      // A change that came meanwhile is newer than the snapshot.
      const newest = changes.take(call.id) ?? call;
      if (!matchesCall(filter, newest)) continue;
      shown.add(newest.id);
      yield { kind: 'call', call: newest };
    }
    yield { kind: 'caughtUp', cursor: place };
    while (!signal.aborted) {
      const next = changes.takeOldest();
      if (next === undefined) {
        await changes.next();
        continue;
      }
      const matches = matchesCall(filter, next);
      if (!matches && !shown.has(next.id)) continue;
      if (matches) shown.add(next.id);
      else shown.delete(next.id);
      yield { kind: 'call', call: next };
    }
  } finally {
    stop();
    changes.close();
  }
}

/** Below that many nobody looks which calls need not be remembered any more. */
const FEW_SHOWN = 1_000;

/**
 * Calls that a subscriber was shown and that may still stop matching: those that have ended too, since a call that was
 * taken to be over opens again by its phone's word. What no event can change is forgotten.
 */
function createShown(book: CallBook): { has(id: string): boolean; add(id: string): void; delete(id: string): void } {
  const shown = new Set<string>();
  let lookAt = FEW_SHOWN;
  return {
    has: (id) => shown.has(id),
    delete: (id) => void shown.delete(id),
    add(id) {
      shown.add(id);
      if (shown.size >= lookAt) {
        for (const one of shown) if (!book.tracks(one)) shown.delete(one);
        lookAt = Math.max(FEW_SHOWN, 2 * shown.size);
      }
    },
  };
}
