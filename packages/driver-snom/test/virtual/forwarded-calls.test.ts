import { expect, onTestFinished, test, vi } from 'vitest';
import { keys, states } from './keyed-calls.ts';
import { Office } from './office.ts';
import { ask } from './wire.ts';

/** A phone that forwards as these settings say, and who could get its calls. */
const forwarding = async (office: Office, settings: string) => {
  const phone = await office.phone();
  const target = office.party('1003');
  await ask(phone, `/dummy.htm?settings=save&${settings}`);
  return { phone, callers: () => target.legs.map(({ remote }) => remote.number) };
};

test.each([
  ['fwd_busy_enabled1=on&fwd_busy_target1=1003', ['1002 ringing'], ['1004']],
  ['fwd_busy_enabled1=on', ['1002 ringing', '1004 ringing'], []],
  ['fwd_busy_target1=1003', ['1002 ringing', '1004 ringing'], []],
])('%s: a second call', async (settings, here, there) => {
  await using office = await Office.open();
  const { phone, callers } = await forwarding(office, settings);
  for (const number of ['1002', '1004']) {
    office.party(number).dial('1001');
    await office.exchange.settled();
  }
  expect([states(phone), callers()]).toEqual([here, there]);
});

/** A call of 1002, and the clock in the test's hand. */
const ringing = async (office: Office, settings: string) => {
  const made = await forwarding(office, settings);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  office.party('1002').dial('1001');
  await office.exchange.settled();
  return {
    ...made,
    after: async (milliseconds: number) => {
      vi.advanceTimersByTime(milliseconds);
      await office.exchange.settled();
      return [...states(made.phone), ...made.callers()];
    },
  };
};

const LATER = 'fwd_time_enabled1=on&fwd_time_secs1=20';

test('a call that nobody takes goes on after the seconds that are set', async () => {
  await using office = await Office.open();
  const { after } = await ringing(office, `${LATER}&fwd_time_target1=1003`);
  expect(await after(19_999)).toEqual(['1002 ringing']);
  expect(await after(1)).toEqual(['1002']);
});

test('a call that was taken stays', async () => {
  await using office = await Office.open();
  const { phone, after } = await ringing(office, `${LATER}&fwd_time_target1=1003`);
  await keys(office, phone, 'ENTER');
  expect(await after(20_000)).toEqual(['1002 connected']);
});

test('without a number to forward to it goes on ringing', async () => {
  await using office = await Office.open();
  const { after } = await ringing(office, LATER);
  expect(await after(20_000)).toEqual(['1002 ringing']);
});
