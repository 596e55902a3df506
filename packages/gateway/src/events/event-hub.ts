import type { LoggedEvent } from '../model.ts';
import type { EventQuery } from '../store/ports.ts';
import { type BoundedQueue, createBoundedQueue, type QueueOwner } from './bounded-queue.ts';
import { createSubscriberIndex, type SubscriberIndex } from './subscriber-index.ts';

/** What may wait for one subscriber. Beyond that it is told, and resumes from the log. */
const SUBSCRIBER_LIMITS = { items: 1_000, bytes: 4 * 1024 * 1024 } as const;

/** Who gets events, and which. */
export interface LiveSubscriber {
  /** Asked for each event that the narrowing lets through. */
  matches(event: LoggedEvent): boolean;
  /**
   * Handed an event that nothing waits before. @returns whether it was taken; else it waits in the queue, and those behind
   * it too until the queue is empty again
   */
  take?(event: LoggedEvent): boolean;
}

/** Carries committed events to live subscribers. Publishing never waits, and a slow subscriber costs the others nothing. */
export interface EventHub {
  /** In the order of the log. */
  publish(event: LoggedEvent): void;
  /** The place of the newest published event. */
  readonly lastSequence: number;
  /**
   * @param subscriber or only what it matches, where everything is to wait in the queue
   * @param narrowing whoever it shuts out is not asked; what it lets through is
   * @returns a queue of the events that match from now on and were not taken. Close it when done.
   */
  subscribe(subscriber: LiveSubscriber | LiveSubscriber['matches'], narrowing?: EventQuery): BoundedQueue<LoggedEvent>;
  readonly subscriberCount: number;
}

/** A class, since there is one a subscriber. */
class Subscription implements QueueOwner {
  readonly subscriber: LiveSubscriber;
  readonly queue: BoundedQueue<LoggedEvent>;
  readonly #narrowing: EventQuery;
  readonly #index: SubscriberIndex<Subscription>;

  constructor(subscriber: LiveSubscriber, narrowing: EventQuery, index: SubscriberIndex<Subscription>) {
    this.subscriber = subscriber;
    this.queue = createBoundedQueue(SUBSCRIBER_LIMITS, this);
    this.#narrowing = narrowing;
    this.#index = index;
    index.add(this, narrowing);
  }

  queueClosed(): void {
    this.#index.remove(this, this.#narrowing);
  }
}

/** @param lastSequence the newest event of the log at start */
export function createEventHub(lastSequence: number): EventHub {
  const subscriptions = createSubscriberIndex<Subscription>();
  let last = lastSequence;
  return {
    get lastSequence() {
      return last;
    },
    get subscriberCount() {
      return subscriptions.size;
    },
    publish(event) {
      last = event.sequence;
      let bytes: number | null = null;
      for (const some of subscriptions.of(event)) {
        for (const { subscriber, queue } of some) {
          if (!subscriber.matches(event)) continue;
          if (queue.isEmpty && subscriber.take?.(event) === true) continue;
          bytes ??= sizeOf(event);
          queue.push(event, bytes);
        }
      }
    },
    subscribe(given, narrowing = {}) {
      const subscriber = typeof given === 'function' ? { matches: given } : given;
      return new Subscription(subscriber, narrowing, subscriptions).queue;
    },
  };
}

/** About what the event takes in memory; exact enough for a bound. */
function sizeOf(event: LoggedEvent): number {
  return event.variables.reduce((bytes, { name, value }) => bytes + 2 * (name.length + value.length), 512);
}
