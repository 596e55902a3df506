import { describe, expect, test } from 'vitest';
import { autoAnswerInvitation, referTarget } from '../../src/wire/auto-answer-invite.ts';
import { uaCstaBody } from '../../src/wire/csta-envelope.ts';
import { answerCall, requestSystemStatus, snapshotDevice } from '../../src/wire/csta-requests.ts';
import { checkSync, talkOrHold } from '../../src/wire/event-notify.ts';
import { settingsMessage } from '../../src/wire/settings-message.ts';
import { readSipReply } from '../../src/wire/sip-reply.ts';
import { dialFragment, keyFragment, silentDocument, xmlNotify } from '../../src/wire/snom-xml-notify.ts';
import { sipReplyOf } from '../fake-context.ts';
import { fixture } from '../fixture.ts';

describe('minibrowser documents by NOTIFY', () => {
  test('a key, byte for byte as client code sends it', () => {
    expect(silentDocument(keyFragment('F_HOLD'))).toBe(fixture('minibrowser-silent-hold.xml'));
  });
  test('the headers of the minibrowser documentation', () => {
    expect(xmlNotify('<a/>')).toEqual({
      method: 'NOTIFY',
      headers: { Event: 'xml', 'Subscription-State': 'active;expires=30000' },
      contentType: 'application/snomxml',
      body: '<a/>',
    });
  });
  test.each([
    ['+49 30', 'numberdial=+49%2030'],
    ['*14#', 'numberdial=*14%23'],
    ['sip:a&b@pbx', 'numberdial=sip:a%26b@pbx'],
    ['1</fetch>', 'numberdial=1%3C%2Ffetch%3E'],
  ])('no number gets out of its place: %s', (to, fragment) => {
    expect(dialFragment(to)).toBe(fragment);
    expect(silentDocument(dialFragment(to)).split('</fetch>')).toHaveLength(2);
  });
  test('the hash key', () => {
    expect(keyFragment('#')).toBe('key=%23');
  });
});

test('events', () => {
  const headers = { 'Subscription-State': 'terminated' };
  expect(checkSync('reregister-only')).toEqual({
    method: 'NOTIFY',
    headers: { Event: 'check-sync;reboot=reregister-only', ...headers },
  });
  expect(talkOrHold('hold')).toEqual({ method: 'NOTIFY', headers: { Event: 'hold', ...headers } });
});

describe('settings by MESSAGE', () => {
  test("SIPPing's body", () => {
    expect(settingsMessage([{ name: 'dim_timer', value: '10' }])).toEqual({
      method: 'MESSAGE',
      headers: { Event: 'snom-settings' },
      contentType: 'application/xml',
      body: fixture('snom-settings-sipping.xml'),
    });
  });
  test('an index is an attribute, a value is escaped', () => {
    const { body } = settingsMessage([{ name: 'user_realname[2]', value: 'A & <B>' }]);
    expect(body).toContain('<user_realname idx="2">A &amp; &lt;B&gt;</user_realname>');
  });
});

describe('uaCSTA', () => {
  test('requests have no envelope and nested ids', () => {
    expect(uaCstaBody(answerCall('-18'))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><AnswerCall xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed5"><callToBeAnswered><callID>-18</callID></callToBeAnswered></AnswerCall>',
    );
  });
  test('those that Snom prints are as printed', () => {
    const flat = (text: string) => text.replace(/\?>\s*/, '?>');
    expect(uaCstaBody(requestSystemStatus())).toBe(flat(fixture('csta-request-system-status.xml')));
    expect(uaCstaBody(snapshotDevice('455455@ser.intern.snom.de'))).toContain(
      '<snapshotObject>455455@ser.intern.snom.de</snapshotObject></SnapshotDevice>',
    );
  });
});

describe('an INVITE that is answered by itself', () => {
  test('its header and its offer, which sends no sound', () => {
    const { headers, contentType, body = '' } = autoAnswerInvitation();
    expect(headers).toEqual({ 'Alert-Info': '<http://127.0.0.1>;info=alert-autoanswer;delay=0' });
    expect(contentType).toBe('application/sdp');
    expect(body.split('\r\n')).toContain('c=IN IP4 0.0.0.0');
  });
  test.each([
    ['200', 'sip:200@pbx.example:5062'],
    ['+49#30', 'sip:+49%2330@pbx.example:5062'],
    ['bob@other', 'sip:bob@other'],
    ['sips:bob@other', 'sips:bob@other'],
    ['tel:+49-30-123', 'tel:+49-30-123'],
    ['bob@two words', null],
    ['bob@', null],
    ['sip:bob@other?Replaces=1', null],
  ])('%s is referred to as %s', (to, uri) => {
    expect(referTarget(to, '101@pbx.example:5062')).toBe(uri);
  });
});

describe('responses', () => {
  test.each([200, 202])('%i is taken', (status) => {
    expect(readSipReply(sipReplyOf(status))).toEqual({ status: 'ACCEPTED', value: undefined });
  });
  test.each([404, 405, 415, 420, 481, 489, 501])('%i leads to the next way', (status) => {
    expect(readSipReply(sipReplyOf(status)).status).toBe('NOT_HERE');
  });
  test.each([
    [302, false],
    [400, false],
    [403, false],
    [480, true],
    [486, true],
    [500, true],
    [503, true],
    [603, false],
  ])('%i is a refusal, worth another try: %s', (status, retryable) => {
    expect(readSipReply(sipReplyOf(status))).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_REJECTED', phoneStatus: status, retryable },
    });
  });
});
