import * as operations from '../generated/operations.ts';
import type { PhoneEventFilter, PhoneEventsSubscription } from '../generated/types.ts';
import { resume, type StreamLink, type StreamOptions } from './resume.ts';

/** What comes out of `phoneEvents`, told apart by `__typename`. */
export type PhoneEventUpdate = PhoneEventsSubscription['phoneEvents'];

/** An event of a phone. */
export type PhoneEvent = Exclude<PhoneEventUpdate, { readonly __typename: 'CaughtUp' | 'EventsMissed' }>;

/** Which events, and from where on. */
export interface PhoneEventsOptions extends StreamOptions {
  readonly filter?: PhoneEventFilter | undefined;
  /** The `cursor` of the last event that was seen. Left out: only what happens from now on. */
  readonly after?: string | undefined;
  /** Each event tells its phone's name too: the key needs `phones:read` beside `events:read` then. Left out: only `phoneId`. */
  readonly withPhone?: boolean | undefined;
}

/**
 * Events as they happen. After a break it goes on behind the last one. A consumer that is too slow is paused by the
 * gateway or here, and goes on from the log likewise; what the log holds no more is told by `EventsMissed`.
 */
export async function* phoneEvents(
  link: StreamLink,
  { filter, after, withPhone = false, ...options }: PhoneEventsOptions & { readonly signal: AbortSignal },
): AsyncGenerator<PhoneEventUpdate, void, undefined> {
  let cursor = after;
  let isToGoOn = false;
  const plan = {
    operation: operations.phoneEvents,
    variables: () => ({ filter, after: cursor, withPhone }),
    take: ({ phoneEvents: update }: PhoneEventsSubscription): PhoneEventUpdate | null => {
      isToGoOn = update.__typename === 'EventsMissed';
      if (update.__typename !== 'EventsMissed') {
        cursor = update.cursor;
        return update;
      }
      cursor = update.resumeCursor;
      // Nothing is lost: the log has what comes behind.
      return update.reason === 'SUBSCRIBER_TOO_SLOW' ? null : update;
    },
    completed: () => (isToGoOn ? ('AGAIN' as const) : ('LOST' as const)),
  };
  yield* resume(link, plan, options);
}
