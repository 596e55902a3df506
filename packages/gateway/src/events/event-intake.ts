import type { ObservedDevice, ParsedReport, PhoneEvent } from '@hookswitch/core';
import type { Call, LoggedEvent } from '../model.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';
import type { EventKeeper } from './event-keeper.ts';
import { newReceipt } from './spool-record.ts';
import { createTurns, stepOf } from './state-steps.ts';

/**
 * How the gateway came to know of an event. REPORTED: the phone told it by itself. ASKED: it was asked and said so.
 * INFERRED: the gateway concluded it, and the phone never said so.
 */
export type EventSource = 'REPORTED' | 'ASKED' | 'INFERRED';

/** How a phone reports by itself: by its action URLs, to a monitor that it was told to keep, or by messages of its keys. */
export type ReportWay = 'ACTION_URL' | 'MONITOR' | 'KEY_MESSAGE';

/** What follows an event that is in the log, in this order. A step that throws is reported and does not stop the others. */
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

/** What is known of an event of which nobody says more than the log. */
export const TOLD_NOTHING: ToldBeside = { device: null, ongoingCalls: null, source: 'REPORTED', way: null };

/** Takes in what phones report, and what the gateway notices by itself. */
export interface EventIntake {
  /**
   * Fulfilled when the event is on disk: only then may the phone be told so. Where the store is away that is the spool,
   * and the steps and subscribers get it when it has moved to the log.
   */
  receive(phone: RegisteredPhone, report: ParsedReport, way: ReportWay): Promise<void>;
  /**
   * Events that no phone reported: found by asking it (`ASKED`: these prove commands), or concluded (`INFERRED`, which is
   * what counts where it is left out).
   */
  notice(phone: RegisteredPhone, events: readonly PhoneEvent[], source?: 'ASKED' | 'INFERRED'): Promise<void>;
}

/** What the intake is made of. */
export interface EventIntakeOptions {
  readonly keeper: Pick<EventKeeper, 'keep'>;
  readonly now: () => number;
  /** A phone's calls that have not ended. */
  readonly callsOf: (phoneId: string) => readonly Call[];
}

/** IN: report → event log or spool, on disk → the steps that derive from it → subscribers. */
export function createEventIntake({ keeper, now, callsOf }: EventIntakeOptions): EventIntake {
  const receipt = (receivedAt: number) => ({ receivedAt, receipt: newReceipt(receivedAt) });
  const inTurn = createTurns();
  return {
    receive({ phone: { id, vendor } }, report, way) {
      const { vendorEvent, variables, device, ongoingCalls = null } = report;
      const received = receipt(now());
      const keep = (): Promise<void> => {
        const event = stepOf(report, callsOf(id));
        const arrived = { phoneId: id, vendor, vendorEvent, variables, event, ...received };
        return keeper.keep({ events: [arrived], told: { device, ongoingCalls, source: 'REPORTED', way } });
      };
      // What a state means depends on the one before: that one must have been taken in.
      return report.tellsState === true ? inTurn(id, keep) : keep();
    },
    async notice({ phone: { id, vendor } }, events, source = 'INFERRED') {
      if (events.length === 0) return;
      const noticed = { phoneId: id, vendor, vendorEvent: null, variables: [] };
      await keeper.keep({
        events: events.map((event) => ({ ...noticed, event, ...receipt(now()) })),
        told: { device: null, ongoingCalls: null, source, way: null },
      });
    },
  };
}
