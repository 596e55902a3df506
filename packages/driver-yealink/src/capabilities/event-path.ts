import type { DriverContext, Outcome } from '@hookswitch/core';
import { execute } from '../wire/xml-objects.ts';
import type { DocumentWay } from './way.ts';

/**
 * The object that does nothing and shows nothing, which CalloraCTI answers action URLs with. Not even an empty body is as
 * harmless: a page that is no object makes the phone say so on its display.
 */
const EMPTY_OBJECT = execute(['']);

/**
 * No event of a Yealink phone can be provoked without doing something, so the phone is told to fetch an object from the
 * gateway: `ExecuteItem URI="http://…"`. It proves that the phone reaches the gateway, not what its action URLs hold,
 * which nobody can read.
 */
export async function verifyEventPath(way: DocumentWay, context: DriverContext): Promise<Outcome> {
  const { url } = await context.documents.publish({
    mediaType: 'text/xml; charset=utf-8',
    body: EMPTY_OBJECT,
    provesEventPath: true,
  });
  return way.push(execute([url]), context);
}
