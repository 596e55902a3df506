import type { SipResponse } from '@hookswitch/sip';

/** More names than any phone has: the rest is left out. */
const MAX_NAMES = 32;
/** An event's name, templates included (RFC 6665, section 8.4). */
const NAME = /^[a-z0-9\-!%*_+`'~.]{1,64}$/;

/**
 * The events that a phone names in `Allow-Events` (RFC 6665, section 8.2.2), in lower case, each once. Only of a 2xx: what
 * refuses a request may be a proxy that names its own.
 */
export function allowEventsOf({ status, headers }: Pick<SipResponse, 'status' | 'headers'>): readonly string[] | null {
  if (status < 200 || status >= 300) return null;
  if (headers.get('allow-events') === undefined) return null;
  const names = headers.list('allow-events').map((name) => name.trim().toLowerCase());
  return [...new Set(names.filter((name) => NAME.test(name)))].slice(0, MAX_NAMES);
}
