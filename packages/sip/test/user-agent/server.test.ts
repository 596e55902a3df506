import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { bodyText } from '../../src/message/body.ts';
import type { SipRequest } from '../../src/message/types.ts';
import type { Endpoint } from '../../src/transport/types.ts';
import { openAgent } from '../support/agents.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { TcpPeer } from '../support/tcp-peer.ts';
import { UdpPeer } from '../support/udp-peer.ts';

let count = 0;

/** A request as a phone sends it. */
function requestText(
  method: string,
  {
    to = '<sip:gateway@127.0.0.1>',
    lines = [],
    body = '',
    via = 'UDP 127.0.0.2;rport',
  }: {
    to?: string;
    lines?: readonly string[];
    body?: string;
    via?: string;
  } = {},
): string {
  count += 1;
  return [
    `${method} sip:gateway@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/${via};branch=z9hG4bKphone${count}`,
    'From: <sip:phone@127.0.0.2>;tag=phone',
    `To: ${to}`,
    `Call-ID: phone-${count}`,
    `CSeq: ${count} ${method}`,
    ...lines,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

test('OPTIONS is answered with what is understood', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ userAgent: 'Gateway/1' });
  peer.send(requestText('OPTIONS'), own.place('udp'));
  const { headers, status, to } = await peer.nextResponse();
  expect(status).toBe(200);
  expect(headers.list('allow')).toEqual(['OPTIONS', 'ACK', 'CANCEL', 'BYE', 'INFO']);
  expect(headers.get('server')).toBe('Gateway/1');
  expect(to.parameters.get('tag')).toMatch(/^[0-9a-f-]{13}$/);
});

test('a MESSAGE of a key press is handed on once, however often it comes, and gets the same answer each time', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  const taken: { request: SipRequest; source: Endpoint }[] = [];
  await using own = await openAgent({
    onRequest: (request, source) => {
      taken.push({ request, source });
      return { status: 202, headers: { 'X-Count': String(taken.length) }, body: 'ü', contentType: 'text/plain' };
    },
  });
  const text = requestText('MESSAGE', { body: 'k=2\r\nn=9001', lines: ['Content-Type: application/x-buttons'] });
  peer.send(text, own.place('udp'));
  const first = await peer.next();
  peer.send(text, own.place('udp'));
  const second = await peer.next();
  expect(second.bytes.equals(first.bytes)).toBe(true);
  expect(first.bytes.toString()).toMatch(/^SIP\/2\.0 202 Accepted\r\n/);
  expect(first.bytes.toString()).toMatch(/Content-Type: text\/plain\r\nContent-Length: 2\r\n\r\nü$/);
  expect(taken).toHaveLength(1);
  expect(taken[0]?.source).toEqual({ transport: 'udp', host: '127.0.0.2', port: peer.port });
  expect(taken[0] && bodyText(taken[0].request)).toBe('k=2\r\nn=9001');
  expect(own.agent.statistics().retransmissions).toBe(1);
});

test('a handler that fails, or says what cannot be sent, is answered with 500', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  const answers = [
    () => Promise.reject(new Error('broken')),
    () => ({ status: 200, headers: { 'X-Y': 'a\r\nb' } }),
    () => ({ status: 99 }),
  ];
  await using own = await openAgent({ onRequest: () => answers.shift()?.() ?? { status: 200 } });
  for (const expected of [500, 500, 500, 200]) {
    peer.send(requestText('NOTIFY'), own.place('udp'));
    expect((await peer.nextResponse()).status).toBe(expected);
  }
});

test.each([
  ['NOTIFY', 405, {}],
  ['MESSAGE', 405, {}],
  ['REGISTER', 405, {}],
  ['SUBSCRIBE', 405, {}],
  ['INVITE', 405, {}],
  ['FROBNICATE', 501, {}],
  ['BYE', 481, {}],
  ['INFO', 481, {}],
  ['CANCEL', 481, {}],
  ['NOTIFY', 481, { to: '<sip:gateway@127.0.0.1>;tag=nobody' }],
  ['OPTIONS', 420, { lines: ['Require: 100rel, x', 'Require: y'] }],
] as const)('without a handler %s is answered with %i', async (method, status, parts) => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  peer.send(requestText(method, parts), own.place('udp'));
  const response = await peer.nextResponse();
  expect(response.status).toBe(status);
  if (status === 405 || status === 501) expect(response.headers.list('allow')).toContain('OPTIONS');
  if (status === 420) expect(response.headers.list('unsupported')).toEqual(['100rel', 'x', 'y']);
});

