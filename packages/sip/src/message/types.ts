import type { HeaderFields } from './fields.ts';
import type { NameAddress } from './name-address.ts';
import type { Via } from './via.ts';

/** What every message that was received has (RFC 3261 sections 8.1.1 and 8.2.6). */
interface Received {
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
  /** The topmost Via. */
  readonly via: Via;
  readonly from: NameAddress;
  readonly to: NameAddress;
  readonly callId: string;
  readonly sequence: { readonly number: number; readonly method: string };
  /** How its header was decoded, and how what is copied from it has to be encoded to give the same octets. */
  readonly encoding: 'utf8' | 'latin1';
}

/** A request that was received and is well-formed. */
export interface SipRequest extends Received {
  readonly kind: 'request';
  /** Case-sensitive (RFC 3261 section 7.1). */
  readonly method: string;
  /** The Request-URI, of any scheme. */
  readonly uri: string;
}

/** A response that was received and is well-formed. */
export interface SipResponse extends Received {
  readonly kind: 'response';
  /** 100 to 699. */
  readonly status: number;
  /** May be empty. */
  readonly reason: string;
}

/** A message that was received and is well-formed. */
export type SipMessage = SipRequest | SipResponse;

/** What is wrong with octets that are no message. */
export type ParseFaultCode =
  | 'NO_HEADER_END'
  | 'START_LINE'
  | 'VERSION'
  | 'REQUEST_URI'
  | 'HEADER_LINE'
  | 'HEADER_MISSING'
  | 'HEADER_REPEATED'
  | 'HEADER_MALFORMED'
  | 'METHOD_MISMATCH'
  | 'BODY_TRUNCATED';

/** Why octets were not taken for a message. */
export interface ParseFault {
  readonly code: ParseFaultCode;
  /** The header or the part that is at fault. Never its content. */
  readonly part: string;
  /** Set where it is a request that can be refused: enough of it is legible for a response (RFC 3261 section 8.2.6). */
  readonly refusable: RefusableRequest | null;
}

/** As much of a request as a response needs. */
export interface RefusableRequest extends Pick<SipRequest, 'headers' | 'via' | 'encoding'> {
  /** What to answer: 400, or 505 for another version of SIP. */
  readonly status: 400 | 505;
}

/** What the parser makes of octets: it never throws. */
export type ParseResult =
  | { readonly ok: true; readonly message: SipMessage }
  | { readonly ok: false; readonly fault: ParseFault };
