import { expect, test } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { CSTA_TYPE, openDialog } from './sip-dialog-wire.ts';
import { sipSender } from './sip-wire.ts';

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
  for (const headers of [[], ['Refer-To: nobody'], ['Refer-To: <sip:pbx.example>']]) {
    expect((await dialog.request('REFER', '', headers)).status).toBe(400);
  }
  await office.exchange.settled();
  expect([phone.calls, phone.callLists.dialed]).toEqual([[], []]);
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
