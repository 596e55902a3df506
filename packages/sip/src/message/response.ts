import type { HeaderField } from './fields.ts';
import { splitOutside } from './grammar.ts';
import { parseNameAddress } from './name-address.ts';
import { NO_BODY, serialise } from './serialise.ts';
import { reasonOf } from './status-reasons.ts';
import type { SipRequest } from './types.ts';

/** What to answer to a request. */
export interface SipAnswer {
  readonly status: number;
  /** Default: the usual one. */
  readonly reason?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array | undefined;
  readonly contentType?: string | undefined;
}

/** What a response is written from. */
export interface ResponseParts {
  readonly request: Pick<SipRequest, 'headers' | 'via' | 'encoding'>;
  /** Where the request came from. */
  readonly source: { readonly host: string; readonly port: number };
  /** Added to To where the request has none (RFC 3261 section 8.2.6.2). */
  readonly toTag: string;
  readonly answer: SipAnswer;
  /** Header fields of the user agent itself, such as Server. */
  readonly fields: readonly HeaderField[];
}

/** Writes the response to a request (RFC 3261 section 8.2.6.2). */
export function writeResponse({ request, source, toTag, answer, fields }: ResponseParts): Buffer {
  const { headers, via } = request;
  const [topField = '', ...moreVias] = headers.all('via');
  const to = headers.get('to') ?? '';
  const tagged = (parseNameAddress(to)?.parameters.has('tag') ?? /;tag=/i.test(to)) ? to : `${to};tag=${toTag}`;
  const copied = (name: string): HeaderField[] => headers.all(name).map((value) => ({ name, value }));
  // A request that is refused may have several.
  const first = (name: string): HeaderField[] => copied(name).slice(0, 1);
  const body = answer.body === undefined ? NO_BODY : Buffer.from(answer.body);
  return serialise({
    startLine: `SIP/2.0 ${answer.status} ${answer.reason ?? reasonOf(answer.status)}`,
    headers: [
      { name: 'Via', value: stampVia(topField, via, source) },
      ...moreVias.map((value) => ({ name: 'Via', value })),
      ...first('From'),
      { name: 'To', value: tagged },
      ...first('Call-ID'),
      ...first('CSeq'),
      ...copied('Record-Route'),
      ...Object.entries(answer.headers ?? {}).map(([name, value]) => ({ name, value })),
      ...fields,
      ...(answer.contentType === undefined ? [] : [{ name: 'Content-Type', value: answer.contentType }]),
    ],
    body,
    encoding: request.encoding,
  });
}

/**
 * Adds to the topmost Via where the request really came from (RFC 3261 section 18.2.1), and its port where the sender
 * asked for it (RFC 3581 section 4).
 */
function stampVia(field: string, via: SipRequest['via'], source: ResponseParts['source']): string {
  if (via.host === source.host && via.parameters.get('rport') !== null) return field;
  const [top = '', ...others] = splitOutside(field, ',') ?? [field];
  const parts = (splitOutside(top, ';') ?? [top])
    .filter((part) => !/^received\b/i.test(part))
    .map((part) => (/^rport$/i.test(part) ? `rport=${source.port}` : part));
  return [[...parts, `received=${source.host}`].join(';'), ...others].join(', ');
}

/**
 * Where a response goes over UDP (RFC 3261 section 18.2.2, RFC 3581 section 4). Its `maddr` is for multicast and not
 * followed: it would let anybody send our answers anywhere.
 */
export function responseTarget(
  via: SipRequest['via'],
  source: ResponseParts['source'],
): { host: string; port: number } {
  if (via.parameters.has('rport')) return source;
  return { host: source.host, port: via.port ?? 5060 };
}
