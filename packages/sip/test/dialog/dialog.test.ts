import { expect, test } from 'vitest';
import { bodyText } from '../../src/message/body.ts';
import type { SipRequest } from '../../src/message/types.ts';
import { openAgent } from '../support/agents.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { UdpPeer } from '../support/udp-peer.ts';

const CSTA = 'application/csta+xml';
const REGISTER_BODY = '<RequestSystemStatus xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed3"/>';

/** A request of the phone within the dialog that an INVITE has made. */
function within(invite: SipRequest, method: string, { body = '', number = 1, type = CSTA } = {}): string {
  return [
    `${method} sip:gateway@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.2;rport;branch=z9hG4bKphone${method}${number}`,
    `From: ${invite.headers.get('to')};tag=phone`,
    `To: ${invite.headers.get('from')}`,
    `Call-ID: ${invite.callId}`,
    `CSeq: ${number} ${method}`,
    ...(body === '' ? [] : [`Content-Type: ${type}`]),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

/** A phone that has accepted an INVITE. */
async function accepted(
  peer: UdpPeer,
  headers: readonly string[] = [],
): Promise<{ invite: SipRequest; ack: SipRequest }> {
  const invite = await peer.nextRequest();
  peer.reply(invite, 180, { tag: 'phone' });
  peer.reply(invite, 200, { tag: 'phone', headers: [`Contact: <${peer.uri};line=1>`, ...headers] });
  return { invite, ack: await peer.nextRequest() };
}

test('uaCSTA: INVITE, ACK, INFO both ways, BYE', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const events: string[] = [];
  const ends: string[] = [];
  const opening = own.agent.openDialog({
    uri: peer.uri,
    headers: { 'Content-Disposition': 'signal;handling=required' },
    contentType: CSTA,
    body: REGISTER_BODY,
    onInfo: (request) => {
      events.push(bodyText(request));
      return { status: 200, body: 'taken', contentType: 'text/plain' };
    },
    onEnd: (end) => ends.push(end),
  });
  const { ack, invite } = await accepted(peer);
  const outcome = await opening;
  if (outcome.kind !== 'open') throw new Error(outcome.kind);
  const { dialog } = outcome;
  expect(invite.headers.get('content-type')).toBe(CSTA);
  expect(invite.headers.get('contact')).toBe(`<sip:127.0.0.1:${own.place('udp').port}>`);
  expect(invite.headers.get('allow')).toContain('INFO');
  expect(bodyText(invite)).toBe(REGISTER_BODY);
  expect(ack).toMatchObject({ method: 'ACK', uri: `${peer.uri};line=1`, callId: invite.callId, body: Buffer.alloc(0) });
  expect(ack.sequence).toEqual({ number: invite.sequence.number, method: 'ACK' });
  expect(ack.via.parameters.get('branch')).not.toBe(invite.via.parameters.get('branch'));
  expect(ack.to.parameters.get('tag')).toBe('phone');

  const info = dialog.info({ body: '<MonitorStart/>', contentType: CSTA });
  const request = await peer.nextRequest();
  expect(request).toMatchObject({ method: 'INFO', uri: `${peer.uri};line=1`, callId: invite.callId });
  expect(request.sequence.number).toBe(invite.sequence.number + 1);
  expect(request.to.parameters.get('tag')).toBe('phone');
  peer.reply(request, 200);
  expect(await info).toMatchObject({ kind: 'answered', status: 200 });

  peer.send(within(invite, 'INFO', { body: '<DeliveredEvent/>' }), own.place('udp'));
  const answer = await peer.nextResponse();
  expect([answer.status, bodyText(answer), events]).toEqual([200, 'taken', ['<DeliveredEvent/>']]);

  const bye = dialog.bye();
  const last = await peer.nextRequest();
  peer.reply(last, 200);
  expect(last).toMatchObject({ method: 'BYE', sequence: { number: invite.sequence.number + 2 } });
  expect(await bye).toMatchObject({ kind: 'answered', status: 200 });
  expect({ ends, ended: dialog.ended, dialogs: own.agent.statistics().dialogs }).toEqual({
    ends: ['LOCAL_BYE'],
    ended: 'LOCAL_BYE',
    dialogs: 0,
  });
  expect(await dialog.info({})).toMatchObject({ kind: 'not-sent', reason: 'DIALOG_ENDED' });
});

test('the ladder of a phone that answers by itself: INVITE, REFER, its progress, BYE of the phone', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const progress: string[] = [];
  const ended = Promise.withResolvers<string>();
  const opening = own.agent.openDialog({
    uri: peer.uri,
    headers: { 'Alert-Info': '<http://127.0.0.1>;info=alert-autoanswer;delay=0' },
    contentType: 'application/sdp',
    body: 'v=0\r\n',
    onNotify: (request) => {
      progress.push(bodyText(request));
      return { status: 200 };
    },
    onEnd: ended.resolve,
  });
  const { invite } = await accepted(peer);
  const outcome = await opening;
  if (outcome.kind !== 'open') throw new Error(outcome.kind);
  expect(invite.headers.get('alert-info')).toBe('<http://127.0.0.1>;info=alert-autoanswer;delay=0');
  const refer = outcome.dialog.refer('sip:123@example.com');
  const request = await peer.nextRequest();
  expect(request.headers.get('refer-to')).toBe('<sip:123@example.com>');
  peer.reply(request, 202);
  expect(await refer).toMatchObject({ kind: 'answered', status: 202 });
  peer.send(within(invite, 'NOTIFY', { body: 'SIP/2.0 200 OK', type: 'message/sipfrag' }), own.place('udp'));
  expect((await peer.nextResponse()).status).toBe(200);
  expect(progress).toEqual(['SIP/2.0 200 OK']);
  peer.send(within(invite, 'BYE', { number: 2 }), own.place('udp'));
  expect((await peer.nextResponse()).status).toBe(200);
  expect(await ended.promise).toBe('REMOTE_BYE');
  peer.send(within(invite, 'INFO', { number: 3 }), own.place('udp'));
  expect((await peer.nextResponse()).status).toBe(481);
});

