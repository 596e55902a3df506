import { expect, test } from 'vitest';
import { createVirtualSnomPhone } from '../../src/virtual/index.ts';
import { keys } from './keyed-calls.ts';
import { Office, reporting } from './office.ts';
import { ask } from './wire.ts';

test('a phone has the address that it is given, and calls its servers from there', async () => {
  await using office = await Office.open();
  const { phone } = await reporting(office, { host: '127.0.0.2', model: 'D735' }, 'ip=$phone_ip');
  expect([new URL(phone.address).hostname, phone.model]).toEqual(['127.0.0.2', 'D735']);
  await keys(office, phone, 'DND');
  const { query, remoteAddress } = await office.called('/action_dnd_on_url');
  expect([query, remoteAddress]).toEqual(['ip=127.0.0.2', '127.0.0.2']);
});

test('a phone has the port that it is given, or does not start', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  const port = Number(new URL(phone.address).port);
  await expect(office.phone({ port, identities: [] })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a phone that joins no exchange is alone at one of its own', async () => {
  await using phone = createVirtualSnomPhone();
  await phone.start();
  expect(phone.accounts).toMatchObject([{ number: '1001', domain: 'pbx.example', registered: true }]);
  await ask(phone, '/command.htm?number=1002');
  const { exchange } = phone.telephony;
  await exchange.settled();
  expect(exchange.events.all.map(({ event, reason }) => [event, reason])).toEqual([
    ['onDialing', undefined],
    ['onEnded', 'notFound'],
  ]);
});

test('a phone that is on is not switched on again', async () => {
  await using office = await Office.open();
  const { phone, started } = await reporting(office);
  expect(started).toContain('/action_setup_url');
  await phone.start();
  await office.quiet();
  expect(office.paths).toEqual([]);
});

test('a phone that is switched off while it goes down to restart does not come back', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { rebootMs: 600_000 } });
  const { address } = phone;
  const off = phone.effects.waitFor(({ type }) => type === 'rebooted').then(() => phone.stop());
  expect((await ask(phone, '/advanced_update.htm?reboot=Reboot')).status).toBe(200);
  await off;
  await expect(ask({ address }, '/info.htm')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(phone.accounts.map(({ registered }) => registered)).toEqual([false]);
});

test.each([
  ['that is held down', '1,600000', ''],
  ['that waits for the pause of another', '1,,600000;2', '1'],
])('a phone that is switched off forgets a key %s', async (_, events, digits) => {
  await using office = await Office.open();
  const phone = await office.phone();
  await ask(phone, `/command.htm?key=${events}`);
  expect(phone.desk.digits).toBe(digits);
  await phone.stop();
  expect(phone.desk.digits).toBe(digits);
});