test('a refused INVITE is refused again by timer G until its ACK, and a CANCEL finds it', async () => {
  const clock = new ManualClock();
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ clock });
  const text = requestText('INVITE');
  peer.send(text, own.place('udp'));
  const refusal = await peer.next();
  clock.advance(500);
  expect((await peer.next()).bytes.equals(refusal.bytes)).toBe(true);
  peer.send(text.replaceAll('INVITE', 'CANCEL'), own.place('udp'));
  expect((await peer.nextResponse()).status).toBe(200);
  peer.send(text.replaceAll('INVITE', 'ACK'), own.place('udp'));
  peer.send(requestText('OPTIONS'), own.place('udp'));
  await peer.nextResponse();
  clock.advance(64_000);
  expect(own.agent.statistics().transactions.server).toBe(0);
  expect({ unread: peer.unread, timers: clock.pending }).toEqual({ unread: 0, timers: 0 });
});

test('nothing answers an ACK, not even one that is malformed', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  peer.send(requestText('ACK'), own.place('udp'));
  peer.send(requestText('ACK').replace(/CSeq: .*/, 'CSeq: x'), own.place('udp'));
  peer.send(requestText('OPTIONS'), own.place('udp'));
  expect((await peer.nextResponse()).sequence.method).toBe('OPTIONS');
  expect(own.agent.statistics().received).toEqual({ requests: 2, responses: 0, malformed: 1 });
});

test('without rport the answer goes to the port in Via', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using other = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  peer.send(requestText('OPTIONS', { via: `UDP phone.example.com:${other.port}` }), own.place('udp'));
  const { via } = await other.nextResponse();
  expect(via.parameters.get('received')).toBe('127.0.0.2');
});

test('beyond the capacity requests are dropped and counted', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ maxServerTransactions: 1 });
  const first = requestText('OPTIONS');
  peer.send(first, own.place('udp'));
  await peer.nextResponse();
  peer.send(requestText('OPTIONS'), own.place('udp'));
  peer.send(first, own.place('udp'));
  expect((await peer.nextResponse()).status).toBe(200);
  expect(own.agent.statistics().dropped.overload).toBe(1);
});

test('over TCP requests come in pieces and several at once, keep-alives are answered, what is unreadable ends it', async () => {
  await using own = await openAgent({ onRequest: (request) => ({ status: 200, body: bodyText(request) }) });
  const { host, port } = own.place('tcp');
  const socket = connect(port, host);
  const received: string[] = [];
  const collected = (pattern: RegExp): Promise<void> => expect.poll(() => received.join('')).toMatch(pattern);
  socket.on('data', (chunk) => received.push(chunk.toString()));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const via = 'TCP 127.0.0.2:5060';
  const text = requestText('MESSAGE', { via, body: 'one' }) + requestText('NOTIFY', { via, body: 'two' });
  socket.write(text.slice(0, 150));
  await new Promise((resolve) => setImmediate(resolve));
  socket.write(text.slice(150));
  await collected(/200 OK.*\r\n\r\none.*200 OK.*\r\n\r\ntwo$/s);
  received.length = 0;
  socket.write('\r\n\r\n');
  await collected(/^\r\n$/);
  socket.write('OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n');
  await closed;
  expect(own.agent.statistics().faults).toEqual({ STREAM: 1 });
  // A transaction over TCP ends with its answer.
  expect(own.agent.statistics().transactions.server).toBe(0);
});

test('line ends that keep a NAT open are no messages', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  for (const text of ['\r\n', '\r\n\r\n', '\0']) peer.send(text, own.place('udp'));
  peer.send(requestText('OPTIONS'), own.place('udp'));
  await peer.nextResponse();
  expect(own.agent.statistics().received).toEqual({ requests: 1, responses: 0, malformed: 0 });
});

test('a connection that ends before the answer: the answer goes to the port in Via by another one', async () => {
  await using listening = await TcpPeer.open('127.0.0.2');
  let answer: (() => void) | undefined;
  await using own = await openAgent({
    onRequest: () =>
      new Promise((resolve) => {
        answer = () => resolve({ status: 200 });
      }),
  });
  const { host, port } = own.place('tcp');
  const socket = connect({ host, port, localAddress: '127.0.0.2' });
  socket.on('error', () => {});
  socket.write(requestText('MESSAGE', { via: `TCP 127.0.0.2:${listening.port}` }));
  await expect.poll(() => answer).toBeDefined();
  socket.destroy();
  await expect.poll(() => own.agent.statistics().connections).toBe(0);
  answer?.();
  await expect.poll(() => listening.connections).toBe(1);
});
