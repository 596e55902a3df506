import type { ActionUrlFailure, ActionUrlReply } from './action-url-reply.ts';

type Parsed = ActionUrlReply | Extract<ActionUrlFailure, 'closed' | 'malformed'> | 'incomplete';

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})/;

/**
 * Reads one HTTP/1 reply out of what has been received.
 * @param ended whether the server has closed its side: then nothing is `incomplete` any more.
 */
export const parseHttpReply = (bytes: Buffer, ended: boolean): Parsed => {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) {
    if (!ended) return 'incomplete';
    return bytes.length === 0 ? 'closed' : 'malformed';
  }
  const [statusLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n');
  const status = STATUS_LINE.exec(statusLine)?.[1];
  if (status === undefined) return 'malformed';
  const headers = headersOf(lines);
  const body = bodyOf(bytes.subarray(headEnd + 4), headers, ended);
  return typeof body === 'string' ? body : { status: Number(status), headers, body: body.toString('utf8') };
};

const headersOf = (lines: readonly string[]): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
};

const bodyOf = (
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
  ended: boolean,
): Buffer | 'incomplete' | 'malformed' => {
  const unfinished = ended ? 'malformed' : 'incomplete';
  if (/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) return chunksOf(bytes) ?? unfinished;
  const length = headers['content-length'];
  if (length === undefined) return ended ? bytes : 'incomplete';
  return bytes.length >= Number(length) ? bytes.subarray(0, Number(length)) : unfinished;
};

/** The body without the chunk sizes, or `undefined` if the last chunk is not there yet. */
const chunksOf = (bytes: Buffer): Buffer | undefined => {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, Math.max(lineEnd, at)).toString('latin1'), 16);
    if (lineEnd < 0 || Number.isNaN(size)) return undefined;
    if (size === 0) return Buffer.concat(chunks);
    if (bytes.length < lineEnd + 2 + size) return undefined;
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 4 + size;
  }
};
