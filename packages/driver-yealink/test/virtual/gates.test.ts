import { get } from 'node:https';
import { selfSignedCertificate, VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { expect, test } from 'vitest';
import { createVirtualYealinkPhone, openTo, type VirtualYealinkPhoneOptions } from '../../src/virtual/index.ts';
import { fixture } from '../support/fixture.ts';
import { sendRequest } from './support/raw-http.ts';

const startPhone = async (options: VirtualYealinkPhoneOptions = {}) => {
  const phone = createVirtualYealinkPhone({ settings: openTo('127.0.0.1'), ...options });
  await phone.start();
  return phone;
};

const basic = (login: string) => ({ headers: { Authorization: `Basic ${Buffer.from(login).toString('base64')}` } });
const DND = 'GET /servlet?key=DNDOn';

test('a phone from the factory refuses everybody', async () => {
  await using phone = await startPhone({ settings: {} });
  const reply = await sendRequest(phone.address, DND, basic('admin:admin'));
  expect(reply.status).toBe(403);
  expect(phone.features.isOn('dnd')).toBe(false);
});

test.each([
  ['', 403],
  ['any', 200],
  ['127.0.0.1', 200],
  ['192.0.2.10,127.0.0.1', 200],
  ['192.0.2.10, 127.0.*.*', 200],
  ['127.0.*.*', 200],
  ['10.10.*.*', 403],
  ['127.0.0', 403],
])('the allow list "%s" gives 127.0.0.1 a %i', async (list, status) => {
  await using phone = await startPhone();
  phone.settings.set('features.action_uri_limit_ip', list);
  expect((await sendRequest(phone.address, DND, basic('admin:admin'))).status).toBe(status);
});

test('action URI that is switched off is a 403', async () => {
  await using phone = await startPhone();
  phone.settings.set('features.action_uri.enable', '0');
  expect((await sendRequest(phone.address, DND, basic('admin:admin'))).status).toBe(403);
});

test('without a login, and with a wrong one, 401 and a realm that names the model', async () => {
  await using phone = await startPhone({ model: 'T21P_E2' });
  const missing = await sendRequest(phone.address, DND);
  expect([missing.status, missing.headers['www-authenticate']]).toEqual([401, 'Basic realm="Yealink SIP-T21P_E2"']);
  expect((await sendRequest(phone.address, DND, basic('admin:wrong'))).status).toBe(401);
  expect(phone.features.isOn('dnd')).toBe(false);
  expect((await sendRequest(phone.address, DND, basic('admin:admin'))).status).toBe(200);
});

test('which of address and login is looked at first is a switch', async () => {
  await using phone = await startPhone({ settings: openTo('192.0.2.10') });
  expect((await sendRequest(phone.address, DND)).status).toBe(403);
  phone.quirks.gateOrder = 'loginFirst';
  expect((await sendRequest(phone.address, DND)).status).toBe(401);
  expect((await sendRequest(phone.address, DND, basic('admin:admin'))).status).toBe(403);
});

test('the login form of the V80 guide stands before the key', async () => {
  await using phone = await startPhone();
  const form = fixture('action-uri/login-form.txt');
  const filled = form.replace('xxx', 'admin').replace('yyy', 'admin');
  expect((await sendRequest(phone.address, `GET /servlet?${form}key=DNDOn`)).status).toBe(401);
  for (const wrong of [`key=DNDOn&${filled}`, `${filled.replace('q=login', 'q=logout')}key=DNDOn`]) {
    expect((await sendRequest(phone.address, `GET /servlet?${wrong}`)).status).toBe(401);
  }
  expect(phone.features.isOn('dnd')).toBe(false);
  expect((await sendRequest(phone.address, `GET /servlet?${filled}key=DNDOn`)).status).toBe(200);
  expect(phone.features.isOn('dnd')).toBe(true);
});

test('some lead to the login page and take the login in the query only', async () => {
  await using phone = await startPhone({ quirks: { asksForLogin: 'page' } });
  const form = (password: string) =>
    fixture('action-uri/login-form.txt').replace('xxx', 'admin').replace('yyy', password);
  const led = await sendRequest(phone.address, DND, basic('admin:admin'));
  expect([led.status, led.headers['location']]).toEqual([302, '/servlet?m=mod_listener&p=login&q=loginForm']);
  expect((await sendRequest(phone.address, `GET /servlet?${form('wrong')}key=DNDOn`)).status).toBe(302);
  expect(phone.features.isOn('dnd')).toBe(false);
  expect((await sendRequest(phone.address, `GET /servlet?${form('admin')}key=DNDOn`)).status).toBe(200);
  expect(phone.features.isOn('dnd')).toBe(true);
  expect((await sendRequest(phone.address, 'GET /screencapture', basic('admin:admin'))).status).toBe(200);
});

test('wrong logins lock it for some minutes, and the form counts like the header', async () => {
  let now = 1_000_000;
  await using phone = await startPhone({ now: () => now });
  await sendRequest(phone.address, DND, basic('admin:1'));
  await sendRequest(phone.address, 'GET /servlet?p=login&q=login&username=admin&pwd=2&jumpto=URI&key=DNDOn');
  expect((await sendRequest(phone.address, DND, basic('admin:3'))).status).toBe(401);
  const locked = await sendRequest(phone.address, DND, basic('admin:admin'));
  expect([locked.status, JSON.parse(locked.text)]).toEqual([
    403,
    { ret: 'failed', error: { webStatus: 'lock', lockTime: 3 } },
  ]);
  now += 180_001;
  expect((await sendRequest(phone.address, DND, basic('admin:admin'))).status).toBe(200);
});

test('one that leads to the login page locks itself too', async () => {
  await using phone = await startPhone({ quirks: { asksForLogin: 'page' } });
  const send = async (password: string) =>
    (
      await sendRequest(
        phone.address,
        `GET /servlet?p=login&q=login&username=admin&pwd=${password}&jumpto=URI&key=DNDOn`,
      )
    ).status;
  expect([await send('1'), await send('2'), await send('3'), await send('admin')]).toEqual([302, 302, 302, 403]);
  expect(phone.features.isOn('dnd')).toBe(false);
});

test('one without a lock takes the good login after any number of wrong ones', async () => {
  await using phone = await startPhone({ lockout: undefined });
  for (let wrong = 0; wrong < 10; wrong += 1) {
    expect((await sendRequest(phone.address, DND, basic(`admin:${wrong}`))).status).toBe(401);
  }
  expect((await sendRequest(phone.address, DND, basic('admin:admin'))).status).toBe(200);
});

test('the prompt refuses until somebody presses OK, once for each address', async () => {
  await using phone = await startPhone({ settings: { ...openTo('any'), 'features.show_action_uri_option': '1' } });
  const refused = await sendRequest(phone.address, DND, basic('admin:admin'));
  expect([refused.status, refused.text]).toEqual([403, fixture('action-uri/prompt-refusal.txt')]);
  expect(phone.screen.content.lines[0]).toBe('Allow Remote Control?');
  await sendRequest(phone.address, DND, basic('admin:admin'));
  expect([phone.prompt.raised.count, phone.features.isOn('dnd')]).toEqual([1, false]);

  phone.user.press('OK');
  expect((await sendRequest(phone.address, DND, basic('admin:admin'))).status).toBe(200);
  expect(phone.user.allowRemoteControl()).toBe(false);
});

test('who is declined is asked about again, or not, and a reboot forgets the answer', async () => {
  await using phone = await startPhone({ settings: { ...openTo('any'), 'features.show_action_uri_option': '1' } });
  const send = async () => (await sendRequest(phone.address, DND, basic('admin:admin'))).status;
  await send();
  expect(phone.user.declineRemoteControl()).toBe(true);
  await send();
  expect(phone.prompt.raised.count).toBe(2);
  phone.user.press('X');
  phone.quirks.promptsAgainAfterDecline = false;
  expect([await send(), phone.prompt.raised.count]).toEqual([403, 2]);
  phone.quirks.promptsAgainAfterDecline = true;
  await send();
  phone.user.allowRemoteControl();
  expect(await send()).toBe(200);
  await phone.reboot();
  expect(await send()).toBe(403);
});

test('by switch what a person allowed outlives a reboot', async () => {
  await using phone = await startPhone({
    settings: { ...openTo('any'), 'features.show_action_uri_option': '1' },
    quirks: { forgetsApprovalOnReboot: false },
  });
  const send = async () => (await sendRequest(phone.address, DND, basic('admin:admin'))).status;
  expect(await send()).toBe(403);
  await phone.reboot();
  expect(phone.prompt.isPending).toBe(false);
  expect(await send()).toBe(403);
  phone.user.press('OK');
  await phone.reboot();
  expect([await send(), phone.prompt.isPending]).toEqual([200, false]);
});

test('it speaks TLS where it is given a certificate', async () => {
  await using phone = await startPhone({ tls: selfSignedCertificate('805ec0000001') });
  const options = { rejectUnauthorized: false, auth: 'admin:admin' };
  const status = await new Promise<number | undefined>((resolve, reject) => {
    get(`${phone.address}/servlet?key=DNDOn`, options, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    }).on('error', reject);
  });
  expect([phone.address.startsWith('https://'), status, phone.features.isOn('dnd')]).toEqual([true, 200, true]);
});

test('a request without credentials, from the wrong address or not allowed yet never reaches a call', async () => {
  using exchange = new VirtualExchange();
  exchange.addParty({ number: '1002' });
  await using phone = await startPhone({ exchange });
  for (const path of ['/servlet', '/cgi-bin/ConfigManApp.com', '/cgi-bin/cgiServer.exx']) {
    expect((await sendRequest(phone.address, `GET ${path}?key=number=1002`)).status).toBe(401);
  }
  expect(exchange.calls()).toEqual([]);
});
