import type { RequestHandler, SipAnswer } from '@hookswitch/sip';
import type { EventIntake } from '../events/event-intake.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import type { AddressPolicy } from '../transport/address-policy.ts';
import { isButtons, parseKeyPress } from './key-press.ts';
import { whoseRequest } from './whose-request.ts';

/** What became of a request of a phone. */
export type InboxResult =
  /** On disk. */
  | 'taken'
  /** From nobody that is known. */
  | 'refused'
  /** From a phone, but not what is read here. */
  | 'unreadable'
  /** It could not be stored. */
  | 'failed';

/** What the inbox is made of. */
export interface SipInboxOptions {
  readonly registry: PhoneRegistry;
  /** Asked when a request comes: the intake is made after the user agent. */
  readonly intake: () => EventIntake;
  readonly policy: AddressPolicy;
  /** The gateway's own SIP domain; null: none. */
  readonly domain: string | null;
  readonly onResult: (result: InboxResult, phone: RegisteredPhone | null) => void;
  /** The event could not be stored. */
  readonly onError: (error: unknown) => void;
}

const ANSWERS: Readonly<Record<InboxResult, SipAnswer>> = {
  taken: { status: 200 },
  refused: { status: 403 },
  unreadable: { status: 415, headers: { Accept: 'application/x-buttons' } },
  // The phone may give it again: nothing was noted.
  failed: { status: 503 },
};

/**
 * Answers MESSAGE and NOTIFY of phones: a press on a key that was bound with a message becomes a KEY_PRESSED event.
 * 200 is said once the event is on disk.
 */
export function createSipInbox(options: SipInboxOptions): RequestHandler {
  const { registry, intake, policy, domain, onResult, onError } = options;
  return async (request, source) => {
    const answer = (result: InboxResult, phone: RegisteredPhone | null): SipAnswer => {
      onResult(result, phone);
      return ANSWERS[result];
    };
    // From is easily made up: who is not where phones may be is none.
    const phone = policy.allows(source.host) ? whoseRequest(request, source, { registry, domain }) : null;
    if (phone === null) return answer('refused', null);
    const report = isButtons(request) ? parseKeyPress(request) : null;
    if (report === null) return answer('unreadable', phone);
    try {
      await intake().receive(phone, report, 'KEY_MESSAGE');
    } catch (error) {
      onError(error);
      return answer('failed', phone);
    }
    return answer('taken', phone);
  };
}
