import { expect, test } from 'vitest';
import { fixture } from '../support/fixture.ts';
import { type Office, startOffice } from './support/office.ts';

const notify = (office: Office, event: string, body = '') =>
  office.phone.receiveNotify({ event, body, from: '192.0.2.1' });

test('the body of the guide presses a key, the allow list does not count, the prompt does', async () => {
  await using office = await startOffice({
    settings: { 'features.action_uri_limit_ip': '', 'features.show_action_uri_option': '1' },
  });
  office.colleague.dial('1001');
  await office.exchange.settled();
  const sample = fixture('sip/notify-action-uri.txt');
  const event = /^Event: (.*)$/m.exec(sample)?.[1] ?? '';
  const body = sample.split('\n\n')[1] ?? '';
  expect([event, body.length]).toEqual(['ACTION-URI', 6]);
  expect(notify(office, event, body)).toBe(403);
  office.phone.user.allowRemoteControl();
  expect(notify(office, event, body)).toBe(200);
  expect(office.phone.calls[0]?.state).toBe('connected');
  office.phone.settings.set('features.action_uri.enable', '0');
  expect(notify(office, 'ACTION-URI', 'key=CALLEND')).toBe(403);
});

test('dialling, with and without key=', async () => {
  await using office = await startOffice();
  notify(office, 'ACTION-URI', 'number=1002&outgoing_uri=sip:1001@pbx.example');
  notify(office, 'ACTION-URI', 'key=number=1003');
  expect(office.phone.calls.map((leg) => leg.remote.number)).toEqual(['1002', '1003']);
});

test('XML comes by NOTIFY where it is allowed', async () => {
  await using office = await startOffice();
  const xml = '<YealinkIPPhoneExecute><ExecuteItem URI="Led:LINE4_RED=on"/></YealinkIPPhoneExecute>';
  expect(notify(office, 'Yealink-xml', xml)).toBe(403);
  office.phone.settings.set('push_xml.sip_notify', '1');
  expect(notify(office, 'Yealink-xml', xml)).toBe(200);
  expect(office.phone.lights.get('LINE4')?.color).toBe('RED');
});

test.each([
  ['0', 'check-sync;reboot=true', true],
  ['0', 'check-sync;reboot=false', false],
  ['1', 'check-sync', true],
  ['2', 'check-sync;reboot=true', false],
])('with sip.notify_reboot_enable = %s, %s reboots: %s', async (setting, event, reboots) => {
  await using office = await startOffice({ settings: { 'sip.notify_reboot_enable': setting } });
  notify(office, event);
  await office.phone.whenUp();
  expect(await office.events()).toEqual(reboots ? ['setup_completed', 'registered'] : []);
});

test('talk answers or resumes, hold holds, other events are not known', async () => {
  await using office = await startOffice();
  office.colleague.dial('1001');
  await office.exchange.settled();
  notify(office, 'talk');
  notify(office, 'hold');
  notify(office, 'hold');
  expect(office.phone.calls[0]?.state).toBe('held');
  notify(office, 'talk');
  expect(office.phone.calls[0]?.state).toBe('connected');
  expect(notify(office, 'resync')).toBe(489);
});
