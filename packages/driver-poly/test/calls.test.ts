import type { CommandName, Commands, KnownCall, Ladders, Outcome } from '@hookswitch/core';
import { checkedOptions, httpReply } from '@hookswitch/driver-kit';
import { expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { settings } from '../src/settings.ts';
import { call, contextOf, profile } from './support/context.ts';

const DONE = httpReply(200, '{"Status":"2000"}');

type Told = readonly [said: string, sent: readonly string[]];

/** What comes of a command, and what was sent for it. */
async function run<Name extends CommandName>(
  name: Name,
  command: Commands[Name],
  {
    calls = [],
    replies = [DONE],
    options = {},
  }: { calls?: readonly KnownCall[]; replies?: readonly (typeof DONE)[]; options?: Record<string, string> } = {},
): Promise<Told> {
  const { context, sent } = contextOf(replies, calls);
  const ladders: Ladders = driver.capabilitiesFor(profile({}, options));
  const rung = Object.values(ladders)
    .flat()
    .find((one) => name in one);
  const outcome: Outcome<unknown> = await Reflect.apply(Reflect.get(rung ?? {}, name), rung, [
    command,
    { ...context, phone: { ...context.phone, options: checkedOptions(driver.options, options) } },
  ]);
  const said = outcome.status === 'FAILED' ? outcome.failure.code : outcome.status;
  return [said, sent.map(({ target, body = '' }) => `${target.split('/').at(-1)} ${body}`.trim())];
}

const ref = (reference: string) => `{"data":{"Ref":"${reference}"}}`;

test('a command names the call that it was given, in the form of the option', async () => {
  const one = call('RINGING');
  expect(await run('answer', { call: one })).toEqual(['ACCEPTED', [`answerCall ${ref('0x41aa9c00')}`]]);
  expect(await run('answer', { call: one }, { options: { refForm: 'bare' } })).toEqual([
    'ACCEPTED',
    [`answerCall ${ref('41aa9c00')}`],
  ]);
});

test('without a call it is the only one in the first state that fits', async () => {
  const calls = [call('HELD', 'a'), call('CONNECTED', 'b'), call('RINGING', 'c')];
  expect(await run('answer', {}, { calls })).toEqual(['ACCEPTED', [`answerCall ${ref('0xc')}`]]);
  expect(await run('reject', {}, { calls })).toEqual(['ACCEPTED', [`rejectCall ${ref('0xc')}`]]);
  expect(await run('hangUp', {}, { calls })).toEqual(['ACCEPTED', [`endCall ${ref('0xb')}`]]);
  expect(await run('setHold', { held: true }, { calls })).toEqual(['ACCEPTED', [`holdCall ${ref('0xb')}`]]);
  expect(await run('setHold', { held: false }, { calls })).toEqual(['ACCEPTED', [`resumeCall ${ref('0xa')}`]]);
  const transferred = 'transferCall {"data":{"Ref":"0xb","TransferDest":"1008"}}';
  expect(await run('transfer', { to: 'sip:1008@pbx.example', kind: 'BLIND' }, { calls })).toEqual([
    'ACCEPTED',
    [transferred],
  ]);
});

test('a transfer to something without a number goes out as it was given', async () => {
  const calls = [call('CONNECTED', 'b')];
  expect(await run('transfer', { to: 'sip:@pbx.example', kind: 'BLIND' }, { calls })).toEqual([
    'ACCEPTED',
    ['transferCall {"data":{"Ref":"0xb","TransferDest":"sip:@pbx.example"}}'],
  ]);
});

test('none, several, or one without a name: nothing is sent', async () => {
  expect(await run('answer', {})).toEqual(['INVALID_CALL_STATE', []]);
  expect(await run('answer', {}, { calls: [call('CONNECTED')] })).toEqual(['INVALID_CALL_STATE', []]);
  expect(await run('answer', {}, { calls: [call('RINGING', 'a'), call('RINGING', 'b')] })).toEqual([
    'STATE_UNKNOWN',
    [],
  ]);
  expect(await run('hangUp', { call: call('CONNECTED', null) })).toEqual(['STATE_UNKNOWN', []]);
  const calls = [call('CONNECTED', 'a'), call('HELD', null)];
  expect(await run('hangUpAll', {}, { calls })).toEqual(['STATE_UNKNOWN', []]);
});

test('what rings is rejected, what goes on is ended, and the first refusal ends it', async () => {
  const calls = [call('CONNECTED', 'a'), call('RINGING', 'b')];
  expect(await run('hangUpAll', {}, { calls })).toEqual([
    'ACCEPTED',
    [`endCall ${ref('0xa')}`, `rejectCall ${ref('0xb')}`],
  ]);
  const gone = httpReply(200, '{"Status":"4007"}');
  expect(await run('hangUpAll', { calls }, { replies: [gone, DONE] })).toEqual([
    'INVALID_CALL_STATE',
    [`endCall ${ref('0xa')}`],
  ]);
  expect(await run('hangUpAll', {})).toEqual(['CONFIRMED', []]);
});

test('a hold that is as wished is not asked for', async () => {
  expect(await run('setHold', { call: call('HELD'), held: true })).toEqual(['CONFIRMED', []]);
  expect(await run('setHold', { call: call('CONNECTED'), held: false })).toEqual(['CONFIRMED', []]);
});

test('tones go into a call that is connected only', async () => {
  expect(await run('sendDtmf', { call: call('HELD'), digits: '1' })).toEqual(['INVALID_CALL_STATE', []]);
  expect(await run('sendDtmf', { digits: '1' })).toEqual(['ACCEPTED', ['sendDTMF {"data":{"Digits":"1"}}']]);
});

test('dial: numbers, URIs, lines', async () => {
  const dialled = (dest: string, line: string, type: string) => [
    'ACCEPTED',
    [`dial {"data":{"Dest":"${dest}","Line":"${line}","Type":"${type}"}}`],
  ];
  const options = { accounts: 'anna@pbx.example, sip:bert@pbx.example' };
  expect(await run('dial', { to: '+4930123' })).toEqual(dialled('+4930123', '1', 'TEL'));
  expect(await run('dial', { to: 'tel:123' })).toEqual(dialled('123', '1', 'TEL'));
  expect(await run('dial', { to: 'sip:ada@example.org' })).toEqual(dialled('ada@example.org', '1', 'SIP'));
  expect(await run('dial', { to: '1', from: 'bert@pbx.example' }, { options })).toEqual(dialled('1', '2', 'TEL'));
  expect(await run('dial', { to: '1', from: 'sip:anna@pbx.example' }, { options })).toEqual(dialled('1', '1', 'TEL'));
  expect(await run('dial', { to: '1', from: 'cora@pbx.example' }, { options })).toEqual(['INVALID_ARGUMENT', []]);
  expect(await run('dial', { to: ' ' })).toEqual(['INVALID_ARGUMENT', []]);
});

test('a message has no time and no sound of its own, and a push that is refused is no success', async () => {
  const options = { pushUsername: 'pusher', pushPassword: 'secret' };
  const message = { title: 'Notice', text: 'Lunch' };
  expect(await run('showMessage', { ...message, timeoutSeconds: 1 }, { options })).toEqual(['INVALID_ARGUMENT', []]);
  expect(await run('showMessage', { ...message, beep: true }, { options })).toEqual(['INVALID_ARGUMENT', []]);
  expect((await run('showMessage', { ...message, beep: false }, { options, replies: [httpReply(202, '')] }))[0]).toBe(
    'ACCEPTED',
  );
  expect((await run('showMessage', message, { options, replies: [httpReply(304, '')] }))[0]).toBe('PHONE_REJECTED');
  expect((await run('showMessage', { title: 'x', text: 'y'.repeat(2048) }, { options }))[0]).toBe('INVALID_ARGUMENT');
});

test('a password is told by no value, and what the phone does not know not at all', async () => {
  const told = { 'a.b': { Value: '1' }, 'a.password': { Value: 'hunter22' }, 'a.odd': 'x', 'a.none': { Value: 7 } };
  const reply = httpReply(200, JSON.stringify({ Status: '2000', data: told }));
  const { context } = contextOf([reply]);
  const names = ['a.b', 'a.password', 'a.odd', 'a.none', 'a.missing', 'constructor'];
  const outcome = await settings(names, context);
  expect(outcome).toEqual({
    status: 'ACCEPTED',
    value: [
      { name: 'a.b', value: '1', writable: null },
      { name: 'a.password', value: null, writable: null },
    ],
  });
  expect(await settings(undefined, context)).toMatchObject({ failure: { argument: 'names' } });
  expect(await settings(['a'], contextOf([httpReply(200, '{"Status":"2000"}')]).context)).toMatchObject({ value: [] });
});

test('settings go as many at once as the phone takes, and the first refusal ends it', async () => {
  const settings = Array.from({ length: 21 }, (_, at) => ({ name: `a.${at}`, value: '1' }));
  const [said, sent] = await run('writeSettings', { settings });
  expect([said, sent.length, sent[1]]).toEqual(['ACCEPTED', 2, 'set {"data":{"a.20":"1"}}']);
  const refused = httpReply(200, '{"Status":"4000"}');
  expect((await run('writeSettings', { settings }, { replies: [DONE, refused] }))[0]).toBe('PHONE_REJECTED');
  expect((await run('configureActionUrls', { urls: [] }, { replies: [refused] }))[0]).toBe('PHONE_REJECTED');
});
