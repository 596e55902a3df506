import { setImmediate as otherWork } from 'node:timers/promises';
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
/**
 * After so many, sockets get their turn to write: what a commit brought after a pause (a disk, or this process, that stood still) would
 * else pile up before subscribers who are ready for it, and they would be called slow.
 */
const MOST_IN_A_TURN = 128;

/** The log has no gaps: one between what was delivered and what comes is an event whose commit nobody heard of. */
export function createEventDelivery({ log, hub, steps, onError }: EventDeliveryOptions): EventDelivery {
  let turn: Promise<void> | null = null;
  let inThisTurn = 0;
  const count = (): void => {
    if (inThisTurn === 0) {
      setImmediate(() => {
        inThisTurn = 0;
      });
    }
    inThisTurn += 1;
  };
  const publish = (event: LoggedEvent, told: ToldBeside): void => {
    for (const step of steps) {
      try {
        step(event, told);
      } catch (error) {
        onError(error);
      }
    }
    hub.publish(event);
    count();
  };
  const fillGap = async (before: number): Promise<void> => {
    while (hub.lastSequence + 1 < before) {
      const missed = await log.read({}, { after: hub.lastSequence, before, limit: PAGE });
      if (missed.length === 0) return;
      for (const event of missed) {
        if (inThisTurn >= MOST_IN_A_TURN) await otherWork();
        publish(event, TOLD_NOTHING);
      }
    }
  };
  /** Runs to its end at once, unless there is a gap or much at once. */
  const inOrder = async (events: readonly LoggedEvent[], told: ToldBeside): Promise<void> => {
    for (const event of events) {
      if (event.sequence > hub.lastSequence + 1) await fillGap(event.sequence).catch(onError);
      if (inThisTurn >= MOST_IN_A_TURN) await otherWork();
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
