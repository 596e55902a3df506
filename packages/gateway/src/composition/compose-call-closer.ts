import type { CallBook } from '../calls/call-book.ts';
import { type CallCloser, createCallCloser } from '../calls/call-closer.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { ReadingService } from '../readings/reading-service.ts';
import type { Container } from './container.ts';
import { CONFIG, LOG, METRICS, NOW, resolve } from './tokens.ts';

/** What the closer works on. */
export interface CallCloserParts {
  readonly registry: PhoneRegistry;
  readonly book: CallBook;
  readonly readings: ReadingService;
  readonly intake: () => EventIntake;
  readonly onError: (error: unknown) => void;
}

/** Joins what ends calls whose end no phone reports. It does nothing before it is started. */
export function composeCallCloser(container: Container, { readings, ...parts }: CallCloserParts): CallCloser {
  const [log, { callsClosed }] = [resolve(container, LOG), resolve(container, METRICS)];
  return createCallCloser({
    ...parts,
    ask: (phoneId) => readings.calls(phoneId),
    limits: resolve(container, CONFIG).calls,
    now: resolve(container, NOW),
    onClosed(phoneId, reason) {
      callsClosed.inc({ reason });
      const phone = parts.registry.get(phoneId)?.phone.name;
      log.info({ phone, reason }, 'a call was closed that its phone did not end');
    },
  });
}
