import { expect, test } from 'vitest';
import { acme } from '../support/driver.ts';
import { testGateway } from '../support/gateway.ts';
import { resets, says, scriptedPhone, staysSilent } from '../support/scripted-phone.ts';

const POLICY = { deny: [], commandTimeoutMs: 300, replyTimeoutMs: 100, screening: 'allow' } as const;

test('a reading comes from the phone, now, with its transport; it is no command', async () => {
  await using phone = await scriptedPhone(says('One'));
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const { readings, commands } = running.application;
  expect(await readings.phoneInfo(desk.id, running.caller)).toEqual({
    ok: true,
    value: { mac: null, model: 'One', firmware: null, accounts: [], features: [], transport: 'HTTP' },
  });
  expect((await commands.list({}, { first: 5 })).items).toEqual([]);
});

test.each([
  ['reset', resets],
  ['silent', staysSilent],
])('a phone that does not answer (%s) is unreachable', async (_what, script) => {
  await using phone = await scriptedPhone(script);
  await using running = await testGateway({ config: { policy: POLICY } });
  const desk = await running.addPhone({ address: phone.origin });
  const result = await running.application.readings.phoneInfo(desk.id, running.caller);
  expect(result).toMatchObject({ ok: false, failure: { code: 'PHONE_UNREACHABLE', retryable: true } });
  expect(running.application.phones.reachability(desk.id)).toBe('UNREACHABLE');
});

test('what the phone cannot tell is unsupported; a phone that never was is not found', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone({ address: '127.0.0.7' });
  const { readings } = running.application;
  expect(await readings.screen(desk.id, running.caller)).toMatchObject({
    ok: false,
    failure: { code: 'CAPABILITY_UNSUPPORTED', capability: 'SCREEN', alternatives: ['PHONE_INFO'] },
  });
  expect(await readings.settings(desk.id, undefined, running.caller)).toMatchObject({
    ok: false,
    failure: { capability: 'READ_SETTINGS' },
  });
  for (const read of [readings.phoneInfo, readings.screen, readings.diagnosis]) {
    await expect(read('nothing', running.caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});

test('a diagnosis says what the gateway knows and what the driver finds, and fails in words', async () => {
  await using phone = await scriptedPhone();
  const codes = async (): Promise<readonly string[]> =>
    (await running.application.readings.diagnosis(desk.id, running.caller)).map(({ code }) => code);
  const found = { code: 'ACME_LOCKED', severity: 'PROBLEM', message: 'Locked.', fix: 'Unlock it.' } as const;
  await using running = await testGateway({
    drivers: [{ ...acme, diagnose: async (context) => [...(await acme.diagnose(context)), found] }],
    config: { policy: POLICY },
  });
  const desk = await running.addPhone({ address: phone.origin });
  expect(await codes()).toEqual(['MODEL_UNKNOWN', 'NO_EVENT_YET', 'ACME_LOCKED']);
  await running.report(desk, 'hello');
  phone.script = staysSilent;
  expect(await codes()).toEqual(['MODEL_UNKNOWN', 'EVENTS_ARRIVE', 'PHONE_UNREACHABLE']);
  await running.application.phones.update(desk.id, { address: null }, running.caller);
  expect(await codes()).toEqual(['NO_ADDRESS', 'MODEL_UNKNOWN', 'EVENTS_ARRIVE', 'PHONE_UNREACHABLE']);
});

test('a driver that never ends its diagnosis does not hold up the phone', async () => {
  await using phone = await scriptedPhone(says('One'));
  await using running = await testGateway({
    drivers: [{ ...acme, diagnose: () => new Promise(() => {}) }],
    config: { policy: POLICY },
  });
  const desk = await running.addPhone({ address: phone.origin });
  const diagnosis = running.application.readings.diagnosis(desk.id, running.caller);
  expect((await diagnosis).map(({ code }) => code)).toContain('PHONE_UNREACHABLE');
  expect(await running.application.readings.phoneInfo(desk.id, running.caller)).toMatchObject({ ok: true });
});
