import type { CallBook } from '../calls/call-book.ts';
import { type CallCloser, createCallCloser } from '../calls/call-closer.ts';
import { createCautiousClock } from '../calls/cautious-clock.ts';
import type { PhoneSigns } from '../calls/phone-signs.ts';
import type { HeldSteps } from '../cluster/held-steps.ts';
import { askCalls } from '../commands/ask-calls.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { Container } from './container.ts';
import { CONFIG, LOG, METRICS, NOW, OWNERSHIP, resolve, TICKS } from './tokens.ts';

/** What the closer works on. */
export interface CallCloserParts {
  readonly registry: PhoneRegistry;
  readonly book: CallBook;
  readonly links: PhoneLinks;
  readonly intake: EventIntake;
  /** What phones told before the start, by their ids. */
  readonly signs: ReadonlyMap<string, PhoneSigns>;
  readonly heldSteps: HeldSteps;
  readonly onError: (error: unknown) => void;
}

/** Joins what ends calls whose end no phone reports. It does nothing before it is started. */
export function composeCallCloser(container: Container, parts: CallCloserParts): CallCloser {
  const [log, { callsClosed }] = [resolve(container, LOG), resolve(container, METRICS)];
  const { calls: limits, policy } = resolve(container, CONFIG);
  const [now, ticks] = [resolve(container, NOW), resolve(container, TICKS)];
  const asking = { ...parts, timeoutMs: policy.commandTimeoutMs, now };
  return createCallCloser({
    ...parts,
    owns: (phoneId) => resolve(container, OWNERSHIP).owns(phoneId),
    ask: (phoneId) => askCalls(asking, phoneId),
    hold: (phoneId, step) => parts.heldSteps.hold(phoneId, step),
    limits,
    now: createCautiousClock(now, ticks),
    ticks,
    onClosed(phoneId, reason) {
      callsClosed.inc({ reason });
      const phone = parts.registry.get(phoneId)?.phone.name;
      log.info({ phone, reason }, 'a call was closed that its phone did not end');
    },
  });
}
