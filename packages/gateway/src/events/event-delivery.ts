import type { LoggedEvent } from '../model.ts';
import type { EventLog } from '../store/ports.ts';
import type { EventHub } from './event-hub.ts';
import { type EventStep, TOLD_NOTHING, type ToldBeside } from './event-intake.ts';

/** Takes events that are in the log to all that follows from them, in the order of the log, each once. */
export interface EventDelivery {
  /** Resolves when the steps have run and subscribers have them. An event that was delivered before is left out. */
  deliver(events: readonly LoggedEvent[], told: ToldBeside): Promise<void>;
}

/** What the delivery is made of. */
export interface EventDeliveryOptions {
  readonly log: Pick<EventLog, 'read'>;
  readonly hub: EventHub;
  readonly steps: readonly EventStep[];
  readonly onError: (error: unknown) => void;
}

const PAGE = 500;

/** The log has no gaps: one between what was delivered and what comes is an event whose commit nobody heard of. */
export function createEventDelivery({ log, hub, steps, onError }: EventDeliveryOptions): EventDelivery {
  let turn: Promise<void> | null = null;
  const publish = (event: LoggedEvent, told: ToldBeside): void => {
    for (const step of steps) {
      try {
        step(event, told);
      } catch (error) {
        onError(error);
      }
    }
    hub.publish(event);
  };
  const fillGap = async (before: number): Promise<void> => {
    while (hub.lastSequence + 1 < before) {
      const missed = await log.read({}, { after: hub.lastSequence, before, limit: PAGE });
      if (missed.length === 0) return;
      for (const event of missed) publish(event, TOLD_NOTHING);
    }
  };
  /** Runs to its end at once, unless there is a gap. */
  const inOrder = async (events: readonly LoggedEvent[], told: ToldBeside): Promise<void> => {
    for (const event of events) {
      if (event.sequence > hub.lastSequence + 1) await fillGap(event.sequence).catch(onError);
      if (event.sequence > hub.lastSequence) publish(event, told);
    }
  };
  return {
    deliver(events, told) {
      const run = turn === null ? inOrder(events, told) : turn.then(() => inOrder(events, told));
      const mine = run.finally(() => {
        if (turn === mine) turn = null;
      });
      turn = mine;
      return run;
    },
  };
}
