/** An HTTP message as it went over the wire. */
export interface HttpMessage {
  /** The request line, or the status line, bytes above 0x7F as Latin-1 characters. */
  readonly start: string;
  /** In lower case; several fields of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without chunk sizes. */
  readonly body: Buffer;
}

const STATUS = /^HTTP\/1\.[01] (\d{3})/;

/** The status of a reply; null where it is none. */
export function statusOf({ start }: Pick<HttpMessage, 'start'>): number | null {
  const [, status] = STATUS.exec(start) ?? [];
  return status === undefined ? null : Number(status);
}

/**
 * Reads the messages of one direction of a connection. It is lenient: phones send raw spaces and bytes that HTTP parsers
 * refuse. What is cut off at the end is left out, but for a reply whose end is the connection's.
 */
export function messagesIn(bytes: Buffer): readonly HttpMessage[] {
  const messages: HttpMessage[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end < 0) return messages;
    const [start = '', ...lines] = bytes.subarray(at, end).toString('latin1').split('\r\n');
    const headers = headersOf(lines);
    const whole = bodyAt(bytes.subarray(end + 4), start, headers);
    if (whole === null) return messages;
    // 100 Continue and its like are no answer.
    if (!/^HTTP\/1\.[01] 1\d\d/.test(start)) messages.push({ start, headers, body: whole.body });
    at = end + 4 + whole.length;
  }
}

function headersOf(lines: readonly string[]): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  return Object.fromEntries(headers);
}

interface Whole {
  readonly body: Buffer;
  /** How many bytes of the stream it takes. */
  readonly length: number;
}

function bodyAt(bytes: Buffer, start: string, headers: Readonly<Record<string, string>>): Whole | null {
  const status = statusOf({ start });
  if (status === 204 || status === 304 || (status ?? 200) < 200) return { body: Buffer.alloc(0), length: 0 };
  if (/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) return chunksAt(bytes);
  const length = headers['content-length'];
  if (length === undefined) {
    // A request without a length has no body; a reply without one lasts until the connection ends.
    return status === null ? { body: Buffer.alloc(0), length: 0 } : { body: bytes, length: bytes.length };
  }
  return bytes.length < Number(length) ? null : { body: bytes.subarray(0, Number(length)), length: Number(length) };
}

function chunksAt(bytes: Buffer): Whole | null {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, Math.max(at, lineEnd)).toString('latin1'), 16);
    if (lineEnd < 0 || Number.isNaN(size)) return null;
    const from = lineEnd + 2;
    if (size === 0) return { body: Buffer.concat(chunks), length: from + 2 };
    if (bytes.length < from + size + 2) return null;
    chunks.push(bytes.subarray(from, from + size));
    at = from + size + 2;
  }
}
