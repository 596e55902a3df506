/** A header field: its name as it is written, and its value. */
export type SipField = readonly [name: string, value: string];

interface SipContent {
  /** In the order of the message; names in lower case and in full, also where they came in the compact form. */
  readonly fields: readonly SipField[];
  /** As UTF-8. */
  readonly body: string;
  /** `Content-Length` promises more than came. */
  readonly isCutOff: boolean;
}

/** A request as it was read. */
export interface SipRequestMessage extends SipContent {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
}

/** A response as it was read. */
export interface SipResponseMessage extends SipContent {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}

/** What came over the wire. */
export type SipMessage = SipRequestMessage | SipResponseMessage;

/** One-letter names (RFC 3261 section 7.3.3, RFC 6665, RFC 3515, RFC 3892). */
const COMPACT: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  e: 'content-encoding',
  s: 'subject',
  k: 'supported',
  o: 'event',
  u: 'allow-events',
  r: 'refer-to',
  b: 'referred-by',
};

const REQUEST_LINE = /^([\w.!%*+`'~-]+) (\S+) SIP\/2\.0$/i;
const STATUS_LINE = /^SIP\/2\.0 (\d{3})(?: (.*))?$/i;

/** Reads a message; `undefined` where it is none. What follows the body that `Content-Length` names is left out. */
export const parseSipMessage = (bytes: Buffer): SipMessage | undefined => {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes
    .subarray(0, end)
    .toString('utf8')
    .replace(/^\s+/, '')
    .replace(/\r\n[ \t]+/g, ' ');
  const [start = '', ...lines] = head.split('\r\n');
  const fields = lines.map(fieldOf);
  if (!fields.every((field) => field !== undefined)) return undefined;
  const length = Number(headerOf({ fields }, 'content-length') || bytes.length - end - 4);
  if (!Number.isInteger(length) || length < 0) return undefined;
  const body = bytes.subarray(end + 4, end + 4 + length);
  const content = { fields, body: body.toString('utf8'), isCutOff: body.length < length };
  const [, method, uri] = REQUEST_LINE.exec(start) ?? [];
  if (method !== undefined && uri !== undefined) return { kind: 'request', method, uri, ...content };
  const [, status, reason = ''] = STATUS_LINE.exec(start) ?? [];
  return status === undefined ? undefined : { kind: 'response', status: Number(status), reason, ...content };
};

const fieldOf = (line: string): SipField | undefined => {
  const colon = line.indexOf(':');
  if (colon <= 0) return undefined;
  const name = line.slice(0, colon).trim().toLowerCase();
  return [COMPACT[name] ?? name, line.slice(colon + 1).trim()];
};

/** All values of a header, those on one line taken apart. */
export const headersOf = ({ fields }: Pick<SipContent, 'fields'>, name: string): readonly string[] =>
  fields.flatMap(([field, value]) => (field === name ? splitList(value) : []));

/** The first value of a header, whole; empty without one. */
export const headerOf = ({ fields }: Pick<SipContent, 'fields'>, name: string): string =>
  fields.find(([field]) => field === name)?.[1] ?? '';

/** Splits at commas that stand neither in quotes nor in angle brackets. */
const splitList = (value: string): readonly string[] =>
  (value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,"<])+/g) ?? [])
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The bytes of a message. `Content-Length` is added. */
export const serializeSipMessage = (start: string, fields: readonly SipField[], body = ''): Buffer => {
  const length: SipField = ['Content-Length', String(Buffer.byteLength(body))];
  const lines = [...fields, length].map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${start}\r\n${lines.join('')}\r\n${body}`);
};
