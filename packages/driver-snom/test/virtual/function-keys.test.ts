import { describe, expect, test } from 'vitest';
import { keys, states, talking } from './keyed-calls.ts';
import { Office } from './office.ts';

/** P3 set so. */
const set = (value: string) => ({ settings: { fkey2: value } });

test('a line key holds the call that is on it, and takes it back', async () => {
  await using office = await Office.open();
  const { phone } = await talking(office);
  await keys(office, phone, 'P1');
  expect(states(phone)).toEqual(['1002 held']);
  await keys(office, phone, 'P1');
  expect(states(phone)).toEqual(['1002 connected']);
});

test.each(['speed', 'blf |*8', 'nonsense 1002', 'none'])(
  'a key set to "%s" leaves the typed digits',
  async (setting) => {
    await using office = await Office.open();
    const phone = await office.phone(set(setting));
    await keys(office, phone, '1;2;P3');
    expect([phone.desk.digits, phone.calls]).toEqual(['12', []]);
  },
);

test('a key of the type url asks its server, for the call in focus where there is one', async () => {
  await using office = await Office.open();
  const { phone } = await talking(office, set(`url ${office.gateway.address}/key?id=$csta_id&remote=$remote`));
  const [call] = phone.calls;
  await keys(office, phone, 'P3');
  await office.quiet();
  await keys(office, phone, 'CANCEL;P3');
  await office.quiet();
  const [inCall, idle, ...more] = office.gateway.requests.all.map(({ target }) => target);
  expect([inCall, idle, more]).toEqual([
    expect.stringMatching(`^/key\\?id=${call?.id}&remote=.*1002`),
    '/key?id=&remote=',
    [],
  ]);
});

describe('a key of the type keyevent', () => {
  test.each([
    ['F_DND', true],
    ['f_dnd', true],
    ['DND', false],
    ['none', false],
  ])('%s: do-not-disturb is switched on: %s', async (event, on) => {
    await using office = await Office.open();
    const phone = await office.phone(set(`keyevent ${event}`));
    await keys(office, phone, 'P3');
    expect(phone.features.isOn('dnd')).toBe(on);
  });

  test('F_DIAL dials what was typed, F_ABORT ends it, F_REDIAL shows it again', async () => {
    await using office = await Office.open();
    office.party('1002');
    const settings = { fkey2: 'keyevent F_DIAL', fkey3: 'keyevent F_ABORT', fkey4: 'keyevent F_REDIAL' };
    const phone = await office.phone({ settings });
    await keys(office, phone, '1;0;0;2;P3');
    expect(states(phone)).toEqual(['1002 ringing']);
    await keys(office, phone, 'P4');
    expect(phone.calls).toEqual([]);
    await keys(office, phone, 'P5');
    expect([phone.desk.digits, phone.calls]).toEqual(['1002', []]);
  });
});

test('a key of the type dtmf sends its digits to the call in focus, and nowhere without one', async () => {
  await using office = await Office.open();
  const { phone, far } = await talking(office, set('dtmf 12#'));
  await keys(office, phone, 'P3');
  expect(far.legs[0]?.receivedDigits).toBe('12#');
  await keys(office, phone, 'CANCEL;P3');
  expect([phone.calls, phone.desk.digits]).toEqual([[], '']);
  expect(phone.effects.all.filter(({ type }) => type === 'digitsSent')).toHaveLength(1);
});

test('a key of the type conference joins the calls', async () => {
  await using office = await Office.open();
  const { phone } = await talking(office, set('conference'));
  office.party('1003', { answersAfterMs: 0 });
  await keys(office, phone, 'F_HOLD;1;0;0;3;ENTER');
  expect(states(phone)).toEqual(['1002 held', '1003 connected']);
  await keys(office, phone, 'P3');
  expect(states(phone)).toEqual(['1002 connected', '1003 connected']);
});

test('a key of the type transfer asks for the number that the call goes to', async () => {
  await using office = await Office.open();
  const { phone, far } = await talking(office, set('transfer'));
  office.party('1003', { answersAfterMs: 0 });
  await keys(office, phone, 'P3');
  expect(phone.desk.transferring).toBe(phone.calls[0]);
  await keys(office, phone, '1;0;0;3;ENTER');
  expect([phone.calls, far.legs[0]?.remote.number]).toEqual([[], '1003']);
});

describe('a key of the type redirect', () => {
  test('without a number of its own takes that which was set before', async () => {
    await using office = await Office.open();
    const phone = await office.phone(set('redirect'));
    await keys(office, phone, 'P3');
    expect(phone.features.forward('always')).toMatchObject({ on: false, target: '' });
    phone.features.setForward('always', { on: false, target: '1003' });
    await keys(office, phone, 'P3');
    expect(phone.features.forward('always')).toMatchObject({ on: true, target: '1003' });
  });

  test('with one takes that', async () => {
    await using office = await Office.open();
    const phone = await office.phone(set('redirect 1004'));
    phone.features.setForward('always', { on: false, target: '1003' });
    await keys(office, phone, 'P3');
    expect(phone.features.forward('always')).toMatchObject({ on: true, target: '1004' });
  });
});
