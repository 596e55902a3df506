import type { SipReply } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import {
  bodyObjection,
  checkSyncNotify,
  dialNotify,
  keyNotify,
  type NotifyEvent,
  readNotifyReply,
  xmlNotify,
} from '../../src/wire/notify.ts';
import { fixture, fixtureLines } from '../support/fixture.ts';
import { short } from '../support/ladders.ts';

const [head = '', body = ''] = fixture('sip/notify-action-uri.txt').split('\n\n');

test("the guide's example: event, type and a body of 6 octets", () => {
  const request = keyNotify(['OK']);
  expect(head).toContain(`\nEvent: ${request.headers?.['Event']}\n`);
  expect(head).toContain(`\nContent-Type: ${request.contentType}\n`);
  expect(request.body).toBe(body);
  expect(Buffer.byteLength(request.body ?? '')).toBe(6);
  expect(head).toContain('\nContent-Length: 6');
  expect(request.method).toBe('NOTIFY');
});

test('the body is no URL: nothing is percent-encoded, several keys stand behind each other', () => {
  expect(keyNotify(['BTrans=%2B49301%23', '*', 'POUND']).body).toBe('key=BTrans=+49301#;*;POUND');
});

test('dialling in both forms', () => {
  expect(dialNotify('number', '18005551212', '1001@example.com').body).toBe(fixture('sip/dial-fspbx.txt'));
  expect(dialNotify('key', '1234', '1006@10.3.5.199').body).toBe('key=number=1234&outgoing_uri=1006@10.3.5.199');
  expect(dialNotify('number', '1234', undefined).body).toBe('number=1234');
  expect(dialNotify('key', '1234', undefined).body).toBe('key=number=1234');
});

test('XML: the headers of CTI servers, the document as it is', () => {
  const { headers = {}, contentType, body: document } = xmlNotify('<YealinkIPPhoneStatus/>');
  const lines = Object.entries({ ...headers, 'Content-Type': contentType }).map(([name, value]) => `${name}: ${value}`);
  expect(lines.toSorted()).toEqual(fixtureLines('sip/notify-yealink-xml.txt').toSorted());
  expect(document).toBe('<YealinkIPPhoneStatus/>');
});

test('check-sync has no body', () => {
  expect(checkSyncNotify('true')).toEqual({
    method: 'NOTIFY',
    headers: { Event: 'check-sync;reboot=true', 'Subscription-State': 'terminated' },
  });
  expect(checkSyncNotify('false').headers?.['Event']).toBe('check-sync;reboot=false');
  expect(checkSyncNotify('reregister-only').headers?.['Event']).toBe('check-sync;reboot=reregister-only');
});

test.each(['101', '+4930123', '*43#', 'anna_b.c-d@pbx.example:5070', 'A9'])('%j may stand in a body', (text) => {
  expect(bodyObjection(text)).toBeNull();
});

test.each(['', '1;Reset', '1&key=Reset', '1=2', '1 2', '1\r\n2', '100%', 'müller', '"x"', '<sip:1@x>', '1,2', '1/2'])(
  '%j may not',
  (text) => {
    expect(bodyObjection(text)).toContain('SIP NOTIFY');
  },
);

describe('replies', () => {
  const replied = (status: number): SipReply => ({ status, reason: 'Said So', headers: {}, body: '' });
  const read = (status: number, event: NotifyEvent = 'ACTION-URI', repeatable = false) =>
    readNotifyReply(replied(status), event, { repeatable });

  test.each([
    [200, 'ACCEPTED'],
    [202, 'ACCEPTED'],
    [404, 'NOT_HERE'],
    [405, 'NOT_HERE'],
    [415, 'NOT_HERE'],
    [420, 'NOT_HERE'],
    [481, 'NOT_HERE'],
    [489, 'NOT_HERE'],
    [501, 'NOT_HERE'],
    [401, 'PHONE_UNAUTHORIZED'],
    [407, 'PHONE_UNAUTHORIZED'],
    [302, 'PHONE_REJECTED'],
    [400, 'PHONE_REJECTED'],
    [403, 'PHONE_REJECTED'],
    [480, 'PHONE_REJECTED'],
    [486, 'PHONE_REJECTED'],
    [500, 'PHONE_REJECTED'],
    [503, 'PHONE_REJECTED'],
    [603, 'PHONE_REJECTED'],
  ])('%i is %s', (status, expected) => {
    const outcome = read(status);
    expect(short(outcome)).toBe(expected);
    if (expected === 'PHONE_REJECTED') expect(outcome).toMatchObject({ failure: { phoneStatus: status } });
  });

  test.each<[NotifyEvent, string]>([
    ['ACTION-URI', 'features.action_uri.enable'],
    ['Yealink-xml', 'push_xml.sip_notify'],
    ['check-sync', 'sip.trust_ctrl'],
  ])('a 403 to %s names %s', (event, setting) => {
    expect(read(403, event)).toMatchObject({ failure: { message: expect.stringContaining(setting) } });
  });

  test('a 5xx may be tried again where that does no harm, a refusal never', () => {
    expect(read(503, 'Yealink-xml', true)).toMatchObject({ failure: { retryable: true } });
    expect(read(503, 'ACTION-URI', false)).toMatchObject({ failure: { retryable: false } });
    expect(read(603, 'Yealink-xml', true)).toMatchObject({ failure: { retryable: false } });
  });
});
