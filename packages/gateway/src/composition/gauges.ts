import type { CallBook } from '../calls/call-book.ts';
import type { EventPath } from '../event-path/event-path.ts';
import type { EventHub } from '../events/event-hub.ts';
import type { Gauges } from '../observability/metrics.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';

/** What is looked at. */
interface GaugeParts {
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly eventPath: EventPath;
  readonly hub: EventHub;
}

/** What is shown as it is when it is asked for. */
export function gaugesOf({ registry, links, book, hub, eventPath }: GaugeParts): Gauges {
  return {
    subscribers: () => hub.subscriberCount,
    lastSequence: () => hub.lastSequence,
    silentPhones: () => eventPath.silentCount,
    activeCalls: () => book.activeCount,
    commandsWaiting: () => links.waiting,
    phones: () => countByReachability(registry, eventPath),
  };
}

function countByReachability(registry: PhoneRegistry, eventPath: EventPath): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { phone } of registry.all()) {
    if (phone.removedAt !== null) continue;
    const reachability = eventPath.reachability(phone.id);
    counts.set(reachability, (counts.get(reachability) ?? 0) + 1);
  }
  return counts;
}
