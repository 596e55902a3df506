import { expect, test } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { buttons, sipSender, xmlNotify } from './sip-wire.ts';
import { fixture } from './wire.ts';

const GATEWAY = '127.0.0.1';
/** A D862 that trusts the gateway. */
const D862 = { model: 'D862', sip: {}, settings: { mb_trusted_hosts: GATEWAY } } as const satisfies VirtualSnomOptions;

const silent = (fragment: string) =>
  xmlNotify(
    `<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneSilent state="relevant" document_id="phone_control"><fetch mil="10">snom://mb_nop#${fragment}</fetch></SnomIPPhoneSilent>`,
  );

const opening = async (office: Office, options: VirtualSnomOptions = D862) => {
  const phone = await office.phone(options);
  const sender = await sipSender(phone);
  const order = async (fragment: string): Promise<number> => {
    const { status } = await sender.ask(silent(fragment));
    await phone.browser.settled();
    await office.exchange.settled();
    return status;
  };
  return { phone, sender, order };
};

test('a D862 is dialled, held, resumed, transferred and hung up by silent documents', async () => {
  await using office = await Office.open();
  const { phone, order } = await opening(office);
  office.party('1002', { answersAfterMs: 0 });
  const third = office.party('1003', { answersAfterMs: 0 });
  expect(await order('numberdial=1002')).toBe(200);
  await expect.poll(() => phone.calls[0]?.state).toBe('connected');
  await order('key=F_HOLD');
  expect(phone.calls[0]?.state).toBe('held');
  await order('key=F_HOLD');
  expect(phone.calls[0]?.state).toBe('connected');
  await order('key=F_TRANSFER');
  await order('numberdial=1003');
  expect(phone.calls).toEqual([]);
  expect(third.legs.map(({ remote }) => remote.number)).toEqual(['1002']);
  await order('numberdial=1003');
  await order('key=F_CANCEL');
  expect(phone.calls).toEqual([]);
});

test('ENTER answers; OFFHOOK and what else was tried do nothing on a D862', async () => {
  await using office = await Office.open();
  const { phone, order } = await opening(office);
  office.party('1002').dial('1001');
  await office.exchange.settled();
  for (const key of ['OFFHOOK', 'ANSWER', 'F_ANSWER', 'OK']) {
    expect(await order(`key=${key}`)).toBe(200);
    expect(phone.calls[0]?.state).toBe('ringing');
  }
  await order('key=ENTER');
  expect(phone.calls[0]?.state).toBe('connected');
  await order('set:dnd_mode=on');
  expect(phone.settings.get('dnd_mode')).toBeUndefined();
});

test('a document in use is taken as it is, and one that shows something is shown', async () => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office);
  expect((await sender.ask(xmlNotify(fixture('minibrowser-silent-hold.xml').trim()))).status).toBe(200);
  await sender.ask(xmlNotify('<SnomIPPhoneText><Title>Hi</Title><Text>there</Text></SnomIPPhoneText>'));
  expect(phone.screen.content.lines).toEqual(['1001', 'Hi', 'there']);
  expect(phone.browser.shown.all.map(({ kind }) => kind)).toEqual(['silent', 'text']);
});

test.each([
  ['a host that is not trusted', { ...D862, settings: { filter_registrar: 'off' } }, true],
  [
    'firmware before 10.1.82.0',
    { ...D862, firmware: '10.1.64.0', settings: { mb_trusted_hosts: GATEWAY, filter_registrar: 'off' } },
    true,
  ],
  [
    'an older phone without xml_notify',
    { model: '370', firmware: '8.7.5.35', sip: {}, settings: { filter_registrar: 'off' } },
    true,
  ],
  [
    'an older phone with it',
    { model: '370', firmware: '8.7.5.35', sip: {}, settings: { filter_registrar: 'off', xml_notify: 'on' } },
    false,
  ],
  ['the registrar', { model: 'D862', sip: { registrar: 'sip:127.0.0.1:9' } }, false],
])('XML of %s gets 200; ignored: %s', async (_, options, ignored) => {
  await using office = await Office.open();
  const registrar = 'registrar' in options.sip;
  const phone = await office.phone(
    registrar ? { ...options, sip: { registrar: `sip:${GATEWAY}:${await silentPort(office)}` } } : options,
  );
  const sender = await sipSender(phone);
  const { status } = await sender.ask(xmlNotify('<SnomIPPhoneText><Title>Hi</Title></SnomIPPhoneText>'));
  expect(status).toBe(200);
  expect(phone.browser.shown.count).toBe(ignored ? 0 : 1);
  expect(phone.effects.all.some(({ type }) => type === 'xmlIgnored')).toBe(ignored);
});

