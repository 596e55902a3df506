import { expect, test } from 'vitest';
import { actionUrlSettings } from '../../src/virtual/index.ts';
import { Office, reporting } from './office.ts';
import { ask, csta } from './wire.ts';

test('there are 26 settings and one alias', () => {
  expect(actionUrlSettings).toHaveLength(27);
  expect(new Set(actionUrlSettings.map(({ setting }) => setting)).size).toBe(27);
});

test('a start reports each identity and that it is set up', async () => {
  await using office = await Office.open();
  const { started } = await reporting(office, { identities: [{ number: '1001' }, { number: '1011' }] });
  expect(started.toSorted()).toEqual(['/action_log_on_url', '/action_log_on_url', '/action_setup_url']);
});

test('an incoming call that is taken, held, resumed and ended', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  office.party('1002').dial('1001');
  await office.quiet();
  for (const key of ['ENTER', 'F_HOLD', 'F_HOLD', 'CANCEL']) {
    phone.user.press(key);
    await office.quiet();
  }
  const expected = ['incoming_url', 'connected_url', 'hold', 'unhold', 'disconnected_url'].map(
    (name) => `/action_${name}?id=-1`,
  );
  expect(office.gateway.requests.all.map(({ target }) => target)).toEqual(expected);
});

test('an outgoing call that is not taken', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  const far = office.party('1002');
  phone.user.dial('1002');
  await office.quiet();
  far.hangUp();
  await office.quiet();
  expect(office.gateway.requests.all.map(({ target }) => target)).toEqual([
    '/action_outgoing_url?id=1',
    '/action_disconnected_url?id=1',
  ]);
});

test.each([
  ['off', ['/action_incoming_url']],
  ['on', ['/action_incoming_url', '/action_disconnected_url']],
])('a rejected call with disconnected_url_on_reject %s', async (setting, expected) => {
  await using office = await Office.open();
  const { phone } = await reporting(office, { settings: { disconnected_url_on_reject: setting } });
  office.party('1002').dial('1001');
  await office.quiet();
  phone.user.cancel();
  await office.quiet();
  expect(office.paths).toEqual(expected);
});

test.each(['off', 'on'])(
  'a call that its caller gave up is a missed one, disconnected_url_on_reject %s',
  async (setting) => {
    await using office = await Office.open();
    const { phone } = await reporting(office, { settings: { disconnected_url_on_reject: setting } });
    const caller = office.party('1002');
    caller.dial('1001');
    await office.quiet();
    caller.hangUp();
    await office.quiet();
    expect(office.paths).toEqual(['/action_incoming_url', '/action_missed_url']);
    expect(phone.callLists.missed).toEqual([{ number: '1002', displayName: '' }]);
  },
);

test('the handset, do not disturb and forwarding', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  const acts = [
    () => phone.user.pickUp(),
    () => phone.user.pickUp(),
    () => phone.user.hangUp(),
    () => phone.user.press('DND'),
    () => phone.user.press('DND'),
    () => phone.features.setForward('always', { on: true, target: '1003' }),
    () => phone.features.setForward('always', { target: '1004' }),
    () => phone.user.press('F_REDIRECT'),
  ];
  for (const act of acts) {
    act();
    await office.quiet();
  }
  const expected = [
    'offhook_url',
    'onhook_url',
    'dnd_on_url',
    'dnd_off_url',
    'redirection_on_url',
    'redirection_off_url',
  ];
  expect(office.paths).toEqual(expected.map((name) => `/action_${name}`));
});

test('a blind transfer', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  office.party('1003', { answersAfterMs: 0 });
  office.party('1002').dial('1001');
  await office.quiet();
  phone.user.answer();
  await office.quiet();
  office.gateway.requests.clear();
  for (const key of ['TRANSFER', '1', '0', '0', '3', 'ENTER']) phone.user.press(key);
  await office.quiet();
  const expected = ['/action_blind_transfer', '/action_disconnected_url', '/action_hold', '/action_transfer'];
  expect(office.paths.toSorted()).toEqual(expected);
});

