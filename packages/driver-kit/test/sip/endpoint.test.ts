import { expect, onTestFinished, test } from 'vitest';
import {
  digestResponse,
  type VirtualSipDialog,
  VirtualSipEndpoint,
  type VirtualSipEndpointOptions,
} from '../../src/virtual/index.ts';
import { requestText, tcpPeer, udpPeer } from '../support/sip-peer.ts';

const open = async (options: Partial<VirtualSipEndpointOptions> = {}): Promise<VirtualSipEndpoint> => {
  const endpoint = new VirtualSipEndpoint({
    handle: () => ({ status: 200 }),
    methods: ['NOTIFY', 'MESSAGE', 'OPTIONS', 'INFO', 'INVITE'],
    user: () => '1001',
    headers: { 'User-Agent': 'Virtual/1' },
    ...options,
  });
  await endpoint.start();
  onTestFinished(() => endpoint.stop());
  return endpoint;
};

test('a response has Via with the source port, From, To with a tag, Call-ID and CSeq of the request', async () => {
  const phone = await open();
  const peer = await udpPeer(phone.port);
  peer.send(
    requestText(peer, {
      branch: 'z9hG4bKa',
      callId: 'x@y',
      cseq: 7,
      headers: ['Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb'],
    }),
  );
  const [answer] = await peer.received.waitForCount(1);
  expect(answer?.text.split('\r\n')[0]).toBe('SIP/2.0 200 OK');
  expect(answer?.header('via')).toEqual([
    `SIP/2.0/UDP 127.0.0.1:${peer.port};branch=z9hG4bKa;rport=${peer.port};received=127.0.0.1`,
    'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb',
  ]);
  expect(answer?.header('from')).toEqual(['"Gateway" <sip:gateway@127.0.0.1>;tag=abc']);
  expect(answer?.header('to')[0]).toMatch(/^<sip:1001@127\.0\.0\.1>;tag=\w+$/);
  expect([answer?.header('call-id'), answer?.header('cseq')]).toEqual([['x@y'], ['7 NOTIFY']]);
  expect(answer?.header('user-agent')).toEqual(['Virtual/1']);
  expect(phone.uri).toBe(`sip:1001@127.0.0.1:${phone.port}`);
  const nobodys = await open({ user: () => '' });
  expect(nobodys.uri).toBe(`sip:127.0.0.1:${nobodys.port}`);
});

test('without rport the response goes to the port of Via; a tag in To stays', async () => {
  const phone = await open();
  const [sender, named] = [await udpPeer(phone.port), await udpPeer(phone.port)];
  sender.send(
    requestText(sender, { via: `SIP/2.0/UDP 127.0.0.1:${named.port};branch=z9hG4bKc`, to: '<sip:1001@h>;tag=2502' }),
  );
  const [answer] = await named.received.waitForCount(1);
  expect(answer?.header('to')).toEqual(['<sip:1001@h>;tag=2502']);
  expect(sender.received.count).toBe(0);
});

test('a request that comes again is answered again, with the same bytes, and acted on once', async () => {
  let acted = 0;
  const phone = await open({
    handle: () => {
      acted += 1;
      return { status: 200 };
    },
  });
  const peer = await udpPeer(phone.port);
  const text = requestText(peer);
  peer.send(text);
  await peer.received.waitForCount(1);
  peer.send(text);
  const [first, second] = await peer.received.waitForCount(2);
  expect(second?.text).toBe(first?.text);
  expect([acted, phone.requests.count, phone.retransmissions.count]).toEqual([1, 1, 1]);
  peer.send(requestText(peer));
  await peer.received.waitForCount(3);
  expect(acted).toBe(2);
});

