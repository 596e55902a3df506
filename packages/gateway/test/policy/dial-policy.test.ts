import { describe, expect, test } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import type { Config } from '../../src/config/config.ts';
import { acmeWith, CALL_CAPABILITIES } from '../support/driver.ts';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { dialling } from './rules.ts';

// The phones here tell nothing of calls.
const PRESS: Config['policy'] = {
  deny: [],
  commandTimeoutMs: 15_000,
  replyTimeoutMs: 5_000,
  screening: 'allow',
  unknownState: 'press',
};

async function office(changed: Readonly<Record<string, unknown>> = {}) {
  const clock = { now: Date.parse('2026-03-02T12:00:00+01:00') };
  const device = await scriptedPhone();
  const running = await testGateway({
    config: { dialling: dialling({ area: undefined, ...changed }), policy: PRESS },
    drivers: [acmeWith({ ...CALL_CAPABILITIES, TOUCH: TOUCHED, CONFIGURE_KEYS: CONFIGURED })],
    now: () => clock.now,
  });
  const phone = await running.addPhone({ address: device.origin, tags: ['lobby'] });
  return {
    ...running,
    running,
    clock,
    device,
    phone,
    async give(name: CommandRequest['name'], given: Readonly<Record<string, unknown>>) {
      const { status, failure } = await running.run(phone, { name, arguments: given });
      return failure?.code === 'POLICY_DENIED' ? failure.rule : status;
    },
    async explain(name: CommandRequest['name'], given: Readonly<Record<string, unknown>>) {
      const request = { name, arguments: given };
      const { failure, allowed } = await running.application.commands.explain(phone.id, request, running.caller);
      return failure?.code === 'POLICY_DENIED' ? failure.rule : allowed;
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await device[Symbol.asyncDispose]();
    },
  };
}

const documented = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'a test' } as const;
const ACCEPTED = { status: 'ACCEPTED', value: undefined } as const;
const TOUCHED = [
  {
    ...documented,
    async touch(_command: unknown, { http }: { http: { send(request: object): Promise<unknown> } }) {
      await http.send({ method: 'GET', target: '/touch' });
      return ACCEPTED;
    },
  },
] as const;
const CONFIGURED = [
  {
    ...documented,
    async configureKey(_command: unknown, { http }: { http: { send(request: object): Promise<unknown> } }) {
      await http.send({ method: 'GET', target: '/configure' });
      return ACCEPTED;
    },
  },
] as const;

const FORBIDDEN = '0900123456';
const DENIED = 'dialling.deny:+49900';
const keys = (text: string) => ({ keys: [...text].map((key) => ({ key })) });

