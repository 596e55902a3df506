import type { Commands } from '@hookswitch/core';
import { checkedOptions, httpReply } from '@hookswitch/driver-kit';
import { expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { pressKeys, sendDtmf } from '../src/keys.ts';
import { call, contextOf, DONE } from './support/context.ts';

async function pressed(keys: Commands['pressKeys']['keys'], options: Readonly<Record<string, string>> = {}) {
  const { context, sent } = contextOf([DONE]);
  const outcome = await pressKeys(checkedOptions(driver.options, options), { keys }, context);
  const failure = outcome.status === 'FAILED' && 'argument' in outcome.failure ? outcome.failure.argument : null;
  const pauses = context.steps.flatMap((step) => ('waitMs' in step ? [step.waitMs] : []));
  return { sent: sent.map(({ target }) => target.split('keys=')[1]), pauses, failure };
}

test('keys go out in the words of the phone, together up to a pause', async () => {
  const keys = ['4', '*', '#', 'OK', 'OFF_HOOK', 'FUNCTION_12', 'SOFT_2', 'grandstream:LOCK'].map((key) => ({ key }));
  expect(await pressed(keys)).toEqual({
    sent: ['4:STAR:POUND:OK:OFFHOOK:MPK12:SOFT2:LOCK'],
    pauses: [],
    failure: null,
  });
  expect((await pressed([{ key: '#' }], { poundKey: '%23' })).sent).toEqual(['%23']);
  const paced = [{ key: '1', pauseMs: 300 }, { key: '2' }, { key: '3', pauseMs: 50 }];
  expect(await pressed(paced)).toMatchObject({ sent: ['1', '2:3'], pauses: [300, 50] });
});

test.each([
  ['TRANSFER', 'keys.1.key'],
  ['FUNCTION_49', 'keys.1.key'],
  ['SOFT_5', 'keys.1.key'],
  ['MEMORY_1', 'keys.1.key'],
  ['snom:F_R', 'keys.1.key'],
  ['grandstream:OK.1', 'keys.1.key'],
  ['nonsense', 'keys.1.key'],
])('the key %s is refused, and nothing is sent', async (key, argument) => {
  expect(await pressed([{ key: '1' }, { key }])).toEqual({ sent: [], pauses: [], failure: argument });
});

test('a key cannot be held down', async () => {
  expect(await pressed([{ key: '1', holdMs: 500 }])).toMatchObject({ sent: [], failure: 'keys.0.holdMs' });
});

test('after a no nothing more is pressed', async () => {
  const { context, sent } = contextOf([httpReply(200, '{"response":"error","body":"unknown"}')]);
  const keys = [{ key: '1', pauseMs: 1 }, { key: '2' }];
  expect(await pressKeys(checkedOptions(driver.options), { keys }, context)).toMatchObject({ status: 'FAILED' });
  expect(sent).toHaveLength(1);
});

test('tones go into the call that is connected; without one the keys would dial', async () => {
  const talks = call('CONNECTED');
  const send = async (command: Commands['sendDtmf'], calls = [talks]) => {
    const { context, sent } = contextOf([DONE], calls);
    const outcome = await sendDtmf(checkedOptions(driver.options), command, context);
    return [
      ...sent.map(({ target }) => target.split('keys=')[1]),
      'failure' in outcome ? outcome.failure.code : outcome.status,
    ];
  };
  expect(await send({ digits: '15*#' })).toEqual(['1:5:STAR:POUND', 'ACCEPTED']);
  expect(await send({ call: talks, digits: '0' })).toEqual(['0', 'ACCEPTED']);
  expect(await send({ digits: '1A' })).toEqual(['INVALID_ARGUMENT']);
  expect(await send({ digits: '' })).toEqual(['INVALID_ARGUMENT']);
  expect(await send({ digits: '1' }, [call('HELD')])).toEqual(['INVALID_CALL_STATE']);
  expect(await send({ call: call('HELD'), digits: '1' })).toEqual(['INVALID_CALL_STATE']);
});