test('compact names, folded lines and several values of a header are understood', async () => {
  const phone = await open();
  const peer = await udpPeer(phone.port);
  peer.send(
    `MESSAGE sip:1001@h SIP/2.0\r\nv: SIP/2.0/UDP 127.0.0.1:${peer.port};branch=z9hG4bKcompact;rport\r\nf: <sip:a@b>;tag=1\r\n` +
      't: <sip:1001@h>\r\ni: compact\r\nCSeq: 1\r\n MESSAGE\r\nc: application/x-buttons\r\no: xml\r\nl: 5\r\n\r\nk=1\r\nrest',
  );
  const [answer] = await peer.received.waitForCount(1);
  expect(answer?.status).toBe(200);
  expect(phone.requests.last).toMatchObject({
    body: 'k=1\r\n',
    headers: { event: 'xml', 'content-type': 'application/x-buttons' },
  });
});

test.each([
  ['a CSeq of another method', (text: string) => text.replace('CSeq: 1 NOTIFY', 'CSeq: 1 MESSAGE'), 400],
  ['no Call-ID', (text: string) => text.replace(/Call-ID: .*\r\n/, ''), 400],
  ['a body that was cut off', (text: string) => text.replace('Content-Length: 6', 'Content-Length: 7'), 400],
  [
    'an extension that is required',
    (text: string) => text.replace('Max-Forwards', 'Require: 100rel\r\nMax-Forwards'),
    420,
  ],
  ['a method that it does not have', (text: string) => text.replaceAll('NOTIFY', 'PUBLISH'), 405],
  ['BYE without a dialog', (text: string) => text.replaceAll('NOTIFY', 'BYE'), 481],
] as const)('%s is refused before the phone acts', async (_, spoil, status) => {
  const phone = await open({ handle: () => Promise.reject(new Error('must not act')) });
  const peer = await udpPeer(phone.port);
  peer.send(spoil(requestText(peer, { body: 'key=OK', to: '<sip:1001@h>;tag=no' })));
  const [answer] = await peer.received.waitForCount(1);
  expect(answer?.status).toBe(status);
  expect(phone.handlerErrors).toEqual([]);
});

test('who is not admitted is not answered', async () => {
  const phone = await open({ admits: ({ headers }) => headers['subject'] === 'friend' });
  const peer = await udpPeer(phone.port);
  peer.send(requestText(peer));
  peer.send(requestText(peer, { headers: ['Subject: friend'], cseq: 9 }));
  const answers = await peer.received.waitForCount(1);
  expect(answers.map((answer) => answer.header('cseq'))).toEqual([['9 NOTIFY']]);
  expect(phone.requests.count).toBe(2);
});

test('what is no SIP is dropped', async () => {
  const phone = await open();
  const peer = await udpPeer(phone.port);
  for (const garbage of [
    '\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    '\u0000\u0001',
    'NOTIFY sip:a SIP/2.0\r\nno colon\r\n\r\n',
    'SIP/2.0 200 OK\r\n\r\n',
  ]) {
    peer.send(garbage);
  }
  peer.send(requestText(peer));
  const answers = await peer.received.waitForCount(1);
  expect(answers.map(({ status }) => status)).toEqual([200]);
  expect(phone.unreadable).toHaveLength(3);
});

test('over TCP, messages that come in pieces and together are taken apart', async () => {
  const phone = await open();
  const peer = await tcpPeer(phone.port);
  const via = 'SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKtcp';
  const texts = ['one', 'two', 'three'].map((body, index) =>
    requestText(peer, { method: 'MESSAGE', body, via: `${via}${index}` }),
  );
  const whole = texts.join('\r\n');
  peer.send(whole.slice(0, 100));
  await new Promise(setImmediate);
  peer.send(whole.slice(100));
  await phone.requests.waitForCount(3);
  expect(phone.requests.all.map(({ body, transport }) => [body, transport])).toEqual([
    ['one', 'tcp'],
    ['two', 'tcp'],
    ['three', 'tcp'],
  ]);
});

