import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { bodyText } from '../../src/message/body.ts';
import type { SipOutcome } from '../../src/outcome.ts';
import { createSipUserAgent } from '../../src/user-agent.ts';
import { openAgent } from '../support/agents.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { TcpPeer } from '../support/tcp-peer.ts';
import { UdpPeer } from '../support/udp-peer.ts';

/** What the promise has become, if it has. */
function settled(outcome: Promise<SipOutcome>): Promise<SipOutcome | 'waiting'> {
  return Promise.race([outcome, new Promise<'waiting'>((resolve) => setImmediate(() => resolve('waiting')))]);
}

test('a request has what RFC 3261 section 8.1.1 asks for, and the caller’s body to the octet', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ userAgent: 'Gateway/1', from: '"The gateway" <sip:server@example.com;x=y>' });
  const outcome = own.agent.request({
    method: 'MESSAGE',
    uri: `${peer.uri};transport=udp`,
    headers: { Subject: 'buttons' },
    contentType: 'application/x-buttons',
    body: 'k=2\r\nc=on\r\nl=Tür €',
  });
  const request = await peer.nextRequest();
  const { port } = own.place('udp');
  expect(request).toMatchObject({ method: 'MESSAGE', uri: `${peer.uri};transport=udp` });
  expect(bodyText(request)).toBe('k=2\r\nc=on\r\nl=Tür €');
  expect(request.headers.get('content-length')).toBe('21');
  expect(request.via).toMatchObject({ transport: 'udp', host: '127.0.0.1', port });
  expect(request.via.parameters.get('branch')).toMatch(/^z9hG4bK[0-9a-f-]{36}$/);
  expect(request.via.parameters.get('rport')).toBeNull();
  expect(request.headers.get('from')).toMatch(
    /^"The gateway" <sip:server@example.com;x=y>;tag=[0-9a-f]{8}-[0-9a-f]{4}$/,
  );
  expect(request.headers.get('to')).toBe(`<${peer.uri};transport=udp>`);
  expect(request.sequence).toEqual({ number: 1, method: 'MESSAGE' });
  expect(request.headers.get('max-forwards')).toBe('70');
  expect(request.headers.get('user-agent')).toBe('Gateway/1');
  expect(request.headers.get('subject')).toBe('buttons');
  // RFC 3428 section 4: a MESSAGE has no Contact.
  expect(request.headers.get('contact')).toBeUndefined();
  expect(request.sender).toMatchObject({ address: '127.0.0.1', port });
  peer.reply(request, 202, { body: 'noted' });
  expect(await outcome).toMatchObject({ kind: 'answered', status: 202, challenge: null });
});

test('a NOTIFY has a Contact, and the Call-ID, From and To that it is given', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const outcome = own.agent.request({
    method: 'NOTIFY',
    uri: peer.uri,
    from: 'sip:server@192.0.2.1',
    to: '<sip:440@10.0.0.174>',
    callId: 'of-the-registration@phone',
    headers: { Event: 'check-sync;reboot=false', 'Subscription-State': 'terminated' },
  });
  const request = await peer.nextRequest();
  peer.reply(request, 200);
  expect(request.headers.get('contact')).toBe(`<sip:127.0.0.1:${own.place('udp').port}>`);
  expect([request.callId, request.from.uri, request.to.uri]).toEqual([
    'of-the-registration@phone',
    'sip:server@192.0.2.1',
    'sip:440@10.0.0.174',
  ]);
  expect((await outcome).kind).toBe('answered');
});

test('the first datagram is lost: the same goes out again after T1, and is answered', async () => {
  const clock = new ManualClock();
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ clock });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const lost = await peer.next();
  clock.advance(500);
  const { bytes } = await peer.next();
  expect(bytes.equals(lost.bytes)).toBe(true);
  expect(await settled(outcome)).toBe('waiting');
  await own.agent.request({ method: 'OPTIONS', uri: peer.uri, signal: AbortSignal.abort() });
  peer.send(responseOf(bytes, 200), own.place('udp'));
  expect(await outcome).toMatchObject({ kind: 'answered', status: 200 });
});

