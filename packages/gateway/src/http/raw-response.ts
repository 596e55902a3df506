import { STATUS_CODES } from 'node:http';

const NOT_FOUND = 'Not found\n';
/** The header's value of this second: it costs more than the rest of an answer. */
const date = { second: 0, text: '' };

/**
 * An answer to a report as it goes over a connection that node:http does not write to. It has no body but where there is no such action URL:
 * XML or text could open the phone's browser.
 * A 404 is byte for byte what node:http writes for other paths, so that nothing shows where tokens are asked for.
 * @param isLast whether the connection is closed behind it
 */
export function rawResponse(status: number, { isLast }: { readonly isLast: boolean }): string {
  const body = status === 404 ? NOT_FOUND : '';
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`,
    ...(body === '' ? [] : ['content-type: text/plain; charset=utf-8']),
    `content-length: ${body.length}`,
    `Date: ${dateNow()}`,
    ...(isLast ? ['Connection: close'] : ['Connection: keep-alive', 'Keep-Alive: timeout=5']),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function dateNow(): string {
  const second = Math.floor(Date.now() / 1_000);
  if (second !== date.second) Object.assign(date, { second, text: new Date(second * 1_000).toUTCString() });
  return date.text;
}