test.each(['MD5', 'SHA-256'] as const)(
  'challenges with %s, lets the right answer in, tells a stale nonce',
  async (algorithm) => {
    const phone = await open({
      authentication: { realm: 'phone', algorithms: [algorithm], credentials: [{ username: 'u', password: 'p' }] },
    });
    const peer = await udpPeer(phone.port);
    peer.send(requestText(peer));
    const [challenge] = await peer.received.waitForCount(1);
    expect(challenge?.status).toBe(401);
    const [asked = ''] = challenge?.header('www-authenticate') ?? [];
    expect(asked).toContain(`algorithm=${algorithm}`);
    const nonce = /nonce="(\w+)"/.exec(asked)?.[1] ?? '';
    // Of the URI that was called: a proxy on the way has put the contact in its place.
    const uri = 'sip:1001@pbx.example';
    const more = { qop: 'auth', nc: '00000001', cnonce: 'c' };
    const response = digestResponse({
      username: 'u',
      password: 'p',
      realm: 'phone',
      nonce,
      uri,
      method: 'NOTIFY',
      algorithm,
      ...more,
    });
    const answer = `Authorization: Digest username="u", realm="phone", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=${algorithm}, qop=auth, nc=00000001, cnonce="c"`;
    peer.send(requestText(peer, { headers: [answer], cseq: 2 }));
    await peer.received.waitForCount(2);
    expect(peer.received.last?.status).toBe(200);
    peer.send(requestText(peer, { headers: [answer], cseq: 3 }));
    await peer.received.waitForCount(3);
    expect(peer.received.last?.header('www-authenticate')[0]).toContain('stale=true');
  },
);

test('faults: a lost datagram, a lost reply after acting, a status without acting, none at all', async () => {
  let acted = 0;
  const phone = await open({
    handle: () => {
      acted += 1;
      return { status: 200 };
    },
    faults: { dropDatagrams: 1 },
  });
  const peer = await udpPeer(phone.port);
  const text = requestText(peer);
  peer.send(text);
  peer.send(text);
  await peer.received.waitForCount(1);
  expect([phone.requests.count, phone.retransmissions.count, acted]).toEqual([1, 0, 1]);
  phone.faults.dropReplyAfterActing = 1;
  const second = requestText(peer);
  peer.send(second);
  await phone.requests.waitForCount(2);
  peer.send(second);
  await peer.received.waitForCount(2);
  expect([phone.retransmissions.count, acted]).toEqual([1, 2]);
  phone.faults.status = 489;
  peer.send(requestText(peer));
  await peer.received.waitForCount(3);
  expect([peer.received.last?.status, acted]).toEqual([489, 2]);
  phone.faults.dead = true;
  peer.send(requestText(peer));
  phone.faults.status = undefined;
  await expect(peer.received.waitForCount(4, { timeoutMs: 60 })).rejects.toThrow('Waited 60 ms');
  expect(acted).toBe(2);
});

test('an INVITE opens a dialog: its 200 is repeated until ACK, INFO goes both ways, BYE ends it', async () => {
  const dialogs: VirtualSipDialog[] = [];
  const phone = await open({
    handle: ({ method }, dialog) =>
      method === 'INVITE'
        ? { status: 200, contentType: 'text/plain', body: 'hello', onDialog: (opened) => dialogs.push(opened) }
        : { status: dialog === undefined ? 481 : 200 },
  });
  const peer = await udpPeer(phone.port);
  const call = { callId: 'dialog-1' };
  peer.send(requestText(peer, { ...call, method: 'INVITE', headers: ['Record-Route: <sip:127.0.0.1;lr>'] }));
  const [first] = await peer.received.waitForCount(1);
  const [, repeated] = await peer.received.waitForCount(2);
  expect(repeated?.text).toBe(first?.text);
  expect([first?.status, first?.header('record-route'), first?.header('contact')]).toEqual([
    200,
    ['<sip:127.0.0.1;lr>'],
    [`<${phone.uri}>`],
  ]);
  const to = first?.header('to')[0] ?? '';
  peer.send(requestText(peer, { ...call, method: 'ACK', to }));
  await phone.acknowledgements.waitForCount(1);
  peer.send(requestText(peer, { ...call, method: 'INFO', cseq: 2, to }));
  peer.send(requestText(peer, { method: 'INFO' }));
  await phone.requests.waitForCount(3);
  expect((await peer.received.waitForCount(4)).slice(2).map(({ status }) => status)).toEqual([200, 481]);
  expect(phone.dialogs).toEqual(dialogs);
  peer.send(requestText(peer, { ...call, method: 'BYE', cseq: 3, to }));
  await peer.received.waitForCount(5);
  expect([peer.received.last?.status, dialogs[0]?.ended, phone.dialogs]).toEqual([200, true, []]);
  await expect(dialogs[0]?.request('INFO')).rejects.toThrow('ended');
});

