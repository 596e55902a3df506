import type { HeaderFields } from './fields.ts';
import { isToken, parseDecimal, splitOutside } from './grammar.ts';
import { SINGLE_HEADERS } from './header-names.ts';
import { type HeaderSection, parseHeaderSection } from './header-section.ts';
import { parseNameAddress } from './name-address.ts';
import type { ParseFault, ParseFaultCode, ParseResult, RefusableRequest, SipRequest } from './types.ts';
import { parseSipUri, uriScheme } from './uri.ts';
import { parseVia, type Via } from './via.ts';

/** The empty line between the header and the body. */
const HEADER_END = Buffer.from('\r\n\r\n');

/** The largest sequence number (RFC 3261 section 20.16: an unsigned number of 32 bits). */
const SEQUENCE_MAX = 2 ** 32 - 1;

/** RFC 3261 section 20.22. */
const MAX_FORWARDS_MAX = 255;

/**
 * Reads one whole message: a datagram, or what the framing of a stream has cut out. It never throws, whatever the
 * octets are.
 */
export function parseMessage(bytes: Buffer): ParseResult {
  const end = bytes.indexOf(HEADER_END);
  if (end < 0) return fault('NO_HEADER_END', 'message');
  const section = parseHeaderSection(bytes.subarray(0, end));
  if (section === undefined) return fault('HEADER_LINE', 'header');
  const rest = bytes.subarray(end + HEADER_END.length);
  const response = /^SIP\/(\d+\.\d+) (\d+)(?: (.*))?$/is.exec(section.startLine);
  return response === null ? parseRequest(section, rest) : parseResponse(section, response, rest);
}

function parseResponse(section: HeaderSection, line: RegExpExecArray, rest: Buffer): ParseResult {
  const [, version, digits = '', reason = ''] = line;
  if (version !== '2.0') return fault('VERSION', 'Status-Line');
  const status = digits.length === 3 ? Number(digits) : 0;
  if (status < 100 || status > 699) return fault('START_LINE', 'Status-Code');
  const common = parseCommon(section, rest);
  if ('code' in common) return { ok: false, fault: { ...common, refusable: null } };
  return { ok: true, message: { kind: 'response', status, reason, ...common } };
}

function parseRequest(section: HeaderSection, rest: Buffer): ParseResult {
  const line = /^([^ ]+) ([^ ]+) SIP\/(\d+\.\d+)$/i.exec(section.startLine);
  if (line === null) return fault('START_LINE', 'Request-Line', refusable(section, 400));
  const [, method = '', uri = '', version] = line;
  if (!isToken(method)) return fault('START_LINE', 'Method');
  if (version !== '2.0') return fault('VERSION', 'Request-Line', refusable(section, 505));
  if (!isRequestUri(uri)) return fault('REQUEST_URI', 'Request-URI', refusable(section, 400));
  const common = parseCommon(section, rest);
  if ('code' in common) return { ok: false, fault: { ...common, refusable: refusable(section, 400) } };
  if (common.sequence.method !== method) return fault('METHOD_MISMATCH', 'CSeq', refusable(section, 400));
  return { ok: true, message: { kind: 'request', method, uri, ...common } };
}

/** A Request-URI has no header part (RFC 3261 section 19.1.1, table 1) and stands in no angle brackets. */
function isRequestUri(uri: string): boolean {
  const scheme = uriScheme(uri);
  if (scheme === undefined) return false;
  return scheme !== 'sip' && scheme !== 'sips' ? true : parseSipUri(uri)?.headers === null;
}

type Common = Omit<SipRequest, 'kind' | 'method' | 'uri'>;
type Unrefusable = Omit<ParseFault, 'refusable'>;

/** What requests and responses have in common (RFC 3261 sections 8.1.1 and 8.2.6.2). */
function parseCommon({ headers, encoding }: HeaderSection, rest: Buffer): Common | Unrefusable {
  const repeated = SINGLE_HEADERS.find((name) => headers.all(name).length > 1);
  if (repeated !== undefined) return { code: 'HEADER_REPEATED', part: repeated };
  const missing = ['via', 'from', 'to', 'call-id', 'cseq'].find((name) => headers.get(name) === undefined);
  if (missing !== undefined) return { code: 'HEADER_MISSING', part: missing };
  const via = topVia(headers);
  const from = parseNameAddress(headers.get('from') ?? '');
  const to = parseNameAddress(headers.get('to') ?? '');
  const sequence = parseSequence(headers.get('cseq') ?? '');
  const callId = headers.get('call-id') ?? '';
  const maxForwards = headers.get('max-forwards');
  const malformed = (part: string): Unrefusable => ({ code: 'HEADER_MALFORMED', part });
  if (via === undefined || via.version !== '2.0') return malformed('via');
  if (from === undefined) return malformed('from');
  if (to === undefined) return malformed('to');
  if (sequence === undefined) return malformed('cseq');
  if (callId === '' || /\s/.test(callId)) return malformed('call-id');
  if (maxForwards !== undefined && parseDecimal(maxForwards, MAX_FORWARDS_MAX) === undefined) {
    return malformed('max-forwards');
  }
  const length = contentLength(headers, rest.length);
  if (length === undefined) return malformed('content-length');
  if (length > rest.length) return { code: 'BODY_TRUNCATED', part: 'body' };
  return { headers, encoding, body: rest.subarray(0, length), via, from, to, callId, sequence };
}

/**
 * How long the body is (RFC 3261 sections 18.3 and 20.14): octets beyond it are none of the message.
 * @param whole what a message without Content-Length has: all the rest of its datagram.
 * @returns undefined where the header says no number.
 */
export function contentLength(headers: HeaderFields, whole: number): number | undefined {
  const written = headers.get('content-length');
  return written === undefined ? whole : parseDecimal(written, Number.MAX_SAFE_INTEGER);
}

function parseSequence(text: string): SipRequest['sequence'] | undefined {
  const [, digits = '', method = ''] = /^(\d+)[ \t]+([^ \t]+)$/.exec(text) ?? [];
  const number = parseDecimal(digits, SEQUENCE_MAX);
  return number === undefined || !isToken(method) ? undefined : { number, method };
}

function topVia(headers: HeaderFields): Via | undefined {
  const first = headers.get('via');
  const vias = first === undefined ? undefined : splitOutside(first, ',');
  if (vias === undefined || vias.includes('')) return undefined;
  return parseVia(vias[0] ?? '');
}

/** A malformed request is refused where a response can be made (RFC 3261 sections 8.2.6 and 16.3, RFC 4475 section 3). */
function refusable({ headers, encoding, startLine }: HeaderSection, status: 400 | 505): RefusableRequest | null {
  const via = topVia(headers);
  const legible = ['from', 'to', 'call-id', 'cseq'].every((name) => headers.get(name) !== undefined);
  // Nothing answers an ACK (RFC 3261 section 17).
  return via === undefined || !legible || startLine.startsWith('ACK ') ? null : { headers, encoding, via, status };
}

function fault(code: ParseFaultCode, part: string, request: RefusableRequest | null = null): ParseResult {
  return { ok: false, fault: { code, part, refusable: request } };
}
