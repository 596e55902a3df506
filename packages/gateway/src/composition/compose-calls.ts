import { CallBook } from '../calls/call-book.ts';
import { recallSigns } from '../calls/recall-signs.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { Container } from './container.ts';
import { OWNERSHIP, resolve, STORE } from './tokens.ts';

/** Calls, and what their phones told of all of them, as far as the log has it. */
export async function openCalls(container: Container, registry: PhoneRegistry, onError: (error: unknown) => void) {
  const { calls, events: log, phones } = resolve(container, STORE);
  const owns = resolve(container, OWNERSHIP).owns;
  const book = await CallBook.open({ store: calls, log, owns, onError });
  return { book, signs: await recallSigns({ book, registry, log, store: phones }) };
}