test('who is transferred blindly has received no attended transfer', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  office.party('1003', { answersAfterMs: 0 });
  const transferor = office.party('1002');
  const leg = transferor.dial('1001');
  await office.quiet();
  phone.user.answer();
  await office.quiet();
  office.gateway.requests.clear();
  expect(transferor.line.blindTransfer(leg, '1003')).toBe(true);
  await office.quiet();
  expect([phone.calls.map(({ remote }) => remote.number), office.paths]).toEqual([['1003'], []]);
});

test('an attended transfer, seen by who transfers and by its target', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  const target = await office.phone({
    identities: [{ number: '1003' }],
    settings: { action_received_attended_transfer: `${office.gateway.address}/target?remote=$remote` },
  });
  office.party('1002').dial('1001');
  await office.quiet();
  phone.user.answer();
  await office.quiet();
  phone.user.press('F_HOLD');
  phone.user.dial('1003');
  await office.quiet();
  target.user.answer();
  await office.quiet();
  office.gateway.requests.clear();
  phone.user.press('TRANSFER');
  await office.quiet();
  expect(office.gateway.requests.all.map(({ target: called }) => called).toSorted()).toEqual([
    '/action_attended_transfer?id=-1',
    '/action_disconnected_url?id=-1',
    '/action_disconnected_url?id=2',
    '/action_transfer?id=-1',
    '/target?remote=1002@pbx.example',
  ]);
});

test('the target of a transfer that still rings has received none', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  const target = await office.phone({
    identities: [{ number: '1003' }],
    settings: { action_received_attended_transfer: `${office.gateway.address}/target?remote=$remote` },
  });
  office.party('1002').dial('1001');
  await office.quiet();
  phone.user.answer();
  await office.quiet();
  phone.user.press('F_HOLD');
  phone.user.dial('1003');
  await office.quiet();
  phone.user.press('TRANSFER');
  await office.quiet();
  expect(target.calls.map(({ remote, state }) => `${remote.number} ${state}`)).toEqual(['1002 ringing']);
  expect(office.paths.filter((path) => path.startsWith('/target'))).toEqual([]);
});

test('a line key held for more than two seconds is reported and does nothing else', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office, { quirks: { keyTiming: 'none' } }, 'key=$longpress_key');
  phone.user.press('1');
  await ask(phone, '/command.htm?key=P2,2000');
  expect(phone.callLists.dialed).toHaveLength(1);
  await office.quiet();
  office.gateway.requests.clear();
  await ask(phone, '/command.htm?key=P2,2001');
  phone.user.press('P3', { holdMs: 2500 });
  await office.quiet();
  expect(office.gateway.requests.all.map(({ target }) => target)).toEqual([
    '/action_longpress_url?key=P2',
    '/action_longpress_url?key=P3',
  ]);
});

test('identities that log off and on say which one', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(
    office,
    { identities: [{ number: '1001' }, { number: '1011', domain: 'two.example' }] },
    'who=$context_url',
  );
  await ask(phone, '/command.htm?LOGOFFLINE=2');
  await office.quiet();
  await ask(phone, '/dummy.htm?REREGISTER=2');
  await office.quiet();
  expect(office.gateway.requests.all.map(({ target }) => target)).toEqual([
    '/action_log_off_url?who=1011@two.example',
    '/action_log_on_url?who=1011@two.example',
  ]);
});

test('logging off ends the calls first', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  office.party('1002', { answersAfterMs: 0 });
  phone.user.dial('1002');
  await office.quiet();
  office.gateway.requests.clear();
  await ask(phone, '/command.htm?LOGOFFALL');
  await office.quiet();
  expect(office.paths.toSorted()).toEqual(['/action_disconnected_url', '/action_log_off_url']);
});

