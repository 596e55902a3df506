import { parameterOf } from './address.ts';
import { headerOf, headersOf, type SipField, type SipRequestMessage, serializeSipMessage } from './message.ts';
import type { SipPeer } from './sockets.ts';
import type { VirtualSipReply } from './types.ts';

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  415: 'Unsupported Media Type',
  420: 'Bad Extension',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  603: 'Decline',
};

/** The bytes of a response: what RFC 3261 section 8.2.6.2 takes from the request, then what the reply brings. */
export const responseTo = (
  request: SipRequestMessage,
  reply: VirtualSipReply,
  more: { readonly peer: SipPeer; readonly toTag: string; readonly fields: readonly SipField[] },
): Buffer => {
  const to = headerOf(request, 'to');
  const isTagged = parameterOf(to, 'tag') !== undefined;
  const isDialogForming = request.method === 'INVITE' && reply.status < 300;
  const fields: SipField[] = [
    ...headersOf(request, 'via').map((via, index): SipField => ['Via', index === 0 ? viaBack(via, more.peer) : via]),
    ['From', headerOf(request, 'from')],
    ['To', isTagged ? to : `${to};tag=${more.toTag}`],
    ['Call-ID', headerOf(request, 'call-id')],
    ['CSeq', headerOf(request, 'cseq')],
    ...(isDialogForming ? headersOf(request, 'record-route').map((route): SipField => ['Record-Route', route]) : []),
    ...more.fields,
    ...Object.entries(reply.headers ?? {}).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((one): SipField => [name, one]),
    ),
    ...(reply.contentType === undefined ? [] : [['Content-Type', reply.contentType] as const]),
  ];
  const reason = reply.reason ?? REASONS[reply.status] ?? '';
  return serializeSipMessage(`SIP/2.0 ${reply.status} ${reason}`, fields, reply.body);
};

/** `received` where the sender's own address differs (RFC 3261 section 18.2.1), and `rport` filled in (RFC 3581). */
const viaBack = (via: string, { address, port }: SipPeer): string => {
  const wantsPort = parameterOf(via, 'rport') !== undefined;
  const filled = via.replace(/;\s*rport(?=;|\s*$)/i, `;rport=${port}`);
  return wantsPort || sentBy(via).host !== address ? `${filled};received=${address}` : filled;
};

/** Where a response goes over UDP: the source port where `rport` asks for it, else that of `sent-by`. */
export const replyPort = (request: SipRequestMessage, { port }: SipPeer): number => {
  const via = headersOf(request, 'via')[0] ?? '';
  return parameterOf(via, 'rport') === undefined ? sentBy(via).port : port;
};

const SENT_BY = /^SIP\s*\/\s*2\.0\s*\/\s*\w+\s+(\[[^\]]+\]|[^\s:;]+)(?:\s*:\s*(\d+))?/i;

const sentBy = (via: string): { readonly host: string; readonly port: number } => {
  const [, host = '', port = '5060'] = SENT_BY.exec(via) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
};

/** What makes a request the same as one that came before (RFC 3261 section 17.2.3). */
export const transactionKey = (request: SipRequestMessage, method = request.method): string => {
  const via = headersOf(request, 'via')[0] ?? '';
  const branch = parameterOf(via, 'branch') ?? '';
  const { host, port } = sentBy(via);
  if (branch.startsWith('z9hG4bK')) return [branch, host, port, method].join(' ');
  const from = parameterOf(headerOf(request, 'from'), 'tag') ?? '';
  const number = headerOf(request, 'cseq').split(/\s/)[0];
  return [headerOf(request, 'call-id'), number, from, request.uri, via, method].join(' ');
};
