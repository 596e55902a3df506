import { VirtualSipEndpoint } from '@hookswitch/driver-kit/virtual';
import { expect, test } from 'vitest';
import { createVirtualYealinkPhone, openTo } from '../../src/virtual/index.ts';
import { fixture } from '../support/fixture.ts';
import { startOffice } from './support/office.ts';
import { sipSender } from './support/sip.ts';
import { holdTime } from './support/time.ts';

test("the guide's datagram presses OK, octet by octet as printed", async () => {
  await using office = await startOffice({ sip: {} });
  const sender = await sipSender(office.phone);
  office.colleague.dial('1001');
  await office.exchange.settled();
  sender.send(
    fixture('sip/notify-action-uri.txt')
      .trim()
      .replaceAll('\n', '\r\n')
      .replace('10.2.40.27:5063;', `127.0.0.1:${sender.port};`),
  );
  const [answer] = await sender.received.waitForCount(1);
  expect(answer).toMatch(/^SIP\/2\.0 200 OK\r\n/);
  expect(answer).toContain('To: "3583" <sip:3583@10.3.5.199>;tag=490600926\r\n');
  expect(answer).toContain('CSeq: 4 NOTIFY\r\n');
  expect(office.phone.calls[0]?.state).toBe('connected');
  expect(office.phone.sipRequests?.last).toMatchObject({
    body: 'key=OK',
    headers: { 'content-type': 'message/sipfrag' },
  });
});

test('keys, dialling and XML by NOTIFY, with their gates', async () => {
  await using office = await startOffice({ sip: {}, settings: { 'features.action_uri_limit_ip': '' } });
  const { phone } = office;
  const sender = await sipSender(phone);
  expect(await sender.notify('ACTION-URI', 'number=1002&outgoing_uri=sip:1001@pbx.example')).toBe(200);
  expect(phone.calls.map(({ remote }) => remote.number)).toEqual(['1002']);
  expect(await sender.notify('ACTION-URI', 'key=CALLEND')).toBe(200);
  expect(phone.calls).toEqual([]);
  const xml = '<YealinkIPPhoneExecute><ExecuteItem URI="Led:LINE4_RED=on"/></YealinkIPPhoneExecute>';
  expect(await sender.notify('Yealink-xml', xml, ['Content-Type: application/xml'])).toBe(403);
  phone.settings.set('push_xml.sip_notify', '1');
  expect(await sender.notify('Yealink-xml', xml, ['Content-Type: application/xml'])).toBe(200);
  expect(phone.lights.get('LINE4')?.color).toBe('RED');
  phone.settings.set('features.action_uri.enable', '0');
  expect(await sender.notify('ACTION-URI', 'key=OK')).toBe(403);
  expect(await sender.notify('resync')).toBe(489);
});

test('with sip.trust_ctrl only the registrar is obeyed', async () => {
  await using registrar = await startOffice({ sip: {} });
  const login = { username: '1001', password: 'sip-secret' };
  await using office = await startOffice({
    sip: { registrar: registrar.phone.sipUri ?? '', login },
    settings: { 'sip.trust_ctrl': '1' },
  });
  expect(registrar.phone.sipRequests?.last).toMatchObject({
    method: 'REGISTER',
    headers: { to: '<sip:1001@pbx.example>' },
  });
  const stranger = await sipSender(office.phone, '127.0.0.9');
  expect(await stranger.notify('ACTION-URI', 'key=DNDOn')).toBe(403);
  expect(office.phone.features.isOn('dnd')).toBe(false);
  const server = await sipSender(office.phone, '127.0.0.1');
  expect(await server.notify('ACTION-URI', 'key=DNDOn')).toBe(200);
  expect(office.phone.features.isOn('dnd')).toBe(true);
});

test.each([false, true])(
  'a check-sync is answered before the phone goes; a reboot by key by quirk: %s',
  async (silent) => {
    await using office = await startOffice({
      sip: {},
      quirks: { rebootReply: 'none', pressesBeforeNotifyReply: silent },
    });
    const { phone } = office;
    const sender = await sipSender(phone);
    const uri = phone.sipUri;
    expect(await sender.notify('check-sync;reboot=true')).toBe(200);
    await phone.whenUp();
    expect(await office.events()).toEqual(['setup_completed', 'registered']);
    const reply = sender.notify('ACTION-URI', 'key=Reboot');
    await phone.sipRequests?.waitForCount(2);
    if (!silent) expect(await reply).toBe(200);
    await phone.whenUp();
    expect(await office.events()).toEqual(['setup_completed', 'registered']);
    expect(phone.sipUri).toBe(uri);
    expect(await sender.notify('hold')).toBe(200);
    if (silent) await expect(reply).rejects.toThrow('Waited');
  },
);

