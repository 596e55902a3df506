import { failed, phoneUnreachable, type SipReply, TransportError } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../src/diagnose.ts';
import { type FakePhone, fakeContext, profileOf, replyOf, sipReplyOf } from './fake-context.ts';

async function found(phone: FakePhone, settings = '', sip?: SipReply | Error) {
  const context = fakeContext(await profileOf({ sip: true, ...phone }), {
    answer: ({ target }) => (target === '/settings.htm' ? replyOf(200, settings) : undefined),
    sip: {
      answer: () => {
        if (sip instanceof Error) throw sip;
        return sip;
      },
    },
  });
  const findings = await diagnose(context);
  for (const { severity, fix } of findings) expect(fix === null).toBe(severity === 'OK');
  for (const request of [...context.requests, ...context.sipRequests]) expect(request.readOnly).toBe(true);
  return { findings, codes: findings.map(({ code }) => code), asked: context.sipRequests.map(({ method }) => method) };
}

const d862 = { model: 'D862', http: false } as const;

describe('diagnosis of SIP', () => {
  test('a D862 that is reached by SIP alone', async () => {
    const { findings, codes, asked } = await found(d862, '', sipReplyOf(200, '', { 'allow-events': 'talk, hold' }));
    expect(codes).toEqual(['NO_HTTP_ADDRESS', 'SIP_READY', 'LED_NEEDS_BUTTON']);
    expect(findings[0]?.severity).toBe('NOTICE');
    expect(findings[1]?.message).toContain('talk, hold');
    // It has no configureKey.
    expect(findings[2]?.fix).toContain('Provision');
    expect(findings[2]?.fix).not.toContain('Give configureKey');
    expect(asked).toEqual(['OPTIONS']);
  });
  test('a D862 that is reached by both is said to be controlled by SIP', async () => {
    const { findings } = await found({ model: 'D862' });
    expect(findings).toContainEqual(expect.objectContaining({ code: 'NO_REMOTE_CONTROL', severity: 'NOTICE' }));
  });
  test('events by uaCSTA where the phone has none, or no SIP URI', async () => {
    const options = { uacstaEvents: 'true' };
    const code = 'UACSTA_EVENTS_MISSING';
    expect((await found({ ...d862, options })).codes).not.toContain(code);
    expect((await found({ model: '370', firmware: '8.4.35', options })).codes).toContain(code);
    expect((await found({ sip: false, options })).codes).toContain(code);
    expect((await found({ model: '370', firmware: '8.4.35' })).codes).not.toContain(code);
  });
  test('no answer, and a refusal', async () => {
    const silent = new TransportError(failed(phoneUnreachable('No response.')));
    expect((await found(d862, '', silent)).codes).toContain('SIP_UNREACHABLE');
    expect((await found(d862, '', sipReplyOf(403))).codes).toContain('SIP_REFUSED');
    await expect(found(d862, '', new RangeError('bug'))).rejects.toThrow(RangeError);
  });
  test('talk and hold, where the phone does not name them', async () => {
    const phone = { ...d862, options: { talkAndHold: 'on' } };
    expect((await found(phone, '', sipReplyOf(200, '', { 'allow-events': 'refer' }))).codes).toContain(
      'TALK_AND_HOLD_MISSING',
    );
    expect((await found(phone, '', sipReplyOf(200, '', { 'allow-events': 'talk,hold' }))).codes).toContain('SIP_READY');
    expect((await found(d862, '', sipReplyOf(200, '', { 'allow-events': 'refer' }))).codes).toContain('SIP_READY');
  });
  test('settings that stand in the way', async () => {
    const settings = 'filter_registrar!: on\nuser_sipusername_as_line1!: off\nxml_notify!: off\n';
    const { codes } = await found({}, settings);
    expect(codes).toEqual(expect.arrayContaining(['FILTER_REGISTRAR_ON', 'SIP_USERNAME_NOT_LINE']));
    expect(codes).not.toContain('XML_NOTIFY_OFF');
    const bySip = { options: { remoteControl: 'off' } };
    expect((await found(bySip, `${settings}allow_sip_settings!: off\n`)).codes).toEqual(
      expect.arrayContaining(['XML_NOTIFY_OFF', 'SIP_SETTINGS_OFF']),
    );
  });
  test('a light needs a key of the type button with its own number', async () => {
    expect((await found({}, 'fkey0!: line\nfkey1!: button 3\n')).findings).toContainEqual(
      expect.objectContaining({
        code: 'LED_NEEDS_BUTTON',
        message: expect.stringContaining('has none'),
        fix: expect.stringContaining('Give configureKey with BUTTON'),
      }),
    );
    expect((await found({}, 'fkey0!: line\nfkey1!: button 2\n')).findings).toContainEqual(
      expect.objectContaining({ code: 'LED_KEYS', message: expect.stringContaining('FUNCTION_2') }),
    );
  });
  test('where nobody knows how many keys the model has, each is looked at that a phone may have', async () => {
    // The highest index that was seen is 219.
    const settings = 'fkey219!: button 220\nfkey220!: button 221\n';
    const message = 'Keys that take lights by SIP: FUNCTION_220.';
    expect((await found({ model: 'D999' }, settings)).findings).toContainEqual(
      expect.objectContaining({ code: 'LED_KEYS', message }),
    );
    expect((await found({ model: 'D785' }, settings)).codes).toContain('LED_NEEDS_BUTTON');
  });
  test('says nothing without a SIP URI', async () => {
    const { asked, codes } = await found({ sip: false });
    expect([asked, codes.filter((code) => /SIP|LED/.test(code))]).toEqual([[], []]);
  });
});
