import type { EventUpdate } from '../application.ts';
import { RequestError } from '../application.ts';
import type { LoggedEvent } from '../model.ts';
import type { EventLog, EventQuery } from '../store/ports.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { matchesEvent } from './event-filter.ts';
import type { EventHub } from './event-hub.ts';

const REPLAY_PAGE = 500;

/** A filter whose tags are asked again for each event, since a phone's tags may change meanwhile. */
export interface StreamFilter {
  readonly query: EventQuery;
  /** Whether the event's phone has one of the wanted tags. */
  readonly phoneMatches: (phoneId: string) => boolean;
}

/** What a stream reads from. */
export interface StreamSource {
  readonly log: EventLog;
  readonly hub: EventHub;
}

/**
 * All that the log holds behind `after`, then `caughtUp`, then live: no gap and no event twice. Ends with `missed` where
 * something had to be skipped.
 */
export async function* streamEvents(
  { log, hub }: StreamSource,
  filter: StreamFilter,
  { after, signal }: { readonly after: string | undefined; readonly signal: AbortSignal },
): AsyncGenerator<EventUpdate, void, undefined> {
  const matches = (event: LoggedEvent): boolean =>
    filter.phoneMatches(event.phoneId) && matchesEvent(filter.query, event);
  let position = after === undefined ? hub.lastSequence : placeOf(after, hub.lastSequence);
  if (after !== undefined) {
    const { first, last } = await log.bounds();
    if (last > 0 && position + 1 < first) {
      yield { kind: 'missed', reason: 'CURSOR_EXPIRED', resumeCursor: encodeCursor(first - 1) };
      return;
    }
  }
  // The old pages are read before anything waits in memory; only what comes during the last short read does.
  while (!signal.aborted && hub.lastSequence - position > REPLAY_PAGE) {
    position = yield* replay(position, position + REPLAY_PAGE);
  }
  const queue = hub.subscribe(matches);
  signal.addEventListener('abort', queue.close, { once: true });
  try {
    const joint = hub.lastSequence;
    while (!signal.aborted && position < joint) {
      position = yield* replay(position, Math.min(joint, position + REPLAY_PAGE));
    }
    if (signal.aborted) return;
    yield { kind: 'caughtUp', cursor: encodeCursor(joint) };
    for (let event = await queue.next(); event !== null && !signal.aborted; event = await queue.next()) {
      position = event.sequence;
      yield { kind: 'event', event };
    }
    if (queue.overflowed) yield { kind: 'missed', reason: 'SUBSCRIBER_TOO_SLOW', resumeCursor: encodeCursor(position) };
  } finally {
    signal.removeEventListener('abort', queue.close);
    queue.close();
  }

  /** Yields what matches in (from, through], and returns `through`. */
  async function* replay(from: number, through: number): AsyncGenerator<EventUpdate, number, undefined> {
    const events = await log.read(filter.query, { after: from, before: through + 1, limit: REPLAY_PAGE });
    for (const event of events) {
      if (filter.phoneMatches(event.phoneId)) yield { kind: 'event', event };
    }
    return through;
  }
}

function placeOf(cursor: string, last: number): number {
  const sequence = decodeCursor(cursor);
  if (sequence === null || sequence > last) {
    throw new RequestError('BAD_USER_INPUT', '`after` is no cursor of this event log.');
  }
  return sequence;
}
