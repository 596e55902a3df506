import { expect, test } from 'vitest';
import { FACTORY_SETTINGS } from '../../src/virtual/index.ts';
import { fixture } from '../support/fixture.ts';
import { startOffice } from './support/office.ts';
import { sendRequest } from './support/raw-http.ts';

test('a configuration file is taken line by line', async () => {
  await using office = await startOffice();
  const result = office.phone.provision(fixture('provisioning/gate.cfg'));
  expect(result).toEqual({ accepted: true, applied: 5, rejected: [] });
  expect(office.phone.settings.get('features.action_uri_limit_ip')).toBe('192.0.2.10');
  expect((await office.get('/servlet?key=DNDOn')).status).toBe(403);
});

test('without its first line nothing is taken; comments and resets are understood, long URLs are not taken', async () => {
  await using office = await startOffice();
  const { settings } = office.phone;
  expect(office.phone.provision('features.action_uri.enable = 0')).toEqual({
    accepted: false,
    applied: 0,
    rejected: [],
  });
  const template = (length: number) => `http://192.0.2.10/${'x'.repeat(length - 'http://192.0.2.10/'.length)}`;
  const lines = [
    '## comment = 1',
    '# comment',
    '',
    'features.action_uri_limit_ip = %NULL%',
    `action_url.hold = ${template(511)}`,
    `action_url.unhold = ${template(512)}`,
    `action_url.peripheral_information = ${template(512)}`,
    'no setting',
  ];
  const before = settings.get('action_url.unhold');
  const result = office.phone.provision(['#!version:1.0.0.1', ...lines].join('\r\n'));
  expect([result.applied, result.rejected.map((line) => line.slice(0, 20))]).toEqual([
    3,
    ['action_url.unhold = ', 'no setting'],
  ]);
  expect(settings.get('features.action_uri_limit_ip')).toBe('');
  expect(settings.get('action_url.hold')?.length).toBe(511);
  expect(settings.get('action_url.unhold')).toBe(before);
});

test('AutoP fetches the file of the model and then its own, which wins', async () => {
  await using office = await startOffice({ model: 'T46U', mac: '805ec0abcdef' });
  const { phone, receiver } = office;
  receiver.pages.set('/p/y000000000108.cfg', '#!version:1.0.0.1\nlinekey.1.label = All\nlinekey.2.label = Two\n');
  receiver.pages.set('/p/805ec0abcdef.cfg', '#!version:1.0.0.1\nlinekey.1.label = Mine\n');
  phone.settings.set('static.auto_provision.server.url', `${receiver.address}/p/`);
  await office.press('AutoP');
  await phone.settings.waitFor('linekey.1.label', (label) => label === 'Mine');
  expect(phone.settings.get('linekey.2.label')).toBe('Two');
  expect(receiver.received.all.map(({ target }) => target)).toEqual(['/p/y000000000108.cfg', '/p/805ec0abcdef.cfg']);
  expect(receiver.received.last?.headers['user-agent']).toBe('Yealink SIP-T46U 108.85.0.5 80:5e:c0:ab:cd:ef');
});

test('an address without a slash at the end is fetched as it is, and what does not come changes nothing', async () => {
  await using office = await startOffice();
  const { phone, receiver } = office;
  receiver.pages.set('/one?t=1', '');
  receiver.pages.set('/one', '#!version:1.0.0.1\nlinekey.1.label = One\n');
  phone.settings.set('static.auto_provision.server.url', `${receiver.address}/one?t=1`);
  expect(await phone.autoProvision()).toEqual([{ accepted: true, applied: 1, rejected: [] }]);
  receiver.pages.set('/one', undefined);
  expect(await phone.autoProvision()).toEqual([]);
});

test.each(['none', 'ok'] as const)(
  'a reboot (reply: %s) ends its calls, comes back and says so',
  async (rebootReply) => {
    await using office = await startOffice({ quirks: { rebootReply } });
    const { phone, receiver } = office;
    receiver.pages.set('/cfg', '#!version:1.0.0.1\nlinekey.1.label = New\n');
    phone.settings.set('static.auto_provision.server.url', `${receiver.address}/cfg`);
    const call = office.colleague.dial('1001');
    await office.exchange.settled();
    await office.events();
    const reply = await office.get('/servlet?key=Reboot');
    expect(reply.status).toBe(rebootReply === 'ok' ? 200 : 0);
    await receiver.received.waitFor(({ target }) => target.startsWith('/registered'));
    expect([call.endReason, phone.settings.get('linekey.1.label')]).toEqual(['remoteRejected', 'New']);
    expect(await office.events()).toEqual(['setup_completed', 'setup_autop_finish', 'registered']);
    await phone.whenUp();
    expect((await office.get('/servlet?key=DNDOn')).status).toBe(200);
  },
);

test('in a call it does not reboot if the setting says so', async () => {
  await using office = await startOffice({ settings: { 'features.reboot_in_talk_enable': '0' } });
  await office.press('number=1002');
  await office.press('Reboot');
  expect(office.phone.calls.length).toBe(1);
});

test('Reset takes everything back to the factory, action URLs included', async () => {
  await using office = await startOffice();
  const { phone } = office;
  await office.press('AlwaysFwdOn=1003');
  await office.events();
  await office.get('/servlet?key=Reset');
  await phone.whenUp();
  expect(phone.settings.toRecord()).toEqual(FACTORY_SETTINGS);
  expect(phone.features.forward('always').on).toBe(false);
  expect((await office.get('/servlet?key=DNDOn')).status).toBe(403);
  expect(phone.actionUrls.history.all.filter(({ event }) => event === 'setup_completed')).toEqual([]);
});

test('Reset takes the login back to the factory’s too', async () => {
  await using office = await startOffice();
  const { phone } = office;
  const told = Buffer.from('admin:told').toString('base64');
  phone.login.settings.credentials = [{ username: 'admin', password: 'told' }];
  const headers = { Authorization: `Basic ${told}` };
  await sendRequest(phone.address, 'GET /servlet?key=Reset', { headers });
  await phone.whenUp();
  phone.settings.set('features.action_uri_limit_ip', 'any');
  phone.settings.set('features.show_action_uri_option', '0');
  expect((await sendRequest(phone.address, 'GET /servlet?key=DNDOn', { headers })).status).toBe(401);
  expect((await office.get('/servlet?key=DNDOn')).status).toBe(200);
});

test('a power cycle opens a phone that has locked itself', async () => {
  await using office = await startOffice({ lockout: { afterFailures: 1, forMs: 180_000, countsMissing: true } });
  const { phone } = office;
  phone.login.settings.credentials = [{ username: 'admin', password: 'other' }];
  expect((await office.get('/servlet?key=DNDOn')).status).toBe(401);
  phone.login.settings.credentials = [{ username: 'admin', password: 'admin' }];
  expect((await office.get('/servlet?key=DNDOn')).status).toBe(403);
  await phone.reboot();
  expect((await office.get('/servlet?key=DNDOn')).status).toBe(200);
});

test('a setting that has a value from the factory is never missing', async () => {
  await using office = await startOffice();
  office.phone.settings.delete('features.action_uri.enable');
  await office.press('DNDOn');
  office.phone.settings.delete('features.action_uri_limit_ip');
  expect((await office.get('/servlet?key=DNDOff')).status).toBe(403);
  expect(office.phone.features.isOn('dnd')).toBe(true);
});
