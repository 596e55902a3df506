import { failed, phoneUnauthorized, TransportError, unknown } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { capabilitiesFor } from '../../src/capabilities.ts';
import { callOf, fakeContext, profileOf, type SipScene, sipReplyOf } from '../fake-context.ts';
import { fixture } from '../fixture.ts';
import { run } from '../run.ts';

const phone = { model: '720', firmware: '8.7.2', http: false, sip: true, options: { accounts: '1@h' } } as const;
const d862 = { model: 'D862', http: false, sip: true, options: { accounts: '101@pbx.example' } } as const;
const ringing = callOf('r', 'RINGING', '-18');
const scene = (sip: SipScene = {}) => ({ phone: d862, calls: [ringing], on: 'UACSTA', sip }) as const;
const answer = (sip?: SipScene) => run('answer', {}, scene(sip));
const body = (name: string, inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed5">${inner}</${name}>`;
const lost = new TransportError(unknown('No response came.'));

describe('hanging up all calls of a phone without pages', () => {
  const hangUpAll = (calls: readonly (typeof ringing)[]) => run('hangUpAll', {}, { phone: d862, calls, on: 'UACSTA' });

  test('each that is known, by its id', async () => {
    const { outcome, context } = await hangUpAll([ringing]);
    expect(outcome.status).toBe('ACCEPTED');
    expect(context.steps.join()).toContain('<connectionToBeCleared><callID>-18</callID>');
  });
  test('none is known: it says so, and not that a page would be better', async () => {
    const { outcome } = await hangUpAll([]);
    expect(outcome).toMatchObject({
      status: 'NOT_HERE',
      reason: expect.stringContaining('no call of the phone is known'),
    });
  });
});

describe('a request by uaCSTA', () => {
  test('goes by INFO in a dialog of its own', async () => {
    const { outcome, context } = await answer();
    expect(outcome.status).toBe('ACCEPTED');
    expect(context.steps).toEqual([
      'INVITE application/csta+xml',
      `INFO ${body('AnswerCall', '<callToBeAnswered><callID>-18</callID></callToBeAnswered>')}`,
      'BYE',
    ]);
  });
  test('its response is in the answer to the INFO, or in an INFO of the phone, whatever comes before', async () => {
    const response = body('AnswerCallResponse', '');
    expect((await answer({ dialog: { info: sipReplyOf(200, response), says: [] } })).outcome.status).toBe('ACCEPTED');
    const says = [body('RequestSystemStatusResponse', ''), body('DeliveredEvent', ''), response];
    expect((await answer({ dialog: { says } })).outcome.status).toBe('ACCEPTED');
  });
  test('a fault', async () => {
    const fault = '<CSTAErrorCode><operation>invalidCallID</operation></CSTAErrorCode>';
    expect((await answer({ dialog: { says: [fault] } })).outcome).toMatchObject({
      failure: { code: 'PHONE_REJECTED', phoneCode: 'invalidCallID', phoneStatus: null },
    });
  });
  test('no response: it may have acted', async () => {
    expect((await answer({ dialog: { says: [] } })).outcome.status).toBe('UNKNOWN');
    const flood = Array.from({ length: 30 }, () => body('DeliveredEvent', ''));
    expect((await answer({ dialog: { says: flood } })).outcome.status).toBe('UNKNOWN');
    await expect(answer({ dialog: { infoLost: lost } })).rejects.toBe(lost);
  });
  test.each([415, 481, 488, 501])('an INVITE refused with %i leads on', async (status) => {
    expect((await answer({ dialog: { refused: sipReplyOf(status) } })).outcome.status).toBe('NOT_HERE');
  });
  test('an INVITE refused otherwise is a refusal', async () => {
    expect((await answer({ dialog: { refused: sipReplyOf(486) } })).outcome).toMatchObject({
      failure: { phoneStatus: 486 },
    });
  });
  test('a lost INVITE has asked nothing', async () => {
    expect((await answer({ dialog: { lost } })).outcome).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PHONE_UNREACHABLE' },
    });
    const refused = new TransportError(failed(phoneUnauthorized('No.')));
    await expect(answer({ dialog: { lost: refused } })).rejects.toBe(refused);
    const bug = new RangeError('bug');
    await expect(answer({ dialog: { lost: bug } })).rejects.toBe(bug);
  });
  test('an INFO that the phone refuses', async () => {
    expect((await answer({ dialog: { info: sipReplyOf(481) } })).outcome.status).toBe('NOT_HERE');
  });
});

describe('what goes by uaCSTA', () => {
  test('dials from the identity', async () => {
    const { context } = await run('dial', { to: '200' }, { phone, on: 'UACSTA' });
    expect(context.steps[1]).toContain('<callingDevice>sip:1@h</callingDevice>');
  });
  test('without the id of a call nothing is sent', async () => {
    const { outcome, context } = await run('answer', {}, { ...scene(), calls: [callOf('r', 'RINGING')] });
    expect([outcome.status, context.steps]).toEqual(['NOT_HERE', []]);
  });
  test('the calls', async () => {
    const refresh = async (given: Readonly<Record<string, string>>, sip: SipScene = {}) => {
      const profile = await profileOf({ ...d862, options: given });
      return capabilitiesFor(profile).CALL_SNAPSHOT?.[0].refreshCalls({}, fakeContext(profile, { sip }));
    };
    const says = [fixture('csta-snapshot-device.200.xml')];
    expect(await refresh({ accounts: '455455@ser.intern.snom.de' }, { dialog: { says } })).toMatchObject({
      value: { calls: [{ state: 'RINGING', vendorIds: { csta_id: '-12' } }] },
    });
    // Calls of an identity that was not asked would be taken for ended.
    expect(await refresh({})).toBeUndefined();
    expect(await refresh({ accounts: '1@h' }, { dialog: { infoLost: lost } })).toMatchObject({
      failure: { code: 'PHONE_UNREACHABLE' },
    });
    expect(await refresh({ accounts: '1@h' }, { dialog: { says: [] } })).toMatchObject({
      failure: { code: 'PHONE_REJECTED' },
    });
  });
});
