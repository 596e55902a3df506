import { describe, expect, test } from 'vitest';
import { Office, reporting } from './office.ts';
import { ask } from './wire.ts';

const OLD = { model: '320', firmware: '8.4.35' } as const;
const BETWEEN = { model: '720', firmware: '8.7.3.17' } as const;
const NEW = { model: '720', firmware: '8.7.5.35' } as const;

describe('settings that forward', () => {
  test.each([
    [OLD, 'redirect_event=all&redirect_number=1003', 'always', 0],
    [OLD, 'redirect_busy_number=1003&redirect_event=busy', 'busy', 0],
    [OLD, 'redirect_time_number=1003&redirect_time=20&redirect_event=time', 'noAnswer', 20],
    [BETWEEN, 'redirect_number=1003&redirect_allways=on', 'always', 0],
    [BETWEEN, 'redirect_time_number=1003&redirect_on_timeout=on', 'noAnswer', 12],
    [NEW, 'fwd_all_enabled1=on&fwd_all_target1=1003', 'always', 0],
    [NEW, 'fwd_time_enabled1=on&fwd_time_target1=1003&fwd_time_secs1=30', 'noAnswer', 30],
  ] as const)('%o: %s', async (...[model, settings, kind, afterSeconds]) => {
    await using office = await Office.open();
    const { phone } = await reporting(office, model);
    await ask(phone, `/dummy.htm?settings=save&${settings}`);
    expect(phone.features.forward(kind)).toEqual({ on: true, target: '1003', afterSeconds });
    await office.quiet();
    expect(office.paths).toEqual(['/action_redirection_on_url']);
  });

  test.each([
    [OLD, 'redirect_allways=on&redirect_number=1003'],
    [OLD, 'fwd_all_enabled1=on&fwd_all_target1=1003'],
    [NEW, 'redirect_event=all&redirect_number=1003'],
  ])('those of other firmware do nothing: %o', async (model, settings) => {
    await using office = await Office.open();
    const phone = await office.phone(model);
    await ask(phone, `/dummy.htm?settings=save&${settings}`);
    expect(phone.features.forward('always').on).toBe(false);
  });
});

test('redirect_event names one kind: the next one takes its place', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ ...OLD, settings: { redirect_number: '1003', redirect_event: 'all' } });
  expect(phone.features.forward('always').on).toBe(true);
  await ask(phone, '/dummy.htm?settings=save&redirect_busy_number=1004&redirect_event=busy');
  expect([phone.features.forward('always').on, phone.features.forward('busy').on]).toEqual([false, true]);
});

test.each([
  [OLD, { redirect_number: '1003' }, 'redirect_event', ['all', 'none']],
  [BETWEEN, { redirect_number: '1003' }, 'redirect_allways', ['on', 'off']],
  [NEW, { fwd_all_target1: '1003' }, 'fwd_all_enabled1', ['on', 'off']],
] as const)('what is switched at the phone stands in its settings: %o', async (...[model, settings, name, values]) => {
  await using office = await Office.open();
  const phone = await office.phone({ ...model, settings });
  for (const value of values) {
    phone.user.press('F_REDIRECT');
    expect(phone.settings.get(name)).toBe(value);
  }
});

test('a reboot forgets what is not in flash', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ ...NEW, quirks: { rebootMs: 0 } });
  await ask(phone, '/dummy.htm?settings=save&fwd_all_target1=1003&fwd_all_enabled1=on');
  expect(phone.features.forward('always').on).toBe(true);
  phone.power.reboot();
  await phone.power.settled();
  expect(phone.features.forward('always').on).toBe(false);
});