test('a 2xx that comes again gets the same ACK again', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const opening = own.agent.openDialog({ uri: peer.uri });
  const invite = await peer.nextRequest();
  peer.reply(invite, 200, { tag: 'phone', headers: [`Contact: <${peer.uri}>`] });
  const first = await peer.next();
  await opening;
  peer.reply(invite, 200, { tag: 'phone', headers: [`Contact: <${peer.uri}>`] });
  const second = await peer.next();
  expect(first.bytes.toString()).toMatch(/^ACK /);
  expect(second.bytes.equals(first.bytes)).toBe(true);
  expect(own.agent.statistics().dialogs).toBe(1);
});

test('of a fork the first 2xx is the dialog, another is acknowledged and ended', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const ends: string[] = [];
  const opening = own.agent.openDialog({ uri: peer.uri, onEnd: (end) => ends.push(end) });
  const invite = await peer.nextRequest();
  const contact = { headers: [`Contact: <${peer.uri}>`] };
  peer.reply(invite, 200, { tag: 'one', ...contact });
  expect(await peer.nextRequest()).toMatchObject({ method: 'ACK' });
  expect((await opening).kind).toBe('open');
  peer.reply(invite, 200, { tag: 'two', ...contact });
  const [ack, bye] = [await peer.nextRequest(), await peer.nextRequest()];
  peer.reply(bye, 200);
  expect([ack.method, bye.method]).toEqual(['ACK', 'BYE']);
  expect([ack, bye].map(({ to }) => to.parameters.get('tag'))).toEqual(['two', 'two']);
  await expect.poll(() => own.agent.statistics().dialogs).toBe(1);
  expect(ends).toEqual([]);
});

test('an INVITE that the caller gave up is cancelled; a 2xx all the same is acknowledged and ended', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const controller = new AbortController();
  const opening = own.agent.openDialog({ uri: peer.uri, signal: controller.signal });
  const invite = await peer.nextRequest();
  peer.reply(invite, 180, { tag: 'phone' });
  await expect.poll(() => own.agent.statistics().received.responses).toBe(1);
  controller.abort();
  expect(await opening).toEqual({ kind: 'aborted', sent: true });
  const cancel = await peer.nextRequest();
  expect(cancel).toMatchObject({ method: 'CANCEL', uri: invite.uri, sequence: { number: 1 } });
  peer.reply(cancel, 200);
  peer.reply(invite, 200, { tag: 'phone', headers: [`Contact: <${peer.uri}>`] });
  expect(await peer.nextRequest()).toMatchObject({ method: 'ACK' });
  const bye = await peer.nextRequest();
  peer.reply(bye, 200);
  expect(bye.method).toBe('BYE');
  await expect.poll(() => own.agent.statistics().dialogs).toBe(0);
});

test('the caller’s time over while it rings: lost, cancelled, and the 487 gets its ACK', async () => {
  const clock = new ManualClock();
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ clock });
  const opening = own.agent.openDialog({ uri: peer.uri, timeoutMs: 10_000 });
  const invite = await peer.nextRequest();
  peer.reply(invite, 180, { tag: 'phone' });
  await expect.poll(() => own.agent.statistics().received.responses).toBe(1);
  clock.advance(10_000);
  expect(await opening).toEqual({ kind: 'lost', reason: 'TIMEOUT', provisional: 180 });
  const cancel = await peer.nextRequest();
  peer.reply(cancel, 200);
  peer.reply(invite, 487, { tag: 'phone' });
  expect(await peer.nextRequest()).toMatchObject({ method: 'ACK' });
  clock.advance(64_000);
  expect({ ...own.agent.statistics().transactions, timers: clock.pending }).toEqual({
    client: 0,
    server: 0,
    timers: 0,
  });
});

test('a refused INVITE is an answer, and acknowledged', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const opening = own.agent.openDialog({ uri: peer.uri });
  const invite = await peer.nextRequest();
  peer.reply(invite, 415);
  expect(await peer.nextRequest()).toMatchObject({ method: 'ACK', uri: invite.uri });
  expect(await opening).toMatchObject({ kind: 'answered', status: 415 });
  expect(own.agent.statistics().dialogs).toBe(0);
});