test('it challenges where it is told to', async () => {
  await using office = await startOffice({
    sip: { login: { username: 'u', password: 'p' }, challenges: ['SHA-256', 'MD5'] },
  });
  const sender = await sipSender(office.phone);
  expect(await sender.notify('ACTION-URI', 'key=DNDOn')).toBe(401);
  const algorithms = [...(sender.received.last ?? '').matchAll(/algorithm=([\w-]+)/g)].map(([, name]) => name);
  expect([algorithms, office.phone.features.isOn('dnd')]).toEqual([['SHA-256', 'MD5'], false]);
});

test('its calls come by the exchange: an INVITE is not answered, and CSTA neither outside nor inside of a dialog', async () => {
  await using office = await startOffice({ sip: {} });
  const sender = await sipSender(office.phone);
  const uri = office.phone.sipUri ?? '';
  const status = async (method: string) => {
    const branch = `z9hG4bKo${method}`;
    const head = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${sender.port};branch=${branch};rport`,
      'From: <sip:gateway@127.0.0.1>;tag=g',
      `To: <${uri}>`,
      `Call-ID: other-${method}`,
      `CSeq: 1 ${method}`,
      `Contact: <sip:gateway@127.0.0.1:${sender.port}>`,
      'Content-Length: 0',
    ];
    sender.send(`${head.join('\r\n')}\r\n\r\n`);
    const answer = await sender.received.waitFor(
      (text) => text.startsWith('SIP/2.0') && text.includes(branch) && !text.startsWith('SIP/2.0 1'),
    );
    return Number(answer.slice(8, 11));
  };
  expect([await status('INVITE'), await status('INFO'), await status('MESSAGE')]).toEqual([480, 481, 415]);
});

test('its URI has the number of its first account', async () => {
  await using office = await startOffice({ number: '1007', sip: {} });
  expect(office.phone.sipUri).toMatch(/^sip:1007@127\.0\.0\.1:\d+$/);
});

test('a NOTIFY without an Event is a bad event (RFC 6665)', async () => {
  await using office = await startOffice({ sip: {} });
  const sender = await sipSender(office.phone);
  expect(await sender.notifyWith(['Subscription-State: active'], 'key=DNDOn')).toBe(489);
  expect(office.phone.features.isOn('dnd')).toBe(false);
});

test.each(['phonecfg=get&dnd=1', 'key=DNDOn&', ''])('a NOTIFY that says "%s" presses nothing', async (body) => {
  await using office = await startOffice({ sip: {} });
  const sender = await sipSender(office.phone);
  expect(await sender.notify('ACTION-URI', body)).toBe(200);
  expect(await sender.notify('ACTION-URI', 'key=number=1002')).toBe(200);
  expect(office.phone.features.isOn('dnd')).toBe(false);
  expect(office.phone.calls.map(({ remote }) => remote.number)).toEqual(['1002']);
});

test('without a login it has nothing to say to a registrar that asks for one', async () => {
  const login = { username: '1001', password: 'sip-secret' };
  await using registrar = new VirtualSipEndpoint({
    handle: () => ({ status: 200 }),
    methods: ['REGISTER'],
    user: () => 'registrar',
    authentication: { realm: 'pbx.example', credentials: [login] },
  });
  await registrar.start();
  const heard = () => registrar.requests.all.map(({ method, headers }) => `${method} ${'authorization' in headers}`);
  await using _ = await startOffice({ sip: { registrar: registrar.uri } });
  expect(heard()).toEqual(['REGISTER false']);
  await using __ = await startOffice({ sip: { registrar: registrar.uri, login } });
  expect(heard()).toEqual(['REGISTER false', 'REGISTER false', 'REGISTER true']);
});

test('a registrar that does not answer leaves the phone as it is', async () => {
  await using phone = createVirtualYealinkPhone({ settings: openTo('any'), sip: { registrar: 'sip:127.0.0.1:9' } });
  using time = holdTime();
  await time.passUntil(phone.start());
  const sender = await sipSender(phone);
  expect(await sender.notify('ACTION-URI', 'key=DNDOn')).toBe(200);
  expect(phone.features.isOn('dnd')).toBe(true);
});

test('a phone without an account hears its server, and has nobody to call from', async () => {
  await using office = await startOffice({ accounts: [], sip: {} });
  expect(office.phone.sipUri).toMatch(/^sip:127\.0\.0\.1:\d+$/);
  const sender = await sipSender(office.phone);
  expect(await sender.notify('ACTION-URI', 'key=number=1002')).toBe(200);
  expect(await sender.notify('ACTION-URI', 'key=DNDOn')).toBe(200);
  expect([office.phone.calls, office.phone.features.isOn('dnd')]).toEqual([[], true]);
});
