import type { LoggedEvent } from '../model.ts';
import { type BoundedQueue, createBoundedQueue } from './bounded-queue.ts';

/** What may wait for one subscriber. Beyond that it is told, and resumes from the log. */
const SUBSCRIBER_LIMITS = { items: 1_000, bytes: 4 * 1024 * 1024 } as const;

/** Carries committed events to live subscribers. Publishing never waits, and a slow subscriber costs the others nothing. */
export interface EventHub {
  /** In the order of the log. */
  publish(event: LoggedEvent): void;
  /** The place of the newest published event. */
  readonly lastSequence: number;
  /** @returns a queue of the events that match from now on. Close it when done. */
  subscribe(matches: (event: LoggedEvent) => boolean): BoundedQueue<LoggedEvent>;
  readonly subscriberCount: number;
}

/** @param lastSequence the newest event of the log at start */
export function createEventHub(lastSequence: number): EventHub {
  const subscribers = new Set<{
    readonly matches: (event: LoggedEvent) => boolean;
    readonly queue: BoundedQueue<LoggedEvent>;
  }>();
  let last = lastSequence;
  return {
    get lastSequence() {
      return last;
    },
    get subscriberCount() {
      return subscribers.size;
    },
    publish(event) {
      last = event.sequence;
      const bytes = sizeOf(event);
      for (const subscriber of subscribers) {
        if (subscriber.matches(event)) subscriber.queue.push(event, bytes);
      }
    },
    subscribe(matches) {
      const queue = createBoundedQueue<LoggedEvent>(SUBSCRIBER_LIMITS, () => subscribers.delete(subscriber));
      const subscriber = { matches, queue };
      subscribers.add(subscriber);
      return queue;
    },
  };
}

/** About what the event takes in memory; exact enough for a bound. */
function sizeOf(event: LoggedEvent): number {
  return event.variables.reduce((bytes, { name, value }) => bytes + 2 * (name.length + value.length), 512);
}
