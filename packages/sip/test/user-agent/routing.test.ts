import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { openAgent } from '../support/agents.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { TcpPeer } from '../support/tcp-peer.ts';
import { UdpPeer } from '../support/udp-peer.ts';

test('a phone behind NAT: the registered contact in the Request-URI, sent where the registrar saw it', async () => {
  await using nat = await UdpPeer.open('127.0.0.9');
  await using own = await openAgent({ proxy: 'sip:127.0.0.8' });
  const uri = 'sip:101@192.168.178.20:2048;line=x4o7y8zb';
  const outcome = own.agent.request({ method: 'NOTIFY', uri, destination: `sip:127.0.0.9:${nat.port};transport=udp` });
  const request = await nat.nextRequest();
  nat.reply(request, 200);
  expect(request.uri).toBe(uri);
  expect(request.headers.get('to')).toBe(`<${uri}>`);
  expect(request.headers.get('route')).toBeUndefined();
  expect(await outcome).toMatchObject({
    kind: 'answered',
    remote: { transport: 'udp', host: '127.0.0.9', port: nat.port },
  });
});

test('an outbound proxy is a loose route, unless the request names another or none', async () => {
  await using proxy = await UdpPeer.open('127.0.0.8');
  await using other = await UdpPeer.open('127.0.0.7');
  await using own = await openAgent({ proxy: `sip:127.0.0.8:${proxy.port}` });
  const uri = 'sip:101@phones.example.com';
  const usual = own.agent.request({ method: 'NOTIFY', uri });
  const request = await proxy.nextRequest();
  proxy.reply(request, 200);
  expect([request.uri, request.headers.all('route')]).toEqual([uri, [`<sip:127.0.0.8:${proxy.port};lr>`]]);
  await usual;
  const named = own.agent.request({ method: 'NOTIFY', uri, proxy: `sip:127.0.0.7:${other.port};lr;x=y` });
  const second = await other.nextRequest();
  other.reply(second, 200);
  expect(second.headers.all('route')).toEqual([`<sip:127.0.0.7:${other.port};lr;x=y>`]);
  await named;
  const direct = own.agent.request({ method: 'NOTIFY', uri: other.uri, proxy: null });
  const third = await other.nextRequest();
  other.reply(third, 200);
  expect(third.headers.get('route')).toBeUndefined();
  await direct;
});

test('an advertised address stands in Via and Contact', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ host: '0.0.0.0', advertise: { host: 'gateway.example.com', port: 5080 } });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const request = await peer.nextRequest();
  peer.reply(request, 200);
  expect(request.via).toMatchObject({ host: 'gateway.example.com', port: 5080 });
  expect(request.headers.get('contact')).toBe('<sip:gateway.example.com:5080>');
  expect(await outcome).toMatchObject({ kind: 'answered', status: 200 });
});

test('bound to every address, the one that leads to the peer stands in Via', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ host: '0.0.0.0' });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const request = await peer.nextRequest();
  peer.reply(request, 200);
  expect(request.via).toMatchObject({ host: request.sender.address, port: own.place('udp').port });
  expect(await outcome).toMatchObject({ kind: 'answered', status: 200 });
});

test.runIf(
  Object.values(networkInterfaces())
    .flat()
    .some((entry) => entry?.address === '::1'),
)('IPv6, and IPv4 beside it on a socket for both', async () => {
  await using six = await UdpPeer.open('::1');
  await using four = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ host: '::' });
  for (const [peer, host] of [
    [six, '::1'],
    [four, '127.0.0.1'],
  ] as const) {
    const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
    const request = await peer.nextRequest();
    peer.reply(request, 200);
    expect(request.via.host).toBe(host);
    expect(request.headers.get('contact')).toBe(`<sip:${host === '::1' ? '[::1]' : host}:${own.place('udp').port}>`);
    expect(await outcome).toMatchObject({ kind: 'answered', remote: { host: peer.host } });
  }
  // What an IPv4 peer asks is answered, and its address is told as it is.
  const lines = ['OPTIONS sip:a SIP/2.0', 'v: SIP/2.0/UDP x;rport;branch=z9hG4bKa', 'f: <sip:a>;tag=a', 't: <sip:a>'];
  const text = [...lines, 'i: a', 'CSeq: 1 OPTIONS', '', ''].join('\r\n');
  four.send(text, { host: '127.0.0.1', port: own.place('udp').port });
  expect((await four.nextResponse()).via.parameters.get('received')).toBe('127.0.0.2');
  await using tcp = await TcpPeer.open('::1');
  const outcome = own.agent.request({ method: 'OPTIONS', uri: `sip:a@[::1]:${tcp.port};transport=tcp` });
  tcp.reply(await tcp.next(), 200);
  expect(await outcome).toMatchObject({ kind: 'answered', status: 200 });
});

