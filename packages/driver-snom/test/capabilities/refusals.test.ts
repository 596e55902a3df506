import type { CommandName, Commands, Outcome } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { dialByInvite } from '../../src/capabilities/dial-by-invite.ts';
import { ledByPage } from '../../src/capabilities/display.ts';
import { askCsta } from '../../src/capabilities/send.ts';
import { attendedByCsta } from '../../src/capabilities/transfer.ts';
import { fkeyIndexOf, wireKeyOf } from '../../src/keys.ts';
import { snomPhone } from '../../src/phone.ts';
import { makeCall } from '../../src/wire/csta-requests.ts';
import { callOf, type FakePhone, fakeContext, profileOf, sipReplyOf } from '../fake-context.ts';
import { run, type Scene } from '../run.ts';

const phoneOf = async (phone: FakePhone) => snomPhone(await profileOf(phone));
const said = (outcome: Outcome<unknown>): string => {
  if (outcome.status !== 'FAILED') return outcome.status;
  return 'argument' in outcome.failure ? outcome.failure.argument : outcome.failure.code;
};

type Case = readonly [name: CommandName, command: Commands[CommandName], scene: Scene, refused: string];

const D862 = { model: 'D862', http: false, sip: true } as const;
const two = [callOf('a', 'CONNECTED', '-1'), callOf('b', 'HELD', '-2')];
const long = '1'.repeat(257);

const CASES: readonly Case[] = [
  ['dial', { to: long }, { on: 'CSTA' }, 'to'],
  ['dial', { to: '' }, { phone: D862, on: 'SIP_NOTIFY' }, 'to'],
  ['dial', { to: '1', from: 'nobody' }, { on: 'CSTA' }, 'from'],
  ['pressKeys', { keys: [] }, { phone: D862, on: 'SIP_NOTIFY' }, 'keys'],
  ['transfer', { to: '', kind: 'BLIND' }, { phone: D862, on: 'SIP_NOTIFY' }, 'to'],
  [
    'transfer',
    { to: '1', kind: 'BLIND' },
    { phone: D862, on: 'SIP_NOTIFY', calls: [callOf('c', 'CONNECTED'), ...two] },
    'NOT_HERE',
  ],
  ['transfer', { to: '', kind: 'ATTENDED' }, { phone: D862, on: 'SIP_NOTIFY' }, 'to'],
  ['transfer', { to: '', kind: 'ATTENDED' }, { on: 'CSTA' }, 'to'],
  ['transfer', { to: '', kind: 'ATTENDED' }, { on: 'HTTP' }, 'to'],
  ['completeTransfer', {}, { on: 'CSTA', calls: two.slice(1) }, 'NOT_HERE'],
  ['pushXml', { document: '<SnomIPPhoneText>\u0000</SnomIPPhoneText>' }, { on: 'HTTP' }, 'document'],
  ['showMessage', { title: 'a\nb', text: '' }, { on: 'HTTP' }, 'title'],
  ['showMessage', { title: 'a', text: 'b\u0007' }, { on: 'HTTP' }, 'text'],
  [
    'dial',
    { to: 'sip:a b' },
    { phone: { ...D862, options: { dialByInvite: 'true', accounts: '1@h' } }, on: 'SIP_INVITE' },
    'to',
  ],
  [
    'dial',
    { to: 'sip:' },
    { phone: { ...D862, options: { dialByInvite: 'true', accounts: '1@h' } }, on: 'SIP_INVITE' },
    'to',
  ],
];

test.each(CASES)('%s %j is refused before any traffic', async (...[name, command, scene, refused]) => {
  const { outcome, context, transport } = await run(name, command, scene);
  expect([transport, said(outcome)]).toEqual([scene.on, refused]);
  expect([context.sent, context.steps]).toEqual([[], []]);
});

describe('what the rungs of a phone rule out, asked all the same', () => {
  test('a call by INVITE without an account', async () => {
    const context = fakeContext(await profileOf(D862));
    const outcome = await dialByInvite(await phoneOf(D862)).dial({ to: '1' }, context);
    expect([outcome.status, context.steps]).toEqual(['NOT_HERE', []]);
  });

  test('an INVITE that is accepted and makes no dialog: the phone did not answer, and takes no uaCSTA', async () => {
    const options = { dialByInvite: 'true', accounts: '1@h' };
    const sip = { dialog: { refused: sipReplyOf(200) } };
    const dialled = await run('dial', { to: '200' }, { phone: { ...D862, options }, on: 'SIP_INVITE', sip });
    expect(said(dialled.outcome)).toBe('PHONE_REJECTED');
    const answered = await run(
      'answer',
      {},
      {
        ...{ phone: { ...D862, options }, calls: [callOf('r', 'RINGING', '-18')], on: 'UACSTA', sip },
      },
    );
    expect(answered.outcome.status).toBe('NOT_HERE');
  });

  test('a consultation before 8.7.4 without an account', async () => {
    const old = { firmware: '8.7.3.17', model: '720' };
    const context = fakeContext(await profileOf(old), { calls: two.slice(0, 1) });
    const outcome = await attendedByCsta(await phoneOf(old)).transfer({ to: '1', kind: 'ATTENDED' }, context);
    expect([outcome.status, context.sent]).toEqual(['NOT_HERE', []]);
  });

  test('a light where its number is not known', async () => {
    const d345 = { model: 'D345' };
    const context = fakeContext(await profileOf(d345));
    const outcome = await ledByPage(await phoneOf(d345)).setLed({ key: 'FUNCTION_1', light: 'ON' }, context);
    expect([outcome.status, context.sent]).toEqual(['NOT_HERE', []]);
  });

  test('CSTA over HTTP of a phone that has none is written as by today’s firmware', async () => {
    const context = fakeContext(await profileOf({ model: 'D862' }));
    await askCsta(await phoneOf({ model: 'D862' }), context, makeCall('1', '200'));
    const today = fakeContext(await profileOf({}));
    await askCsta(await phoneOf({}), today, makeCall('1', '200'));
    expect(context.sent).toEqual(today.sent);
  });
});

describe('keys that a phone does not have', () => {
  test('on a phone of which the model is not known, or is known by its name alone', async () => {
    const nobody = await phoneOf({ model: null });
    expect(wireKeyOf('snom:RECALL', nobody)).toEqual({ refused: 'This phone has no key snom:RECALL.' });
    expect(wireKeyOf('snom:RECALL', await phoneOf({}))).toEqual({ refused: 'The D785 has no key snom:RECALL.' });
    expect(fkeyIndexOf('FUNCTION_9999', nobody)).toMatchObject({
      refused: expect.stringMatching(/^This phone has FUNCTION_1 to/),
    });
    expect(fkeyIndexOf('FUNCTION_25', await phoneOf({}))).toMatchObject({
      refused: expect.stringMatching(/^The D785 has FUNCTION_1 to FUNCTION_24\./),
    });
  });

  test('MUTE of a phone of before, and a key of Snom’s that is not programmable', async () => {
    expect(wireKeyOf('snom:MUTE', await phoneOf({ model: '200' }))).toEqual({
      refused: 'The 200 has no key snom:MUTE.',
    });
    expect(fkeyIndexOf('snom:F_SETTINGS', await phoneOf({}))).toMatchObject({
      refused: expect.stringContaining('not programmable'),
    });
  });
});