test('a request within a dialog of the phone has its tags and a CSeq that counts', async () => {
  const opened: VirtualSipDialog[] = [];
  const phone = await open({ handle: () => ({ status: 200, onDialog: (dialog) => opened.push(dialog) }) });
  const peer = await udpPeer(phone.port);
  peer.send(requestText(peer, { method: 'INVITE', callId: 'd2' }));
  const [ok] = await peer.received.waitForCount(1);
  peer.send(requestText(peer, { method: 'ACK', callId: 'd2', to: ok?.header('to')[0] ?? '' }));
  const [dialog] = opened;
  const sent = dialog?.request('INFO', { contentType: 'text/plain', body: 'x' });
  const info = await peer.received.waitFor(({ text }) => text.startsWith('INFO '));
  expect(info.text.split('\r\n')[0]).toBe(`INFO sip:gateway@127.0.0.1:${peer.port} SIP/2.0`);
  expect([info.header('from'), info.header('to'), info.header('cseq'), info.header('call-id')]).toEqual([
    ok?.header('to'),
    ok?.header('from'),
    ['1 INFO'],
    ['d2'],
  ]);
  const back = ['via', 'from', 'to', 'call-id', 'cseq'].map((name) => `${name}: ${info.header(name)[0]}`);
  peer.send(`SIP/2.0 100 Trying\r\n${back.join('\r\n')}\r\n\r\n`);
  peer.send(`SIP/2.0 481 Gone\r\n${back.join('\r\n')}\r\n\r\n`);
  expect(await sent).toMatchObject({ status: 481, reason: 'Gone' });
  expect(dialog?.ended).toBe(true);
});

test.each(['udp', 'tcp'] as const)('it registers at a registrar that challenges, over %s', async (transport) => {
  const registrar = await open({
    methods: ['REGISTER'],
    authentication: { realm: 'pbx', algorithms: ['SHA-256'], credentials: [{ username: '1001', password: 'secret' }] },
    handle: ({ headers }) => ({ status: 200, headers: { Contact: headers['contact'] ?? '' } }),
  });
  const phone = await open();
  const register = {
    method: 'REGISTER',
    uri: `sip:127.0.0.1:${registrar.port};transport=${transport}`,
    to: '<sip:1001@pbx>',
    from: '<sip:1001@pbx>',
    headers: { Expires: '60' },
  } as const;
  expect((await phone.send(register)).status).toBe(401);
  const credentials = { username: '1001', password: 'secret' };
  expect(await phone.send({ ...register, credentials })).toMatchObject({
    status: 200,
    headers: { contact: `<${phone.uri}>` },
  });
  expect(registrar.requests.last).toMatchObject({ transport, headers: { cseq: '2 REGISTER', expires: '60' } });
  expect((await phone.send({ ...register, credentials: { ...credentials, password: 'wrong' } })).status).toBe(401);
});

test('its own request is sent again until it is answered, and gives up', async () => {
  const [phone, other] = [await open(), await open({ faults: { dropDatagrams: 1 } })];
  expect((await phone.send({ method: 'OPTIONS', uri: other.uri })).status).toBe(200);
  other.faults.dead = true;
  await expect(phone.send({ method: 'OPTIONS', uri: other.uri, timeoutMs: 30 })).rejects.toThrow(
    'No final response came in 30 ms',
  );
});

test('stopped and started again it has the same port; asleep it hears nothing', async () => {
  const phone = await open();
  const { port } = phone;
  await phone.stop();
  await phone.start();
  expect(phone.port).toBe(port);
  const peer = await udpPeer(port);
  phone.asleep = true;
  peer.send(requestText(peer));
  await expect(peer.received.waitForCount(1, { timeoutMs: 60 })).rejects.toThrow();
  phone.asleep = false;
  peer.send(requestText(peer));
  await peer.received.waitForCount(1);
});
