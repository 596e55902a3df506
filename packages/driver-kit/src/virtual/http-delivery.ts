import type { ServerResponse } from 'node:http';
import type { VirtualReply } from './http-message.ts';

/** What stands on the wire instead of a reply; after it the connection is closed. */
const BROKEN = {
  empty: '',
  truncated: 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Len',
  malformed: '\u0000\u0001 this is not HTTP\r\n\r\n',
} as const;

/** Sends a reply in the way its `delivery` says. `common` headers are sent unless the reply has its own. */
export const deliver = (
  response: ServerResponse,
  reply: VirtualReply,
  common: Readonly<Record<string, string>>,
): void => {
  const { delivery = 'whole' } = reply;
  if (delivery === 'whole') sendWhole(response, reply, common);
  else if (delivery === 'reset') response.socket?.resetAndDestroy();
  else if (delivery !== 'never') closeAfter(response, BROKEN[delivery]);
};

const sendWhole = (response: ServerResponse, reply: VirtualReply, common: Readonly<Record<string, string>>): void => {
  const body = Buffer.from(reply.body ?? '');
  const headers = { ...lowerCased(common), ...lowerCased(reply.headers ?? {}), 'content-length': String(body.length) };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = reply.status;
  response.end(body);
};

const lowerCased = (headers: Readonly<Record<string, string | readonly string[]>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const closeAfter = (response: ServerResponse, bytes: string): void => {
  const { socket } = response;
  socket?.end(bytes, 'latin1', () => socket.destroy());
};
