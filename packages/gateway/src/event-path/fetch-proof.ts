import type { DocumentPublisher } from '@hookswitch/core';
import type { EventIntake } from '../events/event-intake.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';
import type { DocumentShelf } from '../transport/documents.ts';
import type { PathWatch } from './path-watch.ts';
import { cameFrom } from './phones-by-address.ts';

/** What publishing for phones needs. */
export interface FetchProofOptions {
  readonly shelf: DocumentShelf;
  readonly watch: PathWatch;
  /** Asked when a phone fetches: the intake is made later. */
  readonly intake: () => EventIntake;
  readonly onError: (error: unknown) => void;
}

/**
 * A publisher for one phone. A document that proves the event path is given to the phone alone and once; its fetch is the
 * event EVENT_PATH_TESTED, which the gateway notices by itself.
 */
export function publisherFor(
  { shelf, watch, intake, onError }: FetchProofOptions,
  phone: RegisteredPhone,
): DocumentPublisher {
  const { id } = phone.phone;
  const onFetch = async (from: string): Promise<boolean> => {
    if (!cameFrom(phone.phone, from)) {
      watch.strangerFetched(id, from);
      return false;
    }
    try {
      await intake().notice(phone, [{ type: 'DEVICE', deviceEventKind: 'EVENT_PATH_TESTED' }], 'ASKED');
    } catch (error) {
      // The phone gets its document all the same: without one it would say so on its display.
      watch.notStored(id);
      onError(error);
    }
    return true;
  };
  return {
    async publish({ provesEventPath = false, ...document }) {
      return provesEventPath ? shelf.publishOnce(document, onFetch) : shelf.publisher.publish(document);
    },
  };
}
