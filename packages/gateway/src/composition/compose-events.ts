import type { CallBook } from '../calls/call-book.ts';
import { createEventDelivery, type EventDeliveryOptions } from '../events/event-delivery.ts';
import { createEventIntake, type EventIntake } from '../events/event-intake.ts';
import { createEventKeeper, type EventKeeper } from '../events/event-keeper.ts';
import { addStoreMetrics } from '../observability/store-metrics.ts';
import type { Container } from './container.ts';
import { CONFIG, LOG, METRICS, NOW, resolve, SPOOL, STORE } from './tokens.ts';

/** The way in. */
export interface EventParts {
  readonly intake: EventIntake;
  readonly keeper: EventKeeper;
}

/** Joins the log and the spool with what follows an event. */
export function composeEvents(
  container: Container,
  { book, ...parts }: Omit<EventDeliveryOptions, 'log'> & { readonly book: CallBook },
): EventParts {
  const [store, spool] = [resolve(container, STORE), resolve(container, SPOOL)];
  const metrics = addStoreMetrics(resolve(container, METRICS).registry, { store, spool });
  const keeper = createEventKeeper({
    log: store.events,
    spool,
    spoolFirst: resolve(container, CONFIG).bus != null,
    delivery: createEventDelivery({ log: store.events, ...parts }),
    checkStore: () => store.check(),
    report: resolve(container, LOG),
    onSpooled: (events) => metrics.spooled.inc(events),
    onDrained: (events) => metrics.drained.inc(events),
  });
  return {
    intake: createEventIntake({ keeper, now: resolve(container, NOW), callsOf: (phoneId) => book.active(phoneId) }),
    keeper,
  };
}
