/** Compact forms (RFC 3261 section 7.3.3 and table of section 20; RFC 6665 `o` and `u`; RFC 3515 `r`; RFC 3892 `b`). */
const COMPACT: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
};

/** The long name of a header in lower case, whichever form it is written in (RFC 3261 sections 7.3.1 and 7.3.3). */
export function headerKey(name: string): string {
  const lower = name.toLowerCase();
  return (lower.length === 1 ? COMPACT[lower] : undefined) ?? lower;
}

/** Headers that one message may have only once (RFC 3261 section 7.3.1 and section 20; RFC 4475 section 3.3.8). */
export const SINGLE_HEADERS = [
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
] as const;

/** Headers that the user agent itself writes into its requests. */
export const OWN_HEADERS: ReadonlySet<string> = new Set([
  'via',
  'route',
  'record-route',
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'contact',
  'content-length',
  'content-type',
  'authorization',
  'proxy-authorization',
]);
