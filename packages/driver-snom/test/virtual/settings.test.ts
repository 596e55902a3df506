import { expect, test } from 'vitest';
import { Office } from './office.ts';
import { ask } from './wire.ts';

test('dummy.htm writes settings in force; only store_settings=save outlives a reboot', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { rebootMs: 0 } });
  await ask(phone, '/dummy.htm?settings=save&store_settings=save&fkey2=speed%201009&fkey_label2=Door');
  await ask(phone, '/dummy.htm?settings=save&language=Deutsch');
  expect([phone.settings.get('fkey2'), phone.settings.get('language')]).toEqual(['speed 1009', 'Deutsch']);
  await ask(phone, '/advanced_update.htm?reboot=Reboot');
  await phone.settings.waitFor('language', (value) => value === 'English');
  await phone.power.settled();
  expect([phone.settings.get('fkey2'), phone.settings.get('fkey_label2')]).toEqual(['speed 1009', 'Door']);
});

test('settings.htm writes as well', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  await ask(phone, '/settings.htm?settings=save&language=Deutsch');
  expect(phone.settings.get('language')).toBe('Deutsch');
});

test('a URL may come encoded in full or but for the usual characters', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  const url = 'http://gw:80/in?r=$remote&l=$local';
  await ask(phone, `/dummy.htm?settings=save&action_hold=${encodeURIComponent(url)}`);
  await ask(phone, '/dummy.htm?settings=save&action_unhold=http://gw:80/in?r=$remote%26l=$local');
  expect([phone.settings.get('action_hold'), phone.settings.get('action_unhold')]).toEqual([url, url]);
});

test('nothing is written without settings=save, to what the phone is, or with admin_mode off', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  const { mac } = phone;
  await ask(phone, '/dummy.htm?language=Deutsch');
  await ask(phone, '/dummy.htm?settings=save&mac=000000000000');
  phone.settings.set('admin_mode', 'off');
  await ask(phone, '/dummy.htm?settings=save&language=Deutsch');
  expect([phone.settings.get('language'), phone.settings.get('mac')]).toEqual(['English', mac.toUpperCase()]);
});

test('a reset brings back the factory’s settings: no identity, no login, no action URL', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ settings: { action_hold: 'http://gw/x' }, quirks: { rebootMs: 0 } });
  await ask(phone, '/advanced_update.htm?reset=Reset');
  await phone.effects.waitFor(({ type }) => type === 'rebooted');
  await phone.power.settled();
  expect(phone.accounts).toEqual([]);
  expect(phone.settings.get('action_hold')).toBe('');
});

test('a rebooting phone refuses connections and has lost its calls', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { rebootMs: 60_000 } });
  const far = office.party('1002', { answersAfterMs: 0 });
  phone.user.dial('1002');
  await office.exchange.settled();
  expect((await ask(phone, '/dummy.htm?REBOOT=true')).status).toBe(200);
  const outcome = () => ask(phone, '/info.htm').catch((error: NodeJS.ErrnoException) => error.code);
  await expect.poll(outcome).toBe('ECONNREFUSED');
  expect([phone.calls, far.legs]).toEqual([[], []]);
});

test('a phone that has rebooted is back on its port, registered, and says that it is set up', async () => {
  await using office = await Office.open();
  const url = `${office.gateway.address}/action_setup_url?ip=$phone_ip`;
  const phone = await office.phone({ settings: { action_setup_url: url }, quirks: { rebootMs: 0 } });
  await ask(phone, '/confirm.htm?REBOOT=yes');
  await phone.effects.waitFor(({ type }) => type === 'rebooted');
  await phone.power.settled();
  await office.gateway.requests.waitForCount(2);
  expect(office.gateway.requests.all.map(({ target }) => target)).toEqual(
    Array(2).fill('/action_setup_url?ip=127.0.0.1'),
  );
  expect((await ask(phone, '/info.htm')).status).toBe(200);
  expect(phone.accounts.map(({ registered }) => registered)).toEqual([true]);
});

test('an identity that is written registers, and calls reach it', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  const far = office.party('1002');
  await ask(phone, '/dummy.htm?settings=save&user_name2=1055&user_realname2=Lab&user_host2=lab.example');
  far.dial('1055');
  await office.exchange.settled();
  expect(phone.calls.map(({ local }) => [local.number, local.displayName, local.domain])).toEqual([
    ['1055', 'Lab', 'lab.example'],
  ]);
});

test('an identity that is written without its host is one of the exchange’s domain', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  await ask(phone, '/dummy.htm?settings=save&user_name2=1055');
  office.party('1002').dial('1055');
  await office.exchange.settled();
  expect(phone.calls.map(({ local }) => `${local.number}@${local.domain}`)).toEqual(['1055@pbx.example']);
});

test('an identity that is emptied is reached no more', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  await ask(phone, '/dummy.htm?settings=save&user_name1=');
  const leg = office.party('1002').dial('1001');
  await office.exchange.settled();
  expect([leg.endReason, phone.accounts]).toEqual(['notFound', []]);
});
