import { CallBook } from '../calls/call-book.ts';
import type { PhoneSigns } from '../calls/phone-signs.ts';
import { recallSigns } from '../calls/recall-signs.ts';
import type { Ownership } from '../cluster/ownership.ts';
import { createEventHub, type EventHub } from '../events/event-hub.ts';
import { createPhoneRegistry, type PhoneRegistry } from '../phones/phone-registry.ts';
import type { Container } from './container.ts';
import { driverErrorLog } from './observe-phones.ts';
import { DRIVERS, LOG, NOW, OWNERSHIP, resolve, SECRET_BOX, STORE } from './tokens.ts';

/** What the gateway keeps in memory of its store. */
export interface Picture {
  /** Which phones are its own. */
  readonly ownership: Ownership;
  readonly registry: PhoneRegistry;
  readonly book: CallBook;
  /** What phones told of all their calls, as far as the log has it. */
  readonly signs: ReadonlyMap<string, PhoneSigns>;
  /** Behind the newest event that the book has. */
  readonly hub: EventHub;
}

/** Reads the phones, and their calls as far as the log has them. */
export async function openPicture(container: Container, onError: (error: unknown) => void): Promise<Picture> {
  const { calls, events: log, phones } = resolve(container, STORE);
  const registry = await createPhoneRegistry({
    store: phones,
    drivers: resolve(container, DRIVERS),
    secretBox: resolve(container, SECRET_BOX),
    now: resolve(container, NOW),
    onDriverError: driverErrorLog(resolve(container, LOG)),
  });
  const ownership = resolve(container, OWNERSHIP);
  const book = await CallBook.open({ store: calls, log, owns: (phoneId) => ownership.owns(phoneId), onError });
  const signs = await recallSigns({ book, registry, log, store: phones });
  // Others may have appended meanwhile: that is followed from there on.
  return {
    ownership,
    registry,
    book,
    signs,
    hub: createEventHub(Math.min(book.throughSequence, (await log.bounds()).last)),
  };
}
