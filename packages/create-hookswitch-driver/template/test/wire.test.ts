import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpReply } from '@hookswitch/core';
import { outcomeOf } from '../src/wire/reply.ts';
import { callRequest, dialRequest, doNotDisturbRequest, settingsRequest } from '../src/wire/requests.ts';

test('requests are those of the manual, to the octet', () => {
  assert.equal(dialRequest('+49 30').target, '/call?dial=%2B49%2030');
  assert.equal(callRequest('answer').target, '/call?answer');
  assert.equal(callRequest('end').target, '/call?end');
  assert.equal(doNotDisturbRequest(false).target, '/dnd?off');
  assert.equal(settingsRequest({ a: '1', b: '2' }).body, 'a=1\nb=2\n');
});

const reply = (status: number, text: string): HttpReply => ({ status, text, headers: {}, bytes: new Uint8Array() });

test('a 200 with an error in its body is no success', () => {
  const outcome = outcomeOf(reply(200, 'error: no call'), undefined);
  assert.equal(outcome.status === 'FAILED' && outcome.failure.message, 'The phone says: no call');
});

test('a 200 that the manual does not know is UNKNOWN', () => {
  assert.equal(outcomeOf(reply(200, '<html>'), undefined).status, 'UNKNOWN');
});
