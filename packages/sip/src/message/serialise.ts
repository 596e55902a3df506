import type { HeaderField } from './fields.ts';

/** A message to be sent: what stands in it, and nothing yet understood by anybody. */
export interface OutgoingMessage {
  readonly startLine: string;
  /** Without Content-Length. */
  readonly headers: readonly HeaderField[];
  readonly body: Uint8Array;
  /** How the header is encoded; `latin1` only where it copies what was received so. Default `utf8`. */
  readonly encoding?: 'utf8' | 'latin1';
}

/** No body. */
export const NO_BODY: Uint8Array = new Uint8Array(0);

/**
 * Writes a message as octets. Content-Length counts the octets of the body and always stands there (RFC 3261 section
 * 20.14): over TCP it is the only frame.
 */
export function serialise({ startLine, headers, body, encoding = 'utf8' }: OutgoingMessage): Buffer {
  let text = `${startLine}\r\n`;
  for (const { name, value } of headers) text += `${name}: ${value}\r\n`;
  text += `Content-Length: ${body.length}\r\n\r\n`;
  const header = Buffer.from(text, encoding);
  return body.length === 0 ? header : Buffer.concat([header, body]);
}

/** Whether a text can stand in a header: one with CR, LF or NUL would write headers of its own (RFC 3261 section 25.1). */
export function isHeaderText(text: string): boolean {
  return !/[\r\n\0]/.test(text);
}
