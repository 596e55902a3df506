import type { CallBook } from '../calls/call-book.ts';
import { compareSnapshot } from '../calls/compare-snapshot.ts';
import type { Confirmations } from '../commands/confirmations.ts';
import type { LedRestorer } from '../commands/restore-leds.ts';
import type { EventIntake, EventStep } from '../events/event-intake.ts';
import { featureOf } from '../events/features.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { PhoneService } from '../phones/phone-service.ts';
import type { PhoneStore } from '../store/ports.ts';

/** What follows an event works on. */
export interface StepParts {
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly confirmations: Confirmations;
  readonly phones: PhoneService;
  readonly store: PhoneStore;
  readonly registry: PhoneRegistry;
  /** Asked when a step runs: it gives commands, which are made after the intake. */
  readonly lights: () => LedRestorer;
  /** Asked when a step runs: the intake is made with the steps. */
  readonly intake: () => EventIntake;
  readonly onError: (error: unknown) => void;
}

/** The order matters: a subscriber that reads `call` of an event finds the call as the event left it. */
export function stepsAfterEvent({
  links,
  book,
  confirmations,
  phones,
  store,
  onError,
  ...parts
}: StepParts): readonly EventStep[] {
  return [
    ({ phoneId, receivedAt, vendorEvent }) => {
      // What the gateway noticed by itself is no sign of life.
      if (vendorEvent !== null) links.heard(phoneId, receivedAt);
    },
    (event) => book.apply(event),
    (event) => {
      const feature = featureOf(event.event, event.receivedAt);
      if (feature !== null) store.putFeature(event.phoneId, feature).catch(onError);
    },
    (event) => confirmations.apply(event),
    ({ phoneId }, device) => {
      if (device !== null) phones.observe(phoneId, device).catch(onError);
    },
    ({ phoneId, event }) => {
      const phone = parts.registry.get(phoneId);
      // A phone that has just started has no calls, and tells no end of those that it had.
      const restarted = event.type === 'DEVICE' && event.deviceEventKind === 'STARTED';
      const calls = restarted ? book.active(phoneId) : [];
      if (phone === null || calls.length === 0) return;
      const ends = compareSnapshot({ before: calls, now: calls }, { calls: [] });
      parts.intake().notice(phone, ends).catch(onError);
    },
    ({ phoneId, event }) => parts.lights().after(phoneId, event),
  ];
}
