import type { ObservedDevice, ParsedReport, PhoneEvent } from '@hookswitch/core';
import type { LoggedEvent } from '../model.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';
import type { EventLog } from '../store/ports.ts';
import type { EventHub } from './event-hub.ts';

/**
 * How the gateway came to know of an event. REPORTED: the phone told it by itself. ASKED: it was asked and said so.
 * INFERRED: the gateway concluded it, and the phone never said so.
 */
export type EventSource = 'REPORTED' | 'ASKED' | 'INFERRED';

/** How a phone reports by itself: by its action URLs, to a monitor that it was told to keep, or by messages of its keys. */
export type ReportWay = 'ACTION_URL' | 'MONITOR' | 'KEY_MESSAGE';

/** What follows an event that is on disk, in this order. A step that throws is reported and does not stop the others. */
export type EventStep = (event: LoggedEvent, told: ToldBeside) => void;

/** What a phone told about itself beside an event, and how the event became known. */
export interface ToldBeside {
  /** Null: the event is none of the phone's. */
  readonly device: ObservedDevice | null;
  /** How many calls it has; null: it did not say. */
  readonly ongoingCalls: number | null;
  readonly source: EventSource;
  /** Null: the phone did not report it by itself. */
  readonly way: ReportWay | null;
}

/** Takes in what phones report, and what the gateway notices by itself. */
export interface EventIntake {
  /** Fulfilled when the event is on disk: only then may the phone be told so. */
  receive(phone: RegisteredPhone, report: ParsedReport, way: ReportWay): Promise<LoggedEvent>;
  /**
   * Events that no phone reported: found by asking it (`ASKED`: these prove commands), or concluded (`INFERRED`, which is
   * what counts where it is left out).
   */
  notice(phone: RegisteredPhone, events: readonly PhoneEvent[], source?: 'ASKED' | 'INFERRED'): Promise<void>;
}

/** What the intake is made of. */
export interface EventIntakeOptions {
  readonly log: EventLog;
  readonly hub: EventHub;
  readonly now: () => number;
  readonly steps: readonly EventStep[];
  readonly onError: (error: unknown) => void;
}

/** IN: report → event log, committed → the steps that derive from it → subscribers. */
export function createEventIntake({ log, hub, now, steps, onError }: EventIntakeOptions): EventIntake {
  const take = async (
    entries: readonly Omit<LoggedEvent, 'sequence'>[],
    told: ToldBeside,
  ): Promise<readonly LoggedEvent[]> => {
    const events = await log.append(entries);
    for (const event of events) {
      for (const step of steps) {
        try {
          step(event, told);
        } catch (error) {
          onError(error);
        }
      }
      hub.publish(event);
    }
    return events;
  };
  return {
    async receive({ phone: { id, vendor } }, report, way) {
      const { event, vendorEvent, variables, device, ongoingCalls = null } = report;
      const entry = { phoneId: id, vendor, receivedAt: now(), vendorEvent, variables, event };
      const [logged] = await take([entry], { device, ongoingCalls, source: 'REPORTED', way });
      if (logged === undefined) throw new Error('the log took no event');
      return logged;
    },
    async notice({ phone: { id, vendor } }, events, source = 'INFERRED') {
      if (events.length === 0) return;
      await take(
        events.map((event) => ({ phoneId: id, vendor, receivedAt: now(), vendorEvent: null, variables: [], event })),
        { device: null, ongoingCalls: null, source, way: null },
      );
    },
  };
}
