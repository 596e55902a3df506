import type { ExecutionResult } from 'graphql';

/** A result as JSON, encoded once for all to whom it is sent. */
export interface Payload {
  /** The octets of its UTF-8, one a character: what a socket takes as `latin1` without a copy. */
  readonly octets: string;
}

/** @param text JSON */
export function encodePayload(text: string): Payload {
  return { octets: octetsOf(text) };
}

/** As graphql-ws writes it: the errors last. */
export function payloadOf({ errors, ...rest }: ExecutionResult): Payload {
  return encodePayload(JSON.stringify({ ...rest, ...(errors && { errors }) }));
}

const NOT_ASCII = /[^\0-\x7f]/;

/** The UTF-8 of a text, one octet a character. */
export function octetsOf(text: string): string {
  return NOT_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}