test('every answer is lost: after 32 s it is lost, not failed, and nothing more goes out', async () => {
  const clock = new ManualClock();
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ clock });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const first = await peer.next();
  for (const wait of [500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000, 4000]) {
    clock.advance(wait);
    expect((await peer.next()).bytes.equals(first.bytes)).toBe(true);
  }
  clock.advance(500);
  expect(await outcome).toEqual({ kind: 'lost', reason: 'TIMEOUT', provisional: null });
  clock.advance(100_000);
  expect({ unread: peer.unread, timers: clock.pending }).toEqual({ unread: 0, timers: 0 });
  expect(own.agent.statistics().transactions.client).toBe(0);
});

test('100 Trying and then nothing is lost too, and says that the peer has it', async () => {
  const clock = new ManualClock();
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ clock });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const request = await peer.nextRequest();
  peer.reply(request, 100);
  await expect.poll(() => own.agent.statistics().received.responses).toBe(1);
  clock.advance(32_000);
  expect(await outcome).toEqual({ kind: 'lost', reason: 'TIMEOUT', provisional: 100 });
});

test('100 Trying, then the final response', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const request = await peer.nextRequest();
  peer.reply(request, 100);
  peer.reply(request, 489);
  expect(await outcome).toMatchObject({ kind: 'answered', status: 489 });
});

test('a late response, one of another transaction and one with two Via are dropped and counted', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const { bytes } = await peer.next();
  const foreign = responseOf(bytes, 200).replace(/branch=\w+/, 'branch=z9hG4bKnobody');
  const relayed = responseOf(bytes, 200).replace('Call-ID', 'Via: SIP/2.0/UDP other\r\nCall-ID');
  for (const text of [foreign, relayed, responseOf(bytes, 486)]) peer.send(text, own.place('udp'));
  expect(await outcome).toMatchObject({ kind: 'answered', status: 486 });
  expect(own.agent.statistics().dropped.strayResponses).toBe(2);
});

test('a signal before sends nothing, a signal after says that it was sent', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const before = await own.agent.request({ method: 'NOTIFY', uri: peer.uri, signal: AbortSignal.abort() });
  expect(before).toEqual({ kind: 'aborted', sent: false });
  const controller = new AbortController();
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri, signal: controller.signal });
  await peer.next();
  controller.abort();
  expect(await outcome).toEqual({ kind: 'aborted', sent: true });
  expect({ unread: peer.unread, client: own.agent.statistics().transactions.client }).toEqual({ unread: 0, client: 0 });
});

test('the caller’s time is shorter than the RFC’s', async () => {
  const clock = new ManualClock();
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ clock });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri, timeoutMs: 1400 });
  await peer.next();
  const soon = own.agent.request({ method: 'NOTIFY', uri: peer.uri, timeoutMs: 60_000 });
  peer.send(responseOf((await peer.next()).bytes, 200), own.place('udp'));
  expect((await soon).kind).toBe('answered');
  clock.advance(1400);
  expect(await outcome).toEqual({ kind: 'lost', reason: 'TIMEOUT', provisional: null });
  // Timer K of the one that was answered; the minute of its caller is not waited for.
  clock.advance(5000);
  expect({ timers: clock.pending, client: own.agent.statistics().transactions.client }).toEqual({
    timers: 0,
    client: 0,
  });
});

