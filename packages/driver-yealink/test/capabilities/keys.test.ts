import { failed, phoneUnreachable, TransportError, unknown } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { fakeContext, knownCall, profile } from '../support/fake-context.ts';
import { firstRung, short } from '../support/ladders.ts';

const touch = profile({ model: 'T48S' });

describe('pressKeys', () => {
  test('a T46S takes a sequence as one request', async () => {
    const context = fakeContext();
    const keys = ['SOFT_1', 'SOFT_3', 'DOWN', 'OK', '#', '*'].map((key) => ({ key }));
    expect(await firstRung('PRESS_KEYS', context).pressKeys({ keys }, context)).toMatchObject({ status: 'ACCEPTED' });
    expect(context.trace).toEqual(['GET /servlet?key=F1;F3;DOWN;OK;POUND;*']);
  });

  test.each([
    ['a touch model', touch],
    ['a T58', profile({ model: 'T58W', firmware: '150.86.0.5' })],
    ['V80', profile({ model: 'T46G', firmware: '28.80.0.60' })],
    ['an unknown model', profile({ model: null, firmware: null })],
    ['keySequences=off', profile({ options: { keySequences: 'off' } })],
  ])('%s gets one request a key', async (_name, phone) => {
    const context = fakeContext({ phone });
    await firstRung('PRESS_KEYS', context).pressKeys({ keys: [{ key: '1' }, { key: '2' }] }, context);
    expect(context.trace).toEqual(['GET /servlet?key=1', 'GET /servlet?key=2']);
  });

  test('keySequences=on is for whoever knows better', async () => {
    const context = fakeContext({ phone: profile({ model: 'T58A', options: { keySequences: 'on' } }) });
    await firstRung('PRESS_KEYS', context).pressKeys({ keys: [{ key: '1' }, { key: '2' }] }, context);
    expect(context.trace).toEqual(['GET /servlet?key=1;2']);
  });

  test('a pause ends a request, the last one is waited out too', async () => {
    const context = fakeContext();
    const keys = [{ key: '1' }, { key: '2', pauseMs: 500 }, { key: '3' }, { key: '4', pauseMs: 100 }];
    await firstRung('PRESS_KEYS', context).pressKeys({ keys }, context);
    expect(context.trace).toEqual(['GET /servlet?key=1;2', 'sleep 500', 'GET /servlet?key=3;4', 'sleep 100']);
  });

  test.each([
    [{ keys: [] }, 'INVALID_ARGUMENT keys'],
    [{ keys: [{ key: 'OK' }, { key: 'MENU' }] }, 'INVALID_ARGUMENT keys.1.key'],
    [{ keys: [{ key: 'OK', holdMs: 500 }] }, 'INVALID_ARGUMENT keys.0.holdMs'],
    [{ keys: [{ key: 'OK', pauseMs: -1 }] }, 'INVALID_ARGUMENT keys.0.pauseMs'],
    [{ keys: [{ key: 'OK' }, { key: 'yealink:Reset' }] }, 'INVALID_ARGUMENT keys.1.key'],
  ])('%j is refused before any traffic', async (command, expected) => {
    const context = fakeContext();
    expect(short(await firstRung('PRESS_KEYS', context).pressKeys(command, context))).toBe(expected);
    expect(context.trace).toEqual([]);
  });

  test('the path and the login form are options', async () => {
    const options = { path: '/cgi-bin/cgiServer.exx', loginForm: true } as const;
    const context = fakeContext({ phone: profile({ options }) });
    await firstRung('PRESS_KEYS', context).pressKeys({ keys: [{ key: 'OK' }] }, context);
    expect(context.requests).toEqual([
      {
        method: 'GET',
        target: '/cgi-bin/cgiServer.exx?p=login&q=login&username={username}&pwd={password}&jumpto=URI&key=OK',
        credentialsInTarget: true,
      },
    ]);
  });

  test('a V70 phone is asked at its older path by itself', async () => {
    const context = fakeContext({ phone: profile({ model: 'T28P', firmware: '2.70.0.90' }) });
    await firstRung('PRESS_KEYS', context).pressKeys({ keys: [{ key: 'OK' }] }, context);
    expect(context.trace).toEqual(['GET /cgi-bin/ConfigManApp.com?key=OK']);
  });
});

