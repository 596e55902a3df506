import { expect, test } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { CSTA_TYPE, openDialog } from './sip-dialog-wire.ts';
import { sipSender, xmlNotify } from './sip-wire.ts';
import { ask } from './wire.ts';

const OPEN = {
  sip: {},
  firmware: '10.1.180.0',
  settings: { filter_registrar: 'off' },
} as const satisfies VirtualSnomOptions;
const AUTO = ['Alert-Info: <http://127.0.0.1/>;info=alert-autoanswer;delay=0', 'Content-Type: application/sdp'];

test('an INFO that carries no CSTA is taken in a dialog, and refused outside of one', async () => {
  await using office = await Office.open();
  const sender = await sipSender(await office.phone(OPEN));
  const dialog = await openDialog(sender, { headers: [CSTA_TYPE] });
  expect((await dialog.request('INFO', 'Signal=1', ['Content-Type: application/dtmf-relay'])).status).toBe(200);
  expect((await sender.ask({ method: 'INFO', body: 'Signal=1' })).status).toBe(481);
});

test('a REFER to nobody is refused, and nothing is dialled', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ ...OPEN, settings: { ...OPEN.settings, answer_after_policy: 'idle' } });
  const dialog = await openDialog(await sipSender(phone), { headers: AUTO, body: 'v=0\r\n' });
  for (const header of ['Subject: none', 'Refer-To: nobody', 'Refer-To: <sip:pbx.example>', 'Refer-To: <sip:%zz@h>']) {
    expect((await dialog.request('REFER', '', [header])).status).toBe(400);
  }
  await office.exchange.settled();
  expect([phone.calls, phone.callLists.dialed]).toEqual([[], []]);
});

/** A phone in a dialog by which calls can be referred, and what it tells of them. */
const referring = async (office: Office, options: VirtualSnomOptions = {}) => {
  const phone = await office.phone({
    ...OPEN,
    ...options,
    settings: { ...OPEN.settings, answer_after_policy: 'idle' },
  });
  const sender = await sipSender(phone);
  const dialog = await openDialog(sender, { headers: AUTO, body: 'v=0\r\n' });
  const told = () =>
    sender.received.all.filter(({ start }) => start.startsWith('NOTIFY ')).map(({ body }) => body.trim());
  const refer = () => dialog.request('REFER', '', ['Refer-To: <sip:1002@pbx.example>']);
  return { phone, sender, dialog, refer, told };
};

test('a REFER to a phone that is logged off is taken, and told to have failed', async () => {
  await using office = await Office.open();
  const { phone, sender, refer, told } = await referring(office);
  await ask(phone, '/command.htm?LOGOFFALL');
  expect((await refer()).status).toBe(202);
  const last = await sender.received.waitFor(({ body }) => body.startsWith('SIP/2.0 503'));
  expect(last.headers['subscription-state']).toBe('terminated;reason=noresource');
  expect(told()).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 503 Service Unavailable']);
});

test('a phone with the quirk does what a REFER says, and tells nothing of it', async () => {
  await using office = await Office.open();
  const colleague = office.party('1002', { answersAfterMs: 0 });
  const { sender, refer, told } = await referring(office, { quirks: { referProgress: 'silent' } });
  expect((await refer()).status).toBe(202);
  await expect.poll(() => colleague.legs[0]?.state).toBe('connected');
  await sender.ask({ method: 'OPTIONS' });
  expect(told()).toEqual([]);
});

test('who has ended the dialog is told no more of what was referred', async () => {
  await using office = await Office.open();
  const colleague = office.party('1002');
  const { phone, sender, dialog, refer, told } = await referring(office);
  await refer();
  await sender.received.waitFor(({ body }) => body.startsWith('SIP/2.0 180'));
  await dialog.request('BYE');
  colleague.answer();
  await office.exchange.settled();
  expect(phone.calls[0]?.state).toBe('connected');
  await sender.ask({ method: 'OPTIONS' });
  expect([...new Set(told())]).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 180 Ringing']);
});

test('what does not say what it is: a MESSAGE without a type, a NOTIFY without an event', async () => {
  await using office = await Office.open();
  const sender = await sipSender(await office.phone(OPEN));
  expect((await sender.ask({ method: 'MESSAGE', body: 'k=1\r\nc=on\r\n' })).status).toBe(415);
  expect((await sender.ask({ method: 'NOTIFY', body: '<SnomIPPhoneText/>' })).status).toBe(489);
});

test('with filter_registrar a trusted host is heard with XML only, which says that it is', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ ...OPEN, settings: { mb_trusted_hosts: '127.0.0.1' } });
  const sender = await sipSender(phone);
  const document = '<SnomIPPhoneText><Title>Hi</Title></SnomIPPhoneText>';
  sender.send({ method: 'NOTIFY', headers: ['Event: xml'], body: document });
  expect((await sender.ask(xmlNotify(document))).status).toBe(200);
  expect([phone.sipRequests?.count, sender.received.count, phone.browser.shown.count]).toEqual([2, 1, 1]);
});

test.each([
  ['always', '10.1.180.0', 200],
  ['not_busy', '8.7.5.35', 480],
  ['not_busy', '8.7.4.7', 480],
  ['off', '10.1.180.0', 480],
])('with answer_after_policy %s, %s: an INVITE during a call gets %i', async (policy, firmware, status) => {
  await using office = await Office.open();
  const settings = { ...OPEN.settings, answer_after_policy: policy };
  const phone = await office.phone({ ...OPEN, model: '720', firmware, settings });
  office.party('1002').dial('1001');
  await office.exchange.settled();
  expect(phone.calls).toHaveLength(1);
  expect((await (await sipSender(phone)).ask({ method: 'INVITE', headers: AUTO })).status).toBe(status);
});

test.each([
  ['8.7.4.8', 200],
  ['8.7.4.7', 480],
])('not_busy is a word of answer_after_policy from 8.7.4.8 on: %s, idle', async (firmware, status) => {
  await using office = await Office.open();
  const settings = { ...OPEN.settings, answer_after_policy: 'not_busy' };
  const phone = await office.phone({ ...OPEN, model: '720', firmware, settings });
  expect((await (await sipSender(phone)).ask({ method: 'INVITE', headers: AUTO })).status).toBe(status);
});

test('a MESSAGE of another event than settings is taken and writes nothing', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ ...OPEN, settings: { ...OPEN.settings, allow_sip_settings: 'on' } });
  const body = '<settings><phone-settings><dim_timer>10</dim_timer></phone-settings></settings>';
  const headers = ['Content-Type: application/xml', 'Event: snom-action'];
  expect((await (await sipSender(phone)).ask({ method: 'MESSAGE', headers, body })).status).toBe(200);
  expect([phone.settings.get('dim_timer'), phone.effects.all]).toEqual([undefined, []]);
});

test.each([
  ['check-sync', 'factory-reset', ['reset', 'rebooted']],
  ['check-sync', 'sync', ['provisionedAgain']],
  ['check-sync;reboot=true', 'delete-contacts', []],
])('%s with checksync_action %s', async (event, action, types) => {
  await using office = await Office.open();
  const phone = await office.phone({
    ...OPEN,
    quirks: { rebootMs: 0 },
    settings: { ...OPEN.settings, checksync_action: action },
  });
  const headers = [`Event: ${event}`, 'Subscription-State: terminated'];
  expect((await (await sipSender(phone)).ask({ method: 'NOTIFY', headers })).status).toBe(200);
  await phone.effects.waitForCount(types.length);
  await phone.power.settled();
  expect(phone.effects.all.map(({ type }) => type)).toEqual(types);
});