/** A SIP side that takes registrations: that of another phone. */
const silentPort = async (office: Office): Promise<string> => {
  const other = await office.phone({
    identities: [{ number: '1009' }],
    sip: {},
    settings: { filter_registrar: 'off' },
  });
  return other.sipUri?.split(':').at(-1) ?? '';
};

test('with filter_registrar nobody but the registrar is heard, and XML of trusted hosts', async () => {
  await using office = await Office.open();
  const { phone, sender, order } = await opening(office);
  sender.send(buttons('k=1\r\nc=on\r\n'));
  sender.send({ method: 'OPTIONS' });
  expect(await order('key=F_DND')).toBe(200);
  expect(phone.features.isOn('dnd')).toBe(true);
  expect([phone.sipRequests?.count, sender.received.count]).toEqual([3, 1]);
  const stranger = await sipSender(phone, '127.0.0.9');
  stranger.send(silent('key=F_DND'));
  await phone.sipRequests?.waitForCount(4);
  expect([phone.features.isOn('dnd'), stranger.received.count]).toEqual([true, 0]);
});

const OPEN = { sip: {}, settings: { filter_registrar: 'off' } } as const satisfies VirtualSnomOptions;
const event = (value: string) => ({ method: 'NOTIFY', headers: [`Event: ${value}`, 'Subscription-State: active'] });

test.each([
  ['check-sync;reboot=true', { type: 'rebooted' }],
  ['check-sync;reboot=false', { type: 'provisionedAgain' }],
  ['check-sync;reboot=reregister-only', { type: 'reregistered', identity: 1 }],
])('%s', async (name, effect) => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office, OPEN);
  expect((await sender.ask(event(name))).status).toBe(200);
  expect(phone.effects.all).toEqual([effect]);
  await phone.power.settled();
});

test('checksync_action overrules it from 10.1.180 on', async () => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office, {
    ...OPEN,
    firmware: '10.1.180.0',
    settings: { ...OPEN.settings, checksync_action: 'reregister' },
  });
  await sender.ask(event('check-sync;reboot=true'));
  expect(phone.effects.all).toEqual([{ type: 'reregistered', identity: 1 }]);
});

test('talk answers and takes back, hold holds, each twice without harm; other events are not known', async () => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office, OPEN);
  office.party('1002').dial('1001');
  await office.exchange.settled();
  const states: unknown[] = [];
  for (const name of ['talk', 'talk', 'hold', 'hold', 'talk']) {
    await sender.ask(event(name));
    states.push(phone.calls[0]?.state);
  }
  expect(states).toEqual(['connected', 'connected', 'held', 'held', 'connected']);
  phone.quirks.talkOutsideDialog = 'refused';
  expect((await sender.ask(event('hold'))).status).toBe(481);
  expect((await sender.ask({ ...event('hold'), callId: phone.calls[0]?.sipCallId ?? '' })).status).toBe(200);
  expect(phone.calls[0]?.state).toBe('held');
  expect((await sender.ask(event('resync'))).status).toBe(489);
  const options = await sender.ask({ method: 'OPTIONS' });
  expect(options.headers['allow-events']).toContain('talk, hold');
});

test('check-sync fetches the file of setting_server, and keeps it over a reboot', async () => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office, OPEN);
  office.answers.set('/file', { status: 200, body: fixture('provisioning.xml') });
  phone.settings.set('setting_server', `${office.gateway.address}/file`);
  await sender.ask(event('check-sync;reboot=false'));
  await phone.settings.waitFor('http_scheme', (value) => value === 'on');
  expect(phone.settings.get('action_incoming_url')).toBe(
    'http://gw.example/a/TOKEN/incoming?csta_id=$csta_id&remote=$remote',
  );
  expect(phone.memory.flash['mb_trusted_hosts']).toBe('gw.example');
});
