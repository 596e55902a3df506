import type { LoggedEvent } from '../model.ts';
import type { EventQuery } from '../store/ports.ts';

/** Finds those who may want an event without asking the others. */
export interface SubscriberIndex<Subscriber> {
  add(subscriber: Subscriber, query: EventQuery): void;
  /** Of one that was added, once. @param query the one that it was added with */
  remove(subscriber: Subscriber, query: EventQuery): void;
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
  /** Where it stands: in one set, or in those of an index. */
  const placesOf = ({ phoneIds, types, vendors }: EventQuery) => {
    if (phoneIds !== undefined) return { index: byPhone, keys: phoneIds };
    if (types !== undefined) return { index: byType, keys: types };
    return vendors === undefined ? null : { index: byVendor, keys: vendors };
  };
  return {
    get size() {
      return size;
    },
    add(subscriber, query) {
      size += 1;
      const places = placesOf(query);
      if (places === null) everything.add(subscriber);
      for (const key of places?.keys ?? []) {
        const known = places?.index.get(key);
        if (known === undefined) places?.index.set(key, new Set([subscriber]));
        else known.add(subscriber);
      }
    },
    remove(subscriber, query) {
      size -= 1;
      const places = placesOf(query);
      if (places === null) everything.delete(subscriber);
      for (const key of places?.keys ?? []) {
        const known = places?.index.get(key);
        known?.delete(subscriber);
        if (known?.size === 0) places?.index.delete(key);
      }
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