test('what is no request is not sent, and says why', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const { uri } = peer;
  const refused = [
    { method: 'NOTIFY', uri: 'tel:+1' },
    { method: 'NOTIFY', uri: `${uri}?Route=%3Csip:x%3E` },
    { method: 'NOT IFY', uri },
    { method: 'INVITE', uri },
    { method: 'NOTIFY', uri, headers: { Event: 'a\r\nX: b' } },
    { method: 'NOTIFY', uri, headers: { 'X: y': 'z' } },
    { method: 'NOTIFY', uri, headers: { cseq: '1 NOTIFY' } },
    { method: 'NOTIFY', uri, headers: { L: '0' } },
    { method: 'NOTIFY', uri, contentType: 'a/b\r\nX: y' },
    { method: 'NOTIFY', uri, callId: 'a b' },
    { method: 'NOTIFY', uri, from: '"a\r\nX: y" <sip:a@b>' },
    { method: 'NOTIFY', uri, to: 'nobody' },
  ];
  for (const options of refused) {
    expect(await own.agent.request(options), JSON.stringify(options)).toMatchObject({
      kind: 'not-sent',
      reason: 'INVALID_REQUEST',
    });
  }
  expect(peer.unread).toBe(0);
});

test('a host without an address, a port without a listener, an address of another family: not sent', async () => {
  await using own = await openAgent();
  await using gone = await TcpPeer.open('127.0.0.2');
  const { port } = gone;
  await gone[Symbol.asyncDispose]();
  const request = (uri: string) => own.agent.request({ method: 'OPTIONS', uri });
  expect(await request('sip:a@nobody.invalid')).toMatchObject({ kind: 'not-sent', reason: 'NAME_NOT_FOUND' });
  expect(await request(`sip:a@127.0.0.2:${port};transport=tcp`)).toMatchObject({ kind: 'not-sent', reason: 'REFUSED' });
  expect(await request('sip:a@[::1]')).toMatchObject({ kind: 'not-sent', reason: 'NO_TRANSPORT' });
  expect(await request('sips:a@127.0.0.2')).toMatchObject({ kind: 'not-sent', reason: 'NO_TRANSPORT' });
  expect(await request('sip:a@127.0.0.2;transport=sctp')).toMatchObject({ kind: 'not-sent', reason: 'NO_TRANSPORT' });
});

test('names of the hosts file are found', async () => {
  await using peer = await UdpPeer.open('127.0.0.1');
  await using own = await openAgent();
  const outcome = own.agent.request({ method: 'OPTIONS', uri: `sip:a@localhost:${peer.port}` });
  peer.reply(await peer.nextRequest(), 200);
  expect(await outcome).toMatchObject({ kind: 'answered', status: 200 });
});

test('a port that is taken is an error to be caught, and leaves nothing bound', async () => {
  await using own = await openAgent();
  const { port } = own.place('udp');
  await expect(createSipUserAgent({ host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.3', resolve));
  const address = blocker.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const half = { host: '127.0.0.3', port: taken };
  await expect(createSipUserAgent(half)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await new Promise((resolve) => blocker.close(resolve));
  await (await createSipUserAgent(half)).close();
});

test('closing gives up what is under way and lets everything go', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using tcp = await TcpPeer.open('127.0.0.2');
  const clock = new ManualClock();
  const { agent } = await openAgent({ clock });
  const overUdp = agent.request({ method: 'NOTIFY', uri: peer.uri });
  const overTcp = agent.request({ method: 'NOTIFY', uri: `sip:a@127.0.0.2:${tcp.port};transport=tcp` });
  await peer.next();
  await tcp.next();
  await agent.close();
  expect(await overUdp).toMatchObject({ kind: 'lost', reason: 'CONNECTION' });
  expect(await overTcp).toMatchObject({ kind: 'lost', reason: 'CONNECTION' });
  expect(await agent.request({ method: 'NOTIFY', uri: peer.uri })).toMatchObject({
    kind: 'not-sent',
    reason: 'CLOSED',
  });
  expect({ timers: clock.pending, ...agent.statistics().transactions }).toEqual({ timers: 0, client: 0, server: 0 });
  await agent.close();
});

/** A response to octets that were received. */
function responseOf(bytes: Buffer, status: number): string {
  const lines = bytes
    .toString()
    .split('\r\n')
    .filter((line) => /^(?:Via|From|To|Call-ID|CSeq):/.test(line));
  return [`SIP/2.0 ${status} x`, ...lines, 'Content-Length: 0', '', ''].join('\r\n').replace(/^(To: .*)$/m, '$1;tag=x');
}
