import type { EventSink, EventUpdate, Following } from '../application.ts';
import { disconnectable } from './disconnectable.ts';

/** The two ways in which a source of events is read. */
export interface EventSource {
  readonly iterate: (signal: AbortSignal) => AsyncIterable<EventUpdate>;
  readonly follow: (sink: EventSink) => Following;
}

/** Events that are asked for one by one, or handed over as they come. Nothing begins before one of the two is chosen. */
export interface FollowableEvents extends AsyncIterable<EventUpdate> {
  readonly follow: EventSource['follow'];
}

/** What the resolver of `phoneEvents` gives to whoever runs the operation. */
export function followable({ iterate, follow }: EventSource): FollowableEvents {
  return { follow, [Symbol.asyncIterator]: () => disconnectable(iterate) };
}

/** Whether a subscription's source is one of those. */
export function isFollowable(source: object): source is FollowableEvents {
  return 'follow' in source && typeof source.follow === 'function';
}