test('a challenged INVITE is sent again with credentials, which its ACK has too', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ credentials: () => ({ username: 'u', password: 'p' }) });
  const opening = own.agent.openDialog({ uri: peer.uri });
  const first = await peer.nextRequest();
  peer.reply(first, 401, { headers: ['WWW-Authenticate: Digest realm="r", nonce="n1", qop="auth"'] });
  expect(await peer.nextRequest()).toMatchObject({ method: 'ACK', sequence: { number: 1 } });
  const { ack, invite } = await accepted(peer);
  const outcome = await opening;
  if (outcome.kind !== 'open') throw new Error(outcome.kind);
  expect([invite.sequence.number, ack.sequence.number]).toEqual([2, 2]);
  expect(ack.headers.get('authorization')).toBe(invite.headers.get('authorization'));
  const bye = outcome.dialog.bye();
  const request = await peer.nextRequest();
  peer.reply(request, 200);
  expect(request.sequence.number).toBe(3);
  expect(request.headers.get('authorization')).toContain('nc=00000002');
  await bye;
});

test('recorded routes are followed in reverse, the Contact stays the Request-URI', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using proxy = await UdpPeer.open('127.0.0.8');
  await using own = await openAgent();
  const opening = own.agent.openDialog({ uri: peer.uri });
  const invite = await peer.nextRequest();
  const near = `<sip:127.0.0.8:${proxy.port};lr>`;
  const headers = ['Contact: <sip:phone@10.9.8.7>', `Record-Route: <sip:far.example.com;lr>, ${near}`];
  peer.reply(invite, 200, { tag: 'phone', headers });
  const ack = await proxy.nextRequest();
  expect([ack.uri, ack.headers.all('route')]).toEqual(['sip:phone@10.9.8.7', [near, '<sip:far.example.com;lr>']]);
  expect((await opening).kind).toBe('open');
});

test('a strict router gets itself in the Request-URI and the target as the last route', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using proxy = await UdpPeer.open('127.0.0.8');
  await using own = await openAgent();
  const opening = own.agent.openDialog({ uri: peer.uri });
  const invite = await peer.nextRequest();
  const strict = `sip:127.0.0.8:${proxy.port}`;
  peer.reply(invite, 200, { tag: 'phone', headers: ['Contact: <sip:phone@10.9.8.7>', `Record-Route: <${strict}>`] });
  const ack = await proxy.nextRequest();
  expect([ack.uri, ack.headers.all('route')]).toEqual([strict, ['<sip:phone@10.9.8.7>']]);
  expect((await opening).kind).toBe('open');
});

test('a phone behind NAT: what led the INVITE there leads the dialog there', async () => {
  await using nat = await UdpPeer.open('127.0.0.9');
  await using own = await openAgent();
  const opening = own.agent.openDialog({ uri: 'sip:101@192.168.178.20:2048', destination: nat.uri });
  const invite = await nat.nextRequest();
  nat.reply(invite, 200, { tag: 'phone', headers: ['Contact: <sip:101@192.168.178.20:2048>'] });
  expect(await nat.nextRequest()).toMatchObject({ method: 'ACK', uri: 'sip:101@192.168.178.20:2048' });
  expect((await opening).kind).toBe('open');
});

test('what does not belong into the dialog is refused, and what it was is not changed', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const opening = own.agent.openDialog({ uri: peer.uri });
  const { invite } = await accepted(peer);
  const outcome = await opening;
  if (outcome.kind !== 'open') throw new Error(outcome.kind);
  const statuses: number[] = [];
  const ask = async (method: string, number: number): Promise<void> => {
    peer.send(within(invite, method, { number }), own.place('udp'));
    statuses.push((await peer.nextResponse()).status);
  };
  await ask('OPTIONS', 5);
  await ask('UPDATE', 6);
  await ask('INFO', 7);
  // Older than what has come: overtaken.
  await ask('INFO', 3);
  peer.send(within(invite, 'INVITE', { number: 8 }), own.place('udp'));
  statuses.push((await peer.nextResponse()).status);
  peer.send(within(invite, 'ACK', { number: 8 }).replace('phoneACK', 'phoneINVITE'), own.place('udp'));
  expect(statuses).toEqual([200, 405, 200, 500, 488]);
  expect(outcome.dialog.ended).toBeUndefined();
});

test('481 to a request of the dialog: the phone does not know it any more', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const opening = own.agent.openDialog({ uri: peer.uri });
  await accepted(peer);
  const outcome = await opening;
  if (outcome.kind !== 'open') throw new Error(outcome.kind);
  const info = outcome.dialog.info({ body: 'x', contentType: CSTA });
  peer.reply(await peer.nextRequest(), 481);
  expect(await info).toMatchObject({ kind: 'answered', status: 481 });
  expect({ ended: outcome.dialog.ended, dialogs: own.agent.statistics().dialogs }).toEqual({
    ended: 'UNKNOWN_TO_PEER',
    dialogs: 0,
  });
});
