import { ownDocuments, type ServedDocuments, sharedDocuments } from '../cluster/shared-documents.ts';
import { createRefusalLimiter } from '../security/refusal-limiter.ts';
import type { DocumentShelf } from '../transport/documents.ts';
import type { Container } from './container.ts';
import { LOG, resolve, SECRET_BOX, STORE, TICKS } from './tokens.ts';

/** Tokens of documents that nobody knows, of one address, for which the other gateways are asked. */
const UNKNOWN_PER_MINUTE = 60;

/** Documents as phones fetch them: those of other gateways too, where there may be some. */
export function composeDocuments(container: Container, shelf: DocumentShelf): ServedDocuments {
  const { bus } = resolve(container, STORE);
  if (bus === undefined) return ownDocuments(shelf);
  return sharedDocuments({
    shelf,
    bus,
    secretBox: resolve(container, SECRET_BOX),
    limiter: createRefusalLimiter({ perMinute: UNKNOWN_PER_MINUTE, now: resolve(container, TICKS) }),
    onError: (error) =>
      resolve(container, LOG).error(
        { err: error },
        'another gateway could not be given the document that it asked for',
      ),
  });
}
