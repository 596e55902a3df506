import type { PhoneEvent } from '@hookswitch/core';
import type { CallBook } from '../calls/call-book.ts';
import type { CallCloser } from '../calls/call-closer.ts';
import type { HeldSteps } from '../cluster/held-steps.ts';
import type { Ownership } from '../cluster/ownership.ts';
import type { CallSight } from '../commands/call-sight.ts';
import type { Confirmations } from '../commands/confirmations.ts';
import type { Switches } from '../commands/switches.ts';
import type { EventPath } from '../event-path/event-path.ts';
import type { EventStep } from '../events/event-intake.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneService } from '../phones/phone-service.ts';
import type { Monitors } from '../sip/monitors.ts';
import type { WishKeeper } from '../wishes/wish-keeper.ts';

/** What follows an event works on. */
export interface StepParts {
  readonly ownership: Ownership;
  readonly heldSteps: HeldSteps;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly confirmations: Confirmations;
  readonly sight: CallSight;
  readonly switches: Switches;
  readonly phones: PhoneService;
  /** Asked when a step runs: it gives commands, which are made after the intake. */
  readonly wishes: () => WishKeeper;
  /** Asked when a step runs: it gives events to the intake, which is made with the steps. */
  readonly closer: () => CallCloser;
  /** Asked when a step runs: they give events to the intake. */
  readonly monitors: () => Monitors;
  /** Asked when a step runs: it reads from phones. */
  readonly eventPath: () => EventPath;
  readonly onError: (error: unknown) => void;
}

/**
 * What follows an event at every gateway, and what follows it only at the one whose phone it is: that waits for it, writes
 * something down, or speaks to the phone. The order matters: a subscriber that reads `call` of an event finds the call as
 * the event left it.
 */
export function stepsAfterEvent({
  links,
  book,
  confirmations,
  sight,
  switches,
  phones,
  ownership,
  heldSteps,
  onError,
  ...parts
}: StepParts): readonly EventStep[] {
  const byOwner =
    (step: EventStep): EventStep =>
    (event, told) => {
      if (ownership.owns(event.phoneId)) step(event, told);
    };
  return [
    ({ phoneId, receivedAt, vendorEvent }) => {
      // What the gateway noticed by itself is no sign of life.
      if (vendorEvent !== null) links.heard(phoneId, receivedAt);
    },
    (event) => book.apply(event),
    (event) => sight.apply(event),
    (event) => switches.apply(event, book.active(event.phoneId).length > 0),
    // Whoever has sent a command waits for its proof, also while it is not sure of the phone.
    (event, { source }) => {
      // What the gateway concluded by itself proves nothing.
      if (source === 'INFERRED') return;
      const calls = book.active(event.phoneId);
      const wasAsked = source === 'ASKED';
      confirmations.apply(event, { wasAsked, callId: book.callIdOfNew(event.sequence), calls });
    },
    byOwner(({ phoneId }, { device }) => {
      if (device !== null) phones.observe(phoneId, device).catch(onError);
    }),
    (event, { ongoingCalls }) => parts.closer().hear({ event, ongoingCalls, call: book.trackedCallOf(event) }),
    ({ phoneId, event }) => {
      const step = (): void => parts.wishes().after(phoneId, event);
      if (ownership.owns(phoneId)) step();
      else if (isBack(event)) heldSteps.hold(phoneId, step);
    },
    byOwner(({ phoneId, event }) => parts.monitors().after(phoneId, event)),
    (event, { way }) => parts.eventPath().apply(event, way),
  ];
}

/** A phone that is back is told again what it may have forgotten, which may be done twice. */
function isBack(event: PhoneEvent): boolean {
  if (event.type === 'DEVICE') return event.deviceEventKind === 'STARTED';
  return event.type === 'REGISTRATION' && event.registrationState === 'REGISTERED';
}