test('a registration that fails is reported', async () => {
  await using office = await Office.open();
  office.party('1001');
  const { phone, started } = await reporting(office);
  expect(started.toSorted()).toEqual(['/action_reg_failed', '/action_setup_url']);
  expect(phone.accounts.map(({ registered }) => registered)).toEqual([false]);
});

test.each([
  [200, []],
  [404, ['1002']],
])('a blacklist that answers %i', async (status, rings) => {
  await using office = await Office.open();
  office.answers.set('/black', { status });
  const url = `${office.gateway.address}/black?r=$remote`;
  const { phone } = await reporting(office, { settings: { action_blacklist_url: url } });
  const leg = office.party('1002').dial('1001');
  await office.called('/black');
  await office.quiet();
  expect(phone.calls.map(({ remote }) => remote.number)).toEqual(rings);
  expect(leg.endReason).toBe(status === 200 ? 'remoteRejected' : undefined);
  expect(office.paths).toEqual(status === 200 ? ['/black'] : ['/black', '/action_incoming_url']);
  expect(phone.callLists.missed).toEqual([]);
});

test('a blacklist that says nothing in time lets the call ring', async () => {
  await using office = await Office.open();
  office.gateway.faults.dead = true;
  const settings = { action_blacklist_url: `${office.gateway.address}/black`, remote_blacklist_action_timer: '0.05' };
  const phone = await office.phone({ settings });
  office.party('1002').dial('1001');
  await phone.lights.waitFor('P1', (light) => light?.state === 'blinkfast');
  expect(phone.calls).toHaveLength(1);
});

test('while the blacklist is asked the call is nowhere to be seen', async () => {
  await using office = await Office.open();
  office.answers.set('/black', { status: 404, delivery: 'never' });
  const phone = await office.phone({ settings: { action_blacklist_url: `${office.gateway.address}/black` } });
  office.party('1002').dial('1001');
  await office.called('/black');
  expect([phone.calls, phone.lights.get('P1')?.state]).toEqual([[], 'off']);
});

test('firmware before 8.9.3.70 asks no blacklist', async () => {
  await using office = await Office.open();
  const settings = { action_blacklist_url: `${office.gateway.address}/black` };
  const { phone } = await reporting(office, { model: '720', firmware: '8.7.5.35', settings });
  office.party('1002').dial('1001');
  await office.quiet();
  expect([office.paths, phone.calls.length]).toEqual([['/action_incoming_url'], 1]);
});

test('an XML answer opens the browser, any other shows nothing', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  office.answers.set('/action_dnd_on_url', { status: 200, body: '<html><body>hello</body></html>' });
  phone.user.press('DND');
  await office.quiet();
  expect(phone.browser.document).toBeUndefined();
  office.answers.set('/action_dnd_off_url', {
    status: 200,
    body: '<SnomIPPhoneText><Title>Hi</Title></SnomIPPhoneText>',
  });
  phone.user.press('DND');
  await office.quiet();
  expect(phone.browser.document?.title).toBe('Hi');
});

test('FireTest fires whichever name is set', async () => {
  await using office = await Office.open();
  const settings = { action_fwtest_url: '' };
  const { phone } = await reporting(office, { settings });
  const request = '<Envelope><Body><FireTest/></Body></Envelope>';
  await csta(phone, request);
  await office.quiet();
  expect(office.paths).toEqual(['/action_firewall_test']);
  phone.quirks.firewallTestSetting = 'action_fwtest_url';
  await csta(phone, request);
  await office.quiet();
  expect(office.paths).toEqual(['/action_firewall_test']);
});

test('a server that is not there leaves the phone as it is', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office);
  await office.gateway.refuseConnections(true);
  phone.user.press('DND');
  const fired = await phone.actionUrls.history.waitFor(({ event }) => event === 'action_dnd_on_url');
  expect([fired.failure, phone.features.isOn('dnd')]).toEqual(['refused', true]);
});
