import { parseMessage, type SipRequest } from '@hookswitch/sip';
import { expect, test } from 'vitest';
import { parseReferNotify } from '../../src/sip/refer-notify.ts';
import { createConversation } from '../../src/sip/sip-conversation.ts';

function notify(
  body: string,
  { event = 'refer', type = 'message/sipfrag;version=2.0', state = 'active;expires=60' } = {},
): SipRequest {
  const lines = [
    'NOTIFY sip:hookswitch@127.0.0.1 SIP/2.0',
    'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1',
    'From: <sip:101@127.0.0.1>;tag=a',
    'To: <sip:hookswitch@127.0.0.1>;tag=b',
    'Call-ID: c',
    'CSeq: 1 NOTIFY',
    'Max-Forwards: 70',
    `Event: ${event}`,
    `Subscription-State: ${state}`,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`));
  if (!parsed.ok || parsed.message.kind !== 'request') throw new Error('that is no request');
  return parsed.message;
}

test.each([
  ['SIP/2.0 100 Trying\r\n', {}, { progress: { status: 100, reason: 'Trying' }, isLast: false }],
  [
    'SIP/2.0 200 OK',
    { state: 'terminated;reason=noresource' },
    { progress: { status: 200, reason: 'OK' }, isLast: true },
  ],
  ['SIP/2.0 486\r\nTo: x\r\n', { event: 'Refer;id=2' }, { progress: { status: 486, reason: '' }, isLast: false }],
  ['SIP/2.0 200 OK', { type: 'text/plain' }, { progress: null, isLast: false }],
  ['INVITE sip:x SIP/2.0', { state: 'Terminated' }, { progress: null, isLast: true }],
  ['SIP/2.0 200 OK', { event: 'talk' }, null],
])('%j with %j', (body, headers, expected) => {
  expect(parseReferNotify(notify(body, headers))).toEqual(expected);
});

test('what a phone told is given in its order; after its last word nobody waits', async () => {
  const conversation = createConversation(new AbortController().signal);
  const state = 'terminated;reason=timeout';
  expect(conversation.takeNotify(notify('SIP/2.0 100 Trying'))).toEqual({ status: 200 });
  expect(conversation.takeNotify(notify('', { state }))).toEqual({ status: 200 });
  expect(conversation.takeNotify(notify('', { event: 'talk' }))).toEqual({ status: 489 });
  expect(await conversation.referProgress(60_000)).toEqual({ status: 100, reason: 'Trying' });
  expect(await conversation.referProgress(60_000)).toBeNull();
});

test('a wait ends with its time, with the dialog, and with the command', async () => {
  const command = new AbortController();
  const conversation = createConversation(command.signal);
  expect(await conversation.referProgress(0)).toBeNull();
  const waiting = conversation.referProgress(60_000);
  conversation.end();
  expect(await waiting).toBeNull();
  const other = createConversation(command.signal);
  const stopped = expect(other.referProgress(60_000)).rejects.toThrow('over');
  command.abort(new Error('it is over'));
  await stopped;
});
