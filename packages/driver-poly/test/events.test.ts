import { expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { POSTED } from './posted.table.ts';
import { profile } from './support/context.ts';

const OPTIONS = { accounts: '1006@pbx.example' };

function parse(name: string) {
  const body = POSTED.find((sample) => sample.name === name)?.body;
  return driver.actionUrls.parse({ path: 'event', rawQuery: '', body }, profile({}, OPTIONS));
}

test('a state: its call by reference, direction and both parties', () => {
  expect(parse('the state Ringback')).toMatchObject({
    vendorEvent: 'CallStateChangeEvent',
    tellsState: true,
    device: { mac: '00:04:f2:83:9a:f9' },
    event: {
      type: 'CALL',
      callState: 'DIALING',
      call: {
        vendorIds: { CallReference: '41aa9c00' },
        direction: 'OUTGOING',
        remote: { number: '1007', uri: 'sip:1007@example.com', displayName: 'Bert' },
        local: { number: '1006', uri: 'sip:1006@example.com', displayName: '1006' },
      },
    },
  });
  expect(parse('the state Offering')).toMatchObject({
    event: {
      call: { direction: 'INCOMING', remote: { number: '1006' }, local: { number: '1007', displayName: 'Bert' } },
    },
  });
});

test('a call that is told without its reference is known by its parties', () => {
  expect(parse('IncomingCallEvent alone')?.event).toMatchObject({
    call: { vendorIds: {}, direction: 'INCOMING', remote: { number: '20701', displayName: '20701' } },
  });
  expect(parse('OutgoingCallEvent alone')?.event).toMatchObject({
    call: { vendorIds: {}, direction: 'OUTGOING', remote: { number: '20300' } },
  });
});

test('registrations name the account of the line, and only states are told as states', () => {
  const uri = { accountUri: '1006@pbx.example' };
  expect(parse('LineRegistrationEvent alone')?.event).toMatchObject({ registrationState: 'REGISTERED', ...uri });
  expect(parse('LineUnregistrationEvent alone')?.event).toMatchObject({ registrationState: 'UNREGISTERED', ...uri });
  expect(parse('OffHookEvent alone')?.event).toMatchObject({ userEventKind: 'OFF_HOOK' });
  expect(parse('OnHookEvent alone')?.event).toMatchObject({ userEventKind: 'ON_HOOK' });
  expect(parse('OnHookEvent alone')?.tellsState).toBeUndefined();
});

test('a state that is not told, or that nobody knows, is OTHER', () => {
  const parsed = (attributes: string) =>
    driver.actionUrls.parse(
      { path: 'event', rawQuery: '', body: `<CallStateChangeEvent CallReference="a"${attributes}/>` },
      profile(),
    )?.event;
  expect([parsed(''), parsed(' CallState="Dialtone"')]).toEqual([{ type: 'OTHER' }, { type: 'OTHER' }]);
});

test('what cannot be read is kept as it came', () => {
  const report = { path: 'event', rawQuery: 'a=1', body: '<html>' };
  expect(driver.actionUrls.parse(report, profile())).toMatchObject({
    event: { type: 'OTHER' },
    vendorEvent: 'apps.telNotification.URL',
    variables: [
      { name: 'a', value: '1' },
      { name: 'body', value: '<html>' },
    ],
  });
});

test('the configuration file opens the API, names the URL and its switches, and the user of pushes', () => {
  const url = 'http://192.0.2.9/a/token/event?a=1&b="2"';
  const request = { actionUrls: [{ setting: 'apps.telNotification.URL', url }], gatewayHost: '192.0.2.9' };
  const text = (options: Record<string, string>) =>
    driver.provisioning({ ...request, phone: profile({}, options) })?.text ?? '';
  expect(text({})).toBe(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<PHONE_CONFIG>
  <ALL
    apps.restapi.enabled="1"
    apps.telNotification.URL="http://192.0.2.9/a/token/event?a=1&amp;b=&quot;2&quot;"
    apps.telNotification.callStateChangeEvent="1"
    apps.telNotification.lineRegistrationEvent="1"
    apps.telNotification.offhookEvent="1"
    apps.telNotification.onhookEvent="1"
  />
</PHONE_CONFIG>
`);
  const pushed = text({ pushUsername: 'pusher', pushPassword: 'top-secret' });
  expect(pushed).toContain('apps.push.messageType="5"\n    apps.push.username="pusher"');
  expect(pushed).not.toContain('top-secret');
});
