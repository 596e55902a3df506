import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The header that carries a request's id, both ways. */
export const REQUEST_ID_HEADER = 'x-request-id';

const sane = /^[A-Za-z0-9._:+/=-]{1,128}$/;

/** An id for a request that brings none. */
export function newRequestId(): string {
  // In one piece: Node joins it of twenty, all of which would stay for as long as a subscription.
  return Buffer.from(randomUUID(), 'latin1').toString('latin1');
}

/** The id that the request brings, where it is fit for a log line; else a new one. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && sane.test(given) ? given : newRequestId();
}

/** The id of this exchange: what an outer handler has put into the response's header already, else as {@link requestIdOf}. */
export function exchangeId(request: IncomingMessage, response: ServerResponse): string {
  const known = response.getHeader(REQUEST_ID_HEADER);
  if (typeof known === 'string') return known;
  const id = requestIdOf(request);
  response.setHeader(REQUEST_ID_HEADER, id);
  return id;
}
