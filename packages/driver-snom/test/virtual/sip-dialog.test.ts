import { expect, test } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { CSTA_TYPE, openDialog } from './sip-dialog-wire.ts';
import { sipSender } from './sip-wire.ts';
import { fixture } from './wire.ts';

const OPEN = {
  sip: {},
  firmware: '10.1.33.33',
  settings: { filter_registrar: 'off' },
} as const satisfies VirtualSnomOptions;

test('uaCSTA: requests by INFO are answered by INFO, a monitor tells of calls, and the end of the dialog ends it', async () => {
  await using office = await Office.open();
  const phone = await office.phone(OPEN);
  const sender = await sipSender(phone);
  const dialog = await openDialog(sender, { headers: [CSTA_TYPE], body: fixture('csta-request-system-status.xml') });
  expect([dialog.ok.status, dialog.ok.headers['content-type']]).toEqual([200, 'application/csta+xml']);
  expect(dialog.ok.body).toContain('<systemStatus>normal</systemStatus>');
  const start =
    "<MonitorStart xmlns='http://www.ecma-international.org/standards/ecma-323/csta/ed5'><monitorObject><deviceObject>sip:1001@pbx.example</deviceObject></monitorObject></MonitorStart>";
  expect((await dialog.request('INFO', start)).body).toBe('');
  expect(await dialog.told('MonitorStartResponse')).toBe(
    '<?xml version="1.0" encoding="utf-8"?><MonitorStartResponse xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed5"><monitorCrossRefID>43</monitorCrossRefID><monitorExistingCalls>true</monitorExistingCalls></MonitorStartResponse>',
  );
  office.party('1002').dial('1001');
  const delivered = await dialog.told('DeliveredEvent');
  expect(delivered).toContain('<localConnectionInfo>alerting</localConnectionInfo>');
  expect(delivered).toContain(
    '<callingDevice><deviceIdentifier>sip:1002@pbx.example</deviceIdentifier></callingDevice>',
  );
  const id = phone.calls[0]?.id;
  await dialog.request('INFO', `<AnswerCall><callToBeAnswered><callID>${id}</callID></callToBeAnswered></AnswerCall>`);
  await dialog.told('AnswerCallResponse');
  expect(await dialog.told('EstablishedEvent')).toContain(`<callID>${id}</callID>`);
  await dialog.request(
    'INFO',
    `<ClearConnection><connectionToBeCleared><callID>${id}</callID></connectionToBeCleared></ClearConnection>`,
  );
  await dialog.told('ConnectionClearedEvent');
  await dialog.request('INFO', '<MonitorStop><monitorCrossRefID>43</monitorCrossRefID></MonitorStop>');
  await dialog.told('MonitorStopResponse');
  await dialog.request(
    'INFO',
    '<ClearConnection><connectionToBeCleared><callID>7</callID></connectionToBeCleared></ClearConnection>',
  );
  expect(await dialog.told('CSTAErrorCode')).toContain('invalidCallID');
  expect((await dialog.request('BYE')).status).toBe(200);
  expect((await dialog.request('INFO', start)).status).toBe(481);
});

test('uaCSTA answers in the 200 where the quirk says so', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ ...OPEN, quirks: { uaCstaReplies: 'response' } });
  const dialog = await openDialog(await sipSender(phone), { headers: [CSTA_TYPE] });
  expect((await dialog.request('INFO', '<RequestSystemStatus/>')).body).toContain('RequestSystemStatusResponse');
});

test.each([
  ['before 8.7.1', { model: '370', firmware: '8.4.35' }, {}],
  ['on a 220', { model: '220', firmware: '8.7.5.35' }, {}],
  ['with csta_control off', {}, { csta_control: 'off' }],
])('uaCSTA is refused %s', async (_, phoneOptions, settings) => {
  await using office = await Office.open();
  const phone = await office.phone({ ...OPEN, ...phoneOptions, settings: { ...OPEN.settings, ...settings } });
  const sender = await sipSender(phone);
  expect((await sender.ask({ method: 'INVITE', headers: [CSTA_TYPE] })).status).toBe(488);
  expect((await sender.ask({ method: 'INFO', headers: [CSTA_TYPE] })).status).toBe(481);
});