test('beyond 1,300 octets it goes over TCP, with TCP in Via', async () => {
  await using udp = await UdpPeer.open('127.0.0.40');
  await using tcp = await TcpPeer.open('127.0.0.40', udp.port);
  await using own = await openAgent();
  const outcome = own.agent.request({ method: 'NOTIFY', uri: udp.uri, body: 'x'.repeat(1300) });
  const taken = await tcp.next();
  tcp.reply(taken, 200);
  expect(taken.request.via).toMatchObject({ transport: 'tcp', port: own.place('tcp').port });
  expect(taken.request.headers.get('contact')).toBe(`<sip:127.0.0.1:${own.place('tcp').port};transport=tcp>`);
  expect(taken.request.body).toHaveLength(1300);
  expect(await outcome).toMatchObject({ kind: 'answered', remote: { transport: 'tcp' } });
  expect(udp.unread).toBe(0);
});

test('a peer that takes no TCP gets the long request over UDP, and is not asked again', async () => {
  const clock = new ManualClock();
  await using udp = await UdpPeer.open('127.0.0.41');
  await using own = await openAgent({ clock });
  const send = async (): Promise<string> => {
    const outcome = own.agent.request({ method: 'NOTIFY', uri: udp.uri, body: 'x'.repeat(1300) });
    const request = await udp.nextRequest();
    udp.reply(request, 200);
    await outcome;
    return request.via.transport;
  };
  expect(await send()).toBe('udp');
  await using tcp = await TcpPeer.open('127.0.0.41', udp.port);
  expect(await send()).toBe('udp');
  expect(tcp.connections).toBe(0);
  clock.advance(600_000);
  const later = own.agent.request({ method: 'NOTIFY', uri: udp.uri, body: 'x'.repeat(1300) });
  tcp.reply(await tcp.next(), 200);
  expect(await later).toMatchObject({ remote: { transport: 'tcp' } });
});

test('more than a datagram takes, and no TCP: not sent', async () => {
  await using own = await openAgent({ transports: ['udp'] });
  const outcome = await own.agent.request({ method: 'NOTIFY', uri: 'sip:a@127.0.0.2', body: 'x'.repeat(70_000) });
  expect(outcome).toMatchObject({ kind: 'not-sent', reason: 'TOO_LARGE' });
});

test('one TCP connection carries many requests, answered in any order and in pieces', async () => {
  await using tcp = await TcpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const uri = `sip:a@127.0.0.2:${tcp.port};transport=tcp`;
  const outcomes = [1, 2, 3].map((number) => own.agent.request({ method: 'MESSAGE', uri, body: String(number) }));
  const taken = [await tcp.next(), await tcp.next(), await tcp.next()].reverse();
  for (const one of taken) tcp.reply(one, 200, { body: Buffer.from(one.request.body).toString() });
  const answers = await Promise.all(outcomes);
  expect(answers.map((answer) => answer.kind === 'answered' && Buffer.from(answer.response.body).toString())).toEqual([
    '1',
    '2',
    '3',
  ]);
  expect(tcp.connections).toBe(1);
});

test('a connection that ends before the answer is lost; the next request opens another', async () => {
  await using tcp = await TcpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const uri = `sip:a@127.0.0.2:${tcp.port};transport=tcp`;
  const first = own.agent.request({ method: 'MESSAGE', uri });
  (await tcp.next()).socket.destroy();
  expect(await first).toEqual({ kind: 'lost', reason: 'CONNECTION', provisional: null });
  const second = own.agent.request({ method: 'MESSAGE', uri });
  tcp.reply(await tcp.next(), 200);
  expect(await second).toMatchObject({ kind: 'answered', status: 200 });
  expect(tcp.connections).toBe(2);
});

test('a connection on which nothing goes is closed', async () => {
  const clock = new ManualClock();
  await using tcp = await TcpPeer.open('127.0.0.2');
  await using own = await openAgent({ clock, idleMs: 60_000 });
  const outcome = own.agent.request({ method: 'MESSAGE', uri: `sip:a@127.0.0.2:${tcp.port};transport=tcp` });
  const taken = await tcp.next();
  const closed = new Promise((resolve) => taken.socket.once('close', resolve));
  clock.advance(50_000);
  tcp.reply(taken, 200);
  await outcome;
  clock.advance(59_999);
  expect(own.agent.statistics().connections).toBe(1);
  clock.advance(1);
  await closed;
  await expect.poll(() => own.agent.statistics().connections).toBe(0);
});
