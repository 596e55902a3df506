import type { DriverContext, HttpRequest } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { driver } from '../../src/index.ts';
import type { YealinkOptions } from '../../src/options.ts';
import { createVirtualYealinkPhone, openTo, type VirtualYealinkPhone } from '../../src/virtual/index.ts';
import { fakeContext, knownCall, profile, reply } from '../support/fake-context.ts';
import { firstRung, short } from '../support/ladders.ts';
import { sendRequest } from '../virtual/support/raw-http.ts';

const OLD = '/cgi-bin/ConfigManApp.com';
const unknown = profile({ model: null, firmware: null });
// Known, so that it need not be asked for.
const DND_OFF = [{ feature: 'DO_NOT_DISTURB', enabled: false, target: null }] as const;

describe('a V70 phone that is registered without its firmware', () => {
  const start = async () => {
    const virtual = createVirtualYealinkPhone({ model: 'T28P', firmware: '2.70.0.90', settings: openTo('any') });
    await virtual.start();
    return virtual;
  };

  /** Sends to the virtual phone with its login. */
  function contextOf(
    virtual: VirtualYealinkPhone,
    options: Partial<YealinkOptions> = {},
  ): DriverContext<YealinkOptions> {
    const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
    const send = async ({ method, target, headers, body }: HttpRequest) => {
      const sent = { headers: { ...headers, authorization }, ...(body === undefined ? {} : { body }) };
      const { status, text, headers: got } = await sendRequest(virtual.address, `${method} ${target}`, sent);
      return reply({ status, text, headers: got });
    };
    return {
      ...fakeContext({ phone: profile({ model: null, firmware: null, options }), features: DND_OFF }),
      http: { send },
    };
  }

  test('takes a key on its old path, once', async () => {
    await using virtual = await start();
    const context = contextOf(virtual);
    const outcome = await firstRung('DO_NOT_DISTURB', context).setDoNotDisturb({ enabled: true }, context);
    expect([short(outcome), virtual.features.isOn('dnd')]).toEqual(['ACCEPTED', true]);
    expect(virtual.requests.all.map(({ path }) => path)).toEqual(['/servlet', OLD]);
  });

  test('takes each key of several', async () => {
    await using virtual = await start();
    const context = contextOf(virtual);
    const outcome = await firstRung('PRESS_KEYS', context).pressKeys({ keys: [{ key: '4' }, { key: '2' }] }, context);
    expect([short(outcome), virtual.typed]).toEqual(['ACCEPTED', '42']);
  });

  test('tells its firmware, to the diagnosis too', async () => {
    await using virtual = await start();
    const context = contextOf(virtual);
    expect(await firstRung('PHONE_INFO', context).phoneInfo(context)).toMatchObject({
      status: 'ACCEPTED',
      value: { firmware: '2.70.0.90' },
    });
    expect((await driver.diagnose(context)).map(({ code }) => code)).toContain('ACTION_URI_OPEN');
  });

  test('the option path wins: nothing else is tried', async () => {
    await using virtual = await start();
    const context = contextOf(virtual, { path: '/servlet' });
    const outcome = await firstRung('DO_NOT_DISTURB', context).setDoNotDisturb({ enabled: true }, context);
    expect([short(outcome), virtual.features.isOn('dnd')]).toEqual(['NOT_HERE', false]);
    expect(virtual.requests.all.map(({ path }) => path)).toEqual(['/servlet']);
  });
});

describe('which replies lead to the next path', () => {
  test.each([
    [{ status: 404 }, 2],
    [{ status: 405 }, 2],
    [{ status: 501 }, 2],
    [{ status: 400 }, 2],
    [{ status: 200 }, 1],
    [{ status: 401 }, 1],
    [{ status: 403 }, 1],
    [{ status: 500 }, 1],
    [{ status: 302, headers: { location: '/login' } }, 1],
    [{ status: 404, text: 'Remote control forbidden' }, 1],
    [{ status: 400, text: 'Too many failed logins' }, 1],
  ])('%j: %i requests', async (answer, count) => {
    const context = fakeContext({ phone: unknown, answers: [answer], features: DND_OFF });
    await firstRung('DO_NOT_DISTURB', context).setDoNotDisturb({ enabled: true }, context);
    expect(context.trace).toEqual(['GET /servlet?key=DNDOn', `GET ${OLD}?key=DNDOn`].slice(0, count));
  });

  test.each([
    ['a phone whose firmware is known', profile(), ['/servlet']],
    ['V70', profile({ model: 'T28P', firmware: '2.70.0.90' }), [OLD]],
    ['the option', profile({ model: null, firmware: null, options: { path: OLD } }), [OLD]],
    ['nothing known', unknown, ['/servlet', OLD]],
    ['a firmware that is none', profile({ model: null, firmware: 'V86' }), ['/servlet', OLD]],
  ])('%s', async (_name, phone, paths) => {
    const context = fakeContext({ phone, answers: [{ status: 404 }, { status: 404 }] });
    const outcome = await firstRung('HANG_UP', context).hangUp({}, context);
    expect([short(outcome), ...context.trace]).toEqual(['NOT_HERE', ...paths.map((path) => `GET ${path}?key=CALLEND`)]);
  });

  test('a later step that both paths refuse is no NOT_HERE: the steps before are done', async () => {
    const calls = [knownCall(), knownCall({ id: 'call-2', state: 'HELD' })];
    const context = fakeContext({ phone: unknown, calls, answers: [{}, { status: 404 }, { status: 404 }] });
    const outcome = await firstRung('HANG_UP_ALL', context).hangUpAll({}, context);
    expect(outcome).toMatchObject({ failure: { code: 'PHONE_REJECTED', retryable: false } });
    expect(context.trace).toHaveLength(4);
  });

  test('a push has one place only', async () => {
    const context = fakeContext({ phone: unknown, answers: [{ status: 404 }] });
    const outcome = await firstRung('LED', context).setLed({ key: 'FUNCTION_1', light: 'ON' }, context);
    expect([short(outcome), ...context.trace]).toEqual(['NOT_HERE', 'POST /servlet?push=xml']);
  });
});
