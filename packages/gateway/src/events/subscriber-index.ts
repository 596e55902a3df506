import type { LoggedEvent } from '../model.ts';
import type { EventQuery } from '../store/ports.ts';

/** Finds those who may want an event without asking the others. */
export interface SubscriberIndex<Subscriber> {
  /** @returns how to remove it */
  add(subscriber: Subscriber, query: EventQuery): () => void;
  /** All that the event's phone, type or vendor may concern, each once; their filters have to be asked still. */
  of(event: LoggedEvent): Iterable<Iterable<Subscriber>>;
  readonly size: number;
}

/** Each stands under what narrows most: its phones, else its types, else its vendors; else it is asked for every event. */
export function createSubscriberIndex<Subscriber>(): SubscriberIndex<Subscriber> {
  const byPhone = new Map<string, Set<Subscriber>>();
  const byType = new Map<string, Set<Subscriber>>();
  const byVendor = new Map<string, Set<Subscriber>>();
  const everything = new Set<Subscriber>();
  let size = 0;
  const placesOf = ({ phoneIds, types, vendors }: EventQuery): readonly [Map<string, Set<Subscriber>>, Set<string>] => {
    if (phoneIds !== undefined) return [byPhone, new Set(phoneIds)];
    return types !== undefined ? [byType, new Set(types)] : [byVendor, new Set(vendors)];
  };
  const isNarrowed = ({ phoneIds, types, vendors }: EventQuery): boolean =>
    (phoneIds ?? types ?? vendors) !== undefined;
  return {
    get size() {
      return size;
    },
    add(subscriber, query) {
      size += 1;
      if (!isNarrowed(query)) {
        everything.add(subscriber);
        return () => {
          if (everything.delete(subscriber)) size -= 1;
        };
      }
      const [index, keys] = placesOf(query);
      for (const key of keys) {
        const known = index.get(key);
        if (known === undefined) index.set(key, new Set([subscriber]));
        else known.add(subscriber);
      }
      let isThere = true;
      return () => {
        if (!isThere) return;
        isThere = false;
        size -= 1;
        for (const key of keys) {
          const known = index.get(key);
          known?.delete(subscriber);
          if (known?.size === 0) index.delete(key);
        }
      };
    },
    of: ({ phoneId, vendor, event }) => [
      byPhone.get(phoneId) ?? NOBODY,
      byType.get(event.type) ?? NOBODY,
      byVendor.get(vendor) ?? NOBODY,
      everything,
    ],
  };
}

const NOBODY: readonly never[] = [];