test('an INVITE that asks for it is answered where answer_after_policy lets it, and REFER dials', async () => {
  await using office = await Office.open();
  const colleague = office.party('1002');
  const phone = await office.phone(OPEN);
  const sender = await sipSender(phone);
  const headers = ['Alert-Info: <http://127.0.0.1/>;info=alert-autoanswer;delay=0', 'Content-Type: application/sdp'];
  expect((await sender.ask({ method: 'INVITE', headers })).status).toBe(480);
  phone.settings.set('answer_after_policy', 'idle');
  expect((await sender.ask({ method: 'INVITE', headers: [] })).status).toBe(480);
  const dialog = await openDialog(sender, { headers, body: 'v=0\r\n' });
  expect([dialog.ok.status, dialog.ok.headers['content-type']]).toEqual([200, 'application/sdp']);
  expect((await dialog.request('REFER', '', ['Refer-To: <sip:1002@pbx.example>'])).status).toBe(202);
  const told = async (body: string) => {
    const notify = await sender.received.waitFor((text) => text.start.startsWith('NOTIFY ') && text.body === body);
    sender.answer(notify);
    return [notify.headers['event'], notify.headers['subscription-state']];
  };
  expect(await told('SIP/2.0 100 Trying\r\n')).toEqual(['refer', 'active;expires=60']);
  expect(await told('SIP/2.0 180 Ringing\r\n')).toEqual(['refer', 'active;expires=60']);
  colleague.answer();
  expect(await told('SIP/2.0 200 OK\r\n')).toEqual(['refer', 'terminated;reason=noresource']);
  expect(phone.callLists.dialed).toEqual([{ number: '1002', displayName: '' }]);
  phone.telephony.endAll();
  await dialog.request('REFER', '', ['Refer-To: <sip:1999@pbx.example>']);
  expect(await told('SIP/2.0 404 Not Found\r\n')).toEqual(['refer', 'terminated;reason=noresource']);
  expect((await sender.ask({ method: 'REFER', headers: ['Refer-To: <sip:1002@h>'] })).status).toBe(481);
  expect((await dialog.request('BYE')).status).toBe(200);
});

test('settings by MESSAGE are written where allow_sip_settings is on, and get 200 in any case', async () => {
  await using office = await Office.open();
  const phone = await office.phone(OPEN);
  const sender = await sipSender(phone);
  const message = {
    method: 'MESSAGE',
    headers: ['Content-Type: application/xml', 'Event: snom-settings'],
    body: '<settings><phone-settings><dim_timer>10</dim_timer><user_realname idx="1">Desk</user_realname></phone-settings></settings>',
  };
  expect((await sender.ask(message)).status).toBe(200);
  expect([phone.settings.get('dim_timer'), phone.effects.all]).toEqual([undefined, [{ type: 'settingsIgnored' }]]);
  phone.settings.set('allow_sip_settings', 'on');
  await sender.ask(message);
  expect([phone.settings.get('dim_timer'), phone.settings.get('user_realname1')]).toEqual(['10', 'Desk']);
  expect((await sender.ask({ method: 'MESSAGE', headers: ['Content-Type: image/png'] })).status).toBe(415);
});

test('it asks for credentials by its settings, and registers with its own', async () => {
  await using office = await Office.open();
  const login = { username: '1001', password: 'sip-secret' };
  const registrar = await office.phone({ ...OPEN, identities: [{ number: '1009' }] });
  const phone = await office.phone({ ...OPEN, sip: { login, registrar: registrar.sipUri ?? '' } });
  expect(registrar.sipRequests?.last).toMatchObject({
    method: 'REGISTER',
    headers: { to: '<sip:1001@pbx.example>', expires: '3600' },
  });
  expect(phone.effects.all).toContainEqual({ type: 'sipRegistered', identity: 1, status: 405 });
  const sender = await sipSender(phone);
  const { status, headers } = await sender.ask({ method: 'OPTIONS' });
  expect([status, headers['www-authenticate']]).toEqual([
    401,
    expect.stringMatching(/^Digest realm="snom", nonce="\w+"/),
  ]);
  phone.settings.set('challenge_response', 'off');
  expect((await sender.ask({ method: 'OPTIONS' })).status).toBe(200);
  const check = { method: 'NOTIFY', headers: ['Event: check-sync;reboot=false'] };
  expect((await sender.ask(check)).status).toBe(401);
  phone.settings.set('challenge_checksync', 'off');
  expect((await sender.ask(check)).status).toBe(200);
});