/** Every way in which a command can make a phone dial. */
const ways = (number: string): readonly (readonly [CommandRequest['name'], Readonly<Record<string, unknown>>])[] => [
  ['dial', { to: number }],
  ['dial', { to: `sip:${number}@pbx.example` }],
  ['deflect', { to: number }],
  ['transfer', { to: number, kind: 'BLIND' }],
  ['transfer', { to: number, kind: 'ATTENDED' }],
  ['setForwarding', { kind: 'ALWAYS', enabled: true, target: number }],
  ['pressKeys', keys(number)],
  ['setLed', { key: 'FUNCTION_1', light: 'ON', onPress: { kind: 'DIAL', target: number } }],
  ['configureKey', { key: 'FUNCTION_1', function: 'SPEED_DIAL', value: number }],
  ['configureKey', { key: 'FUNCTION_1', function: 'BLF', value: number }],
  ['configureKey', { key: 'FUNCTION_1', function: 'URL', value: `snom://mb_exit#numberdial=${number}` }],
  ['pushXml', { document: `<A><fetch>snom://mb_exit#numberdial=${number}</fetch></A>` }],
  ['pushXml', { document: `<A><Telephone>${number}</Telephone></A>` }],
  ['pushXml', { document: `<A><b URI="tel:${number}"/></A>` }],
  ['pushXml', { document: `<A>${[...number].map((key) => `<x>snom://mb_nop#key=${key}</x>`).join('')}</A>` }],
  ['writeSettings', { settings: [{ name: 'redirect_number', value: number }] }],
];

test('a forbidden number is refused whichever way it takes, and nothing is sent', async () => {
  await using desk = await office();
  for (const [name, given] of ways(FORBIDDEN)) {
    expect([name, given, await desk.give(name, given)]).toEqual([name, given, DENIED]);
    expect([name, await desk.explain(name, given)]).toEqual([name, DENIED]);
  }
  expect(desk.device.requests).toEqual([]);
});

test('the same ways are open to a number that is allowed', async () => {
  await using desk = await office();
  for (const [name, given] of ways('030123456')) {
    const before = desk.device.requests.length;
    expect([name, await desk.explain(name, given)]).toEqual([name, true]);
    const word = await desk.give(name, given);
    expect([name, word]).toEqual([name, expect.stringMatching(/^(?:ACCEPTED|CONFIRMED)$/)]);
    expect(desk.device.requests.length).toBeGreaterThan(before);
    // Another number begins with the next command.
    await desk.give('pressKeys', { keys: [{ key: 'CANCEL' }] });
  }
});

test('digits of several commands are put together; a refused one types nothing; explaining types nothing', async () => {
  await using desk = await office();
  expect(await desk.give('pressKeys', keys('0'))).toBe('ACCEPTED');
  expect(await desk.give('pressKeys', keys('9'))).toBe('ACCEPTED');
  for (const _ of [1, 2, 3]) expect(await desk.explain('pressKeys', keys('0'))).toBe(true);
  expect(await desk.give('pressKeys', keys('0'))).toBe('ACCEPTED');
  expect(await desk.give('pressKeys', keys('0'))).toBe(DENIED);
  expect(await desk.give('pressKeys', keys('0'))).toBe(DENIED);
  expect(await desk.give('pressKeys', keys('1'))).toBe('ACCEPTED');
  expect(desk.device.requests.map(({ target }) => target)).toEqual(['/keys?0', '/keys?9', '/keys?0', '/keys?1']);
});

test('what was typed before a restart still stands on the phone', async () => {
  await using desk = await office();
  expect(await desk.give('pressKeys', keys('090'))).toBe('ACCEPTED');
  await desk.running.restart();
  expect(await desk.give('pressKeys', keys('0'))).toBe(DENIED);
  expect(await desk.give('pressKeys', { keys: [{ key: 'CANCEL' }] })).toBe('ACCEPTED');
  await desk.running.restart();
  expect(await desk.give('pressKeys', keys('0'))).toBe('ACCEPTED');
});

describe('keys that dial what the phone has stored', () => {
  const press = (key: string) => ({ keys: [{ key }] });

  test('REDIAL dials what the phone told of last, and is judged and counted by that', async () => {
    await using desk = await office({ limits: [{ per: 'phone', calls: 1, within: 'day' }] });
    expect(await desk.give('pressKeys', press('REDIAL'))).toBe('ACCEPTED');
    await desk.running.report(desk.phone, 'outgoing', `id=1&remote=${FORBIDDEN}`);
    await desk.running.report(desk.phone, 'ended', `id=1&remote=${FORBIDDEN}`);
    expect(await desk.give('pressKeys', press('REDIAL'))).toBe(DENIED);
    expect(await desk.explain('pressKeys', press('REDIAL'))).toBe(DENIED);
    expect(await desk.give('pushXml', { document: '<A><x>snom://mb_nop#key=F_REDIAL</x></A>' })).toBe(DENIED);
    desk.clock.now += 60_000;
    await desk.running.report(desk.phone, 'incoming', `id=2&remote=${FORBIDDEN}`);
    await desk.running.report(desk.phone, 'ended', `id=2&remote=${FORBIDDEN}`);
    await desk.running.report(desk.phone, 'outgoing', 'id=3&remote=030123456');
    await desk.running.report(desk.phone, 'ended', 'id=3&remote=030123456');
    expect(await desk.give('pressKeys', press('REDIAL'))).toBe('ACCEPTED');
    expect(await desk.give('pressKeys', press('REDIAL'))).toBe('dialling.limits.0');
  });

  test('a lit key and a configured key are judged again when they are pressed, by the hours too', async () => {
    await using desk = await office({ hours: [{ days: ['mon'], from: '08:00', to: '18:00' }] });
    const target = '030123456';
    const onPress = { kind: 'DIAL', target };
    expect(await desk.give('setLed', { key: 'FUNCTION_1', light: 'ON', onPress })).toBe('ACCEPTED');
    const speedDial = { key: 'FUNCTION_2', function: 'SPEED_DIAL', value: target };
    expect(await desk.give('configureKey', speedDial)).toBe('ACCEPTED');
    for (const key of ['FUNCTION_1', 'FUNCTION_2']) expect(await desk.give('pressKeys', press(key))).toBe('ACCEPTED');
    desk.clock.now = Date.parse('2026-03-02T18:00:00+01:00');
    for (const key of ['FUNCTION_1', 'FUNCTION_2']) {
      expect([key, await desk.explain('pressKeys', press(key))]).toEqual([key, 'dialling.hours']);
    }
    expect(await desk.explain('pressKeys', press('FUNCTION_3'))).toBe(true);
  });

  test('by option no key is pressed of which nobody knows what it dials', async () => {
    await using desk = await office({ unjudgedKeys: 'refuse' });
    for (const key of ['REDIAL', 'FUNCTION_3', 'SOFT_1', 'DIRECTORY', 'acme:LIST']) {
      expect([key, await desk.give('pressKeys', press(key))]).toEqual([key, 'dialling.unjudgedKeys']);
    }
    const pushed = { document: '<A><x>snom://mb_nop#key=F_REDIAL</x></A>' };
    expect(await desk.give('pushXml', pushed)).toBe('dialling.unjudgedKeys');
    expect(desk.device.requests).toEqual([]);
    for (const key of ['CANCEL', 'OFF_HOOK', 'HOLD']) {
      expect([key, await desk.give('pressKeys', press(key))]).toEqual([key, 'ACCEPTED']);
    }
  });
});

test('commands that wait for the same phone together are judged together', async () => {
  await using desk = await office({ limits: [{ per: 'phone', calls: 2, within: 60 }] });
  const words = await Promise.all(['0', '9', '0', '0'].map((digit) => desk.give('pressKeys', keys(digit))));
  expect(words).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED', DENIED]);
  desk.clock.now += 700_000;
  const dials = await Promise.all(['1', '2', '3', '4'].map((digit) => desk.give('dial', { to: `03012345${digit}` })));
  expect(dials.filter((word) => word === 'dialling.limits.0')).toHaveLength(2);
  expect(desk.device.requests.filter(({ target }) => target.startsWith('/dial'))).toHaveLength(2);
});

describe('limits', () => {
  const limits = [{ per: 'key', calls: 2, within: 'day' }];

  test('every way to begin a call is counted, in a batch too, over a restart; the emergency call is always free', async () => {
    await using desk = await office({ limits });
    expect(await desk.give('dial', { to: '030123456' })).toBe('ACCEPTED');
    expect(await desk.give('dial', { to: '201' })).toBe('ACCEPTED');
    await desk.running.restart();
    expect(await desk.give('pressKeys', keys('030123456'))).toBe('ACCEPTED');
    expect(await desk.explain('dial', { to: '030123456' })).toBe('dialling.limits.0');
    expect(await desk.give('transfer', { to: '030123456', kind: 'BLIND' })).toBe('dialling.limits.0');
    expect(await desk.give('dial', { to: '201' })).toBe('ACCEPTED');
    expect(await desk.give('dial', { to: '112' })).toBe('ACCEPTED');
    const { commands } = desk.running.application;
    const request = { name: 'dial', arguments: { to: '030123456' } } as const;
    const batch = await commands.runOnPhones({ tags: ['lobby'] }, request, { caller: desk.caller });
    await expect
      .poll(async () => (await commands.inBatch(batch.id, { first: 9 })).items.map(({ node }) => node.failure))
      .toEqual([expect.objectContaining({ code: 'POLICY_DENIED', rule: 'dialling.limits.0', retryable: true })]);
  });
});

test('hours bind calls to the outside, not those inside, nor emergencies, nor what is only configured', async () => {
  await using desk = await office({ hours: [{ days: ['mon'], from: '08:00', to: '18:00' }] });
  expect(await desk.give('dial', { to: '030123456' })).toBe('ACCEPTED');
  desk.clock.now = Date.parse('2026-03-02T18:00:00+01:00');
  expect(await desk.give('dial', { to: '030123456' })).toBe('dialling.hours');
  expect(await desk.give('pressKeys', keys('030123456'))).toBe('dialling.hours');
  for (const to of ['201', '112']) expect(await desk.give('dial', { to })).toBe('ACCEPTED');
  expect(await desk.give('setForwarding', { kind: 'ALWAYS', enabled: true, target: '030123456' })).toBe('ACCEPTED');
});

test('tones are judged by option; a display is not touched but by option', async () => {
  const touches = { touches: [{ xPx: 1, yPx: 1, action: 'TAP' }] };
  {
    await using desk = await office();
    expect(await desk.give('sendDtmf', { digits: FORBIDDEN })).toBe('ACCEPTED');
    expect(await desk.give('touch', touches)).toBe('dialling.touch');
  }
  await using desk = await office({ tones: 'judge', touch: 'allow' });
  expect(await desk.give('sendDtmf', { digits: FORBIDDEN })).toBe(DENIED);
  expect(await desk.give('touch', touches)).toBe('ACCEPTED');
});

test('a denial is counted by its rule', async () => {
  await using desk = await office();
  await desk.give('dial', { to: FORBIDDEN });
  const text = await (await fetch(`${desk.gateway.url}/metrics`)).text();
  expect(text).toContain(`hookswitch_policy_denials_total{name="dial",rule="${DENIED}"} 1`);
});
