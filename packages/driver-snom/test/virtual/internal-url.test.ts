import { expect, test } from 'vitest';
import { Office } from './office.ts';

const TRUSTED = { mb_trusted_hosts: '192.0.2.10' };
const DOCUMENT = '<SnomIPPhoneText><Title>Hi</Title></SnomIPPhoneText>';

test.each([
  ['reboot', ['rebooted']],
  ['reboot=yes', ['rebooted']],
  ['reboot=reset', ['reset', 'rebooted']],
  ['reboot=Reset', ['reset', 'rebooted']],
])('%s', async (fragment, types) => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { rebootMs: 0 } });
  phone.settings.set('language', 'Deutsch');
  await phone.browser.open(`snom://mb_exit#${fragment}`);
  await phone.power.settled();
  expect(phone.effects.all.map(({ type }) => type)).toEqual(types);
  expect(phone.settings.get('language')).toBe('English');
});

test('a phone that restarts already is not restarted, nor reset', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { rebootMs: 0 } });
  for (const fragment of ['reboot', 'reboot', 'reboot=reset']) await phone.browser.open(`snom://mb_nop#${fragment}`);
  await phone.power.settled();
  expect(phone.effects.all).toEqual([{ type: 'rebooted' }]);
});

test('identities are logged off by their number from 0, all by -1', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ identities: [{ number: '1001' }, { number: '1011' }] });
  const reached = async () => {
    await office.exchange.settled();
    return phone.accounts.map(({ registered }) => registered);
  };
  await phone.browser.open('snom://mb_nop#unregister=1');
  expect(await reached()).toEqual([true, false]);
  await phone.browser.open('snom://mb_nop#unregister=-1');
  expect(await reached()).toEqual([false, false]);
});

test.each([
  ['Dialed', ['received', 'missed']],
  ['Received', ['dialed', 'missed']],
  ['Missed', ['dialed', 'received']],
  ['MaxCallLists', ['dialed', 'received', 'missed']],
])('calllistclear=%s leaves %s', async (list, left) => {
  await using office = await Office.open();
  const phone = await office.phone();
  const { callLists } = phone;
  const names = ['dialed', 'received', 'missed'] as const;
  for (const name of names) callLists.add(name, { number: '1002', displayName: '' });
  await phone.browser.open(`snom://mb_nop#calllistclear=${list}`);
  expect(names.filter((name) => callLists[name].length > 0)).toEqual(left);
});

test('toggleset turns a setting round, set writes its value, one that is not encoded as it is', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ settings: { ...TRUSTED, call_join_xfer: 'on' } });
  phone.browser.show(DOCUMENT, '192.0.2.10');
  const after = async (fragment: string, setting: string) => {
    await phone.browser.open(`snom://mb_nop#${fragment}`);
    return phone.settings.get(setting);
  };
  expect(await after('toggleset:call_join_xfer', 'call_join_xfer')).toBe('off');
  expect(await after('toggleset:call_join_xfer', 'call_join_xfer')).toBe('on');
  expect(await after('set:user_realname1=Ann%20B', 'user_realname1')).toBe('Ann B');
  expect(await after('set:user_realname1=100%', 'user_realname1')).toBe('100%');
});