describe('where several requests break off', () => {
  const keys = [{ key: '1' }, { key: '2' }, { key: '3' }];
  const press = (context: ReturnType<typeof fakeContext>) =>
    firstRung('PRESS_KEYS', context).pressKeys({ keys }, context);

  test('the first one: a plain failure', async () => {
    const context = fakeContext({ phone: touch, answers: [{ status: 403 }] });
    expect(await press(context)).toMatchObject({ status: 'FAILED', failure: { code: 'PHONE_REJECTED' } });
    expect(context.trace).toHaveLength(1);
  });

  test('the first one, not there: the next rung may try', async () => {
    const context = fakeContext({ phone: touch, answers: [{ status: 404 }] });
    expect(await press(context)).toMatchObject({ status: 'NOT_HERE' });
  });

  test('the first one, unreachable: the error passes through', async () => {
    const error = new TransportError(failed(phoneUnreachable('Connection refused.')));
    await expect(press(fakeContext({ phone: touch, answers: [error] }))).rejects.toBe(error);
  });

  test.each([
    ['403', { status: 403 }, 'PHONE_REJECTED'],
    ['404', { status: 404 }, 'PHONE_REJECTED'],
    ['a lock', { status: 429 }, 'RATE_LIMITED'],
    ['a refused connection', new TransportError(failed(phoneUnreachable('Connection refused.'))), 'PHONE_UNREACHABLE'],
  ])('a later one, by %s: what was done is said, and nobody shall try the whole again', async (_name, answer, code) => {
    const context = fakeContext({ phone: touch, answers: [{}, answer] });
    expect(await press(context)).toMatchObject({
      status: 'FAILED',
      failure: { code, retryable: false, message: expect.stringContaining('Before that: pressed 1.') },
    });
    expect(context.trace).toHaveLength(2);
  });

  test('a lost reply is UNKNOWN, with what was done', async () => {
    const context = fakeContext({ phone: touch, answers: [{}, new TransportError(unknown('The reply was lost.'))] });
    expect(await press(context)).toEqual({
      status: 'UNKNOWN',
      reason: 'The reply was lost. Before that: pressed 1.',
    });
  });

  test('time that runs out in a pause leaves UNKNOWN, since keys were pressed', async () => {
    const context = fakeContext({ signal: AbortSignal.abort(new Error('deadline')) });
    const outcome = await firstRung('PRESS_KEYS', context).pressKeys({ keys: [{ key: '1', pauseMs: 5 }] }, context);
    expect(outcome).toMatchObject({ status: 'UNKNOWN', reason: expect.stringContaining('pressed 1') });
  });
});

describe('sendDtmf', () => {
  test('goes out as keys', async () => {
    const context = fakeContext({ calls: [knownCall()] });
    expect(short(await firstRung('DTMF', context).sendDtmf({ digits: '12#*0' }, context))).toBe('ACCEPTED');
    expect(context.trace).toEqual(['GET /servlet?key=1;2;POUND;*;0']);
  });

  test.each(['', 'A', '1 2', '1,2', '+49', '1;Reset'])('%j is refused', async (digits) => {
    const context = fakeContext();
    expect(short(await firstRung('DTMF', context).sendDtmf({ digits }, context))).toBe('INVALID_ARGUMENT digits');
    expect(context.trace).toEqual([]);
  });

  test('a call that is not connected, or not the only one that may be in focus, gets none', async () => {
    const call = knownCall();
    const waiting = knownCall({ id: 'call-2', state: 'RINGING' });
    for (const [wanted, calls] of [
      [knownCall({ state: 'HELD' }), [knownCall({ state: 'HELD' })]],
      [call, [call, waiting]],
    ] as const) {
      const context = fakeContext({ calls });
      expect(short(await firstRung('DTMF', context).sendDtmf({ digits: '1', call: wanted }, context))).toBe(
        'INVALID_CALL_STATE',
      );
      expect(context.trace).toEqual([]);
    }
  });
});
