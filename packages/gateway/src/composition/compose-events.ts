import type { CallBook } from '../calls/call-book.ts';
import { createEventDelivery, type EventDelivery, type EventDeliveryOptions } from '../events/event-delivery.ts';
import { createEventIntake, type EventIntake } from '../events/event-intake.ts';
import { createEventKeeper, type EventKeeper } from '../events/event-keeper.ts';
import { addStoreMetrics } from '../observability/store-metrics.ts';
import type { LogFollowing } from '../store/ports.ts';
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
  const delivery = createEventDelivery({ log: store.events, ...parts });
  const isFollowed = store.events.follow !== undefined;
  const keeper = createEventKeeper({
    log: store.events,
    spool,
    spoolFirst: resolve(container, CONFIG).bus != null,
    delivery: isFollowed ? READ_FROM_THE_LOG : delivery,
    checkStore: () => store.check(),
    report: resolve(container, LOG),
    onSpooled: (events) => metrics.spooled.inc(events),
    onDrained: (events) => metrics.drained.inc(events),
  });
  return {
    intake: createEventIntake({ keeper, now: resolve(container, NOW), callsOf: (phoneId) => book.active(phoneId) }),
    keeper: isFollowed ? followed(container, { keeper, delivery, after: parts.hub.lastSequence }) : keeper,
  };
}

/** What this gateway has appended comes by the same way as what others have. */
const READ_FROM_THE_LOG: EventDelivery = { deliver: () => Promise.resolve() };

/** The keeper, and beside it what brings everything that is in the log. */
function followed(
  container: Container,
  {
    keeper,
    delivery,
    after,
  }: { readonly keeper: EventKeeper; readonly delivery: EventDelivery; readonly after: number },
): EventKeeper {
  const { events } = resolve(container, STORE);
  let following: LogFollowing | undefined;
  return {
    keep: (arrival) => keeper.keep(arrival),
    start() {
      keeper.start();
      following = events.follow?.({
        after,
        take: (event, told) => delivery.deliver([event], told),
        onError: (error) => resolve(container, LOG).warn({ err: error }, 'the event log cannot be followed now'),
      });
    },
    async stop() {
      await keeper.stop();
      await following?.stop();
    },
  };
}
