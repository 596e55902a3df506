import type { DriverContext, Outcome, SipRequest } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { driver } from '../../src/index.ts';
import type { YealinkOptions } from '../../src/options.ts';
import { fakeContext, profile } from '../support/fake-context.ts';
import { firstRung, short } from '../support/ladders.ts';
import { type Office, startOffice } from '../virtual/support/office.ts';

/** A context whose NOTIFYs reach the virtual phone, which is never spoken to over HTTP. */
function contextTo(office: Office, options: Partial<YealinkOptions> = {}): DriverContext<YealinkOptions> {
  const send = async ({ headers, body = '' }: SipRequest) => {
    const status = office.phone.receiveNotify({ event: headers?.['Event'] ?? '', body, from: '192.0.2.1' });
    await office.exchange.settled();
    return { status, reason: '', headers: {}, body: '' };
  };
  const context = fakeContext({ phone: profile({ options, reachableBy: { http: false, sip: true } }) });
  return { ...context, sip: { ...context.sip, send } };
}

const done = async (outcome: Promise<Outcome<unknown>>) => expect(short(await outcome)).toBe('ACCEPTED');

test.each(['number', 'key'] as const)(
  'by NOTIFY alone, in the form %s: dial, hold, transfer, hang up',
  async (form) => {
    await using office = await startOffice();
    const at = contextTo(office, { notifyDialForm: form });
    await done(firstRung('DIAL', at).dial({ to: '1002', from: '1001@pbx.example' }, at));
    expect(office.phone.calls.map(({ remote }) => remote.number)).toEqual(['1002']);
    office.colleague.answer();
    await office.exchange.settled();
    await done(firstRung('HOLD', at).setHold({ held: true }, at));
    expect(office.phone.calls[0]?.state).toBe('held');
    await done(firstRung('HOLD', at).setHold({ held: false }, at));
    expect(office.phone.calls[0]?.state).toBe('connected');
    await done(firstRung('HANG_UP', at).hangUp({}, at));
    expect(office.phone.calls).toEqual([]);
  },
);

test('it answers, and switches its features', async () => {
  await using office = await startOffice();
  const at = contextTo(office);
  office.colleague.dial('1001');
  await office.exchange.settled();
  await done(firstRung('ANSWER', at).answer({}, at));
  expect(office.phone.calls[0]?.state).toBe('connected');
  await done(firstRung('DO_NOT_DISTURB', at).setDoNotDisturb({ enabled: true }, at));
  expect(office.phone.features.isOn('dnd')).toBe(true);
});

test('XML where it is allowed: a light, a setting', async () => {
  await using office = await startOffice({ settings: { 'push_xml.sip_notify': '1' } });
  const at = contextTo(office);
  await done(firstRung('LED', at).setLed({ key: 'FUNCTION_4', light: 'SEIZED' }, at));
  expect(office.phone.lights.get('LINE4')?.color).toBe('RED');
  await done(
    firstRung('WRITE_SETTINGS', at).writeSettings({ settings: [{ name: 'linekey.2.label', value: 'Anna' }] }, at),
  );
  expect(office.phone.settings.get('linekey.2.label')).toBe('Anna');
  office.phone.settings.set('push_xml.sip_notify', '0');
  expect(await firstRung('DISPLAY', at).showMessage({ title: 'A', text: 'B' }, at)).toMatchObject({
    failure: { code: 'PHONE_REJECTED', message: expect.stringContaining('push_xml.sip_notify') },
  });
});

test('check-sync restarts it, or not, where sip.notify_reboot_enable is 0', async () => {
  await using office = await startOffice({ settings: { 'sip.notify_reboot_enable': '0' } });
  const at = contextTo(office);
  await done(
    driver.capabilitiesFor(at.phone).PROVISION?.at(-1)?.provision({ allowReboot: false }, at) ?? Promise.reject(),
  );
  await office.phone.whenUp();
  expect(await office.events()).toEqual([]);
  await done(firstRung('REBOOT', at).reboot({ evenInCall: false }, at));
  await office.phone.whenUp();
  expect(await office.events()).toContain('setup_completed');
});
