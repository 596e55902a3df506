import { expect, test } from 'vitest';
import type { VirtualSnomOptions } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { buttons, sipSender } from './sip-wire.ts';

const opening = async (office: Office, options: VirtualSnomOptions = {}) => {
  const settings = { filter_registrar: 'off', fkey0: 'button 1', fkey1: 'button 2', fkey2: 'line', fkey3: 'button' };
  const phone = await office.phone({ sip: {}, ...options, settings: { ...settings, ...options.settings } });
  return { phone, sender: await sipSender(phone) };
};

test.each([
  ["Kamailio's, CR LF and none at the end", 'k=2\r\nc=on\r\nn=432\r\na=invite\r\nl=Ligth is on', '432'],
  ["mod_snom's, LF", 'k=2\nc=on\nl=Ligth is on\nn=432\na=invite\n', '432'],
  ["mod_snom's without an action", 'k=2\nc=on\nl=Ligth is on\n\n', ''],
  ["minisip's, with empty lines before", '\n\nk=2\nc=on\nl=Ligth is on\na=invite\nn=**\n', '**'],
])('a body as in use lights the key: %s', async (_, body, destination) => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office);
  expect((await sender.ask(buttons(body))).status).toBe(200);
  expect(phone.lights.get('P2')).toEqual({ state: 'on', color: undefined });
  expect(phone.buttons.states.get('P2')).toMatchObject({ label: 'Ligth is on', destination, action: 'invite' });
  expect(phone.sipRequests?.last?.body).toBe(body);
});

test('several lamps stand in one body, and what is left out goes back to its default', async () => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office, { model: '820' });
  await sender.ask(buttons('k=1\r\nc=pickup\r\no=red\r\nl=Lobby\r\nn=*14\r\n\r\nk=2\r\nc=park\r\no=local\r\n'));
  expect([phone.lights.get('P1'), phone.lights.get('P2')]).toEqual([
    { state: 'pickup', color: 'red' },
    { state: 'park', color: 'green' },
  ]);
  await sender.ask(buttons('k=1\r\nc=on\r\n'));
  expect(phone.lights.get('P1')).toEqual({ state: 'on', color: 'green' });
  expect(phone.buttons.states.get('P1')).toMatchObject({ label: '', destination: '', action: 'invite' });
  await sender.ask(buttons('k=1\r\nl=Dark\r\n'));
  expect(phone.lights.get('P1')?.state).toBe('off');
  expect(phone.lights.get('P2')?.state).toBe('park');
});

test.each(['on', 'off', 'hold', 'pickup', 'park', 'message', 'offline', 'error', 'seized', 'record'])(
  'it knows the light %s',
  async (light) => {
    await using office = await Office.open();
    const { phone, sender } = await opening(office);
    await sender.ask(buttons(`k=1\r\nc=${light}\r\n`));
    expect(phone.lights.get('P1')?.state).toBe(light);
    expect(phone.buttons.states.get('P1')?.light).toBe(light);
  },
);

test.each([
  ['a line key', 'k=3\r\nc=on\r\n'],
  ['a button without its number in the setting', 'k=4\r\nc=on\r\n'],
  ['a key that there is not', 'k=99\r\nc=on\r\n'],
  ['a lamp that does not begin with k', 'c=on\r\nk=1\r\n'],
  ['a light that nobody knows', 'k=1\r\nc=disco\r\n'],
])('%s stays dark, and the answer is 200 all the same', async (_, body) => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office);
  expect((await sender.ask(buttons(body))).status).toBe(200);
  const lit = Object.entries(phone.lights.toRecord()).filter(([, { state }]) => state !== 'off');
  expect(lit).toEqual([]);
});

test('firmware 7 takes the place of the key for its number', async () => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office, { model: '370', firmware: '7.3.14' });
  await sender.ask(buttons('k=4\r\nc=on\r\n'));
  expect(phone.lights.get('P4')?.state).toBe('on');
});

test('a press dials, or sends a MESSAGE to who lit the key, or does nothing', async () => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office);
  await sender.ask(buttons('k=1\r\nc=on\r\nn=1002\r\na=invite\r\n\r\nk=2\r\nc=on\r\nn=open door\r\na=message\r\n'));
  phone.user.press('P1');
  expect(phone.callLists.dialed).toEqual([{ number: '1002', displayName: '' }]);
  phone.user.press('P2');
  const pressed = await sender.received.waitFor(({ start }) => start.startsWith('MESSAGE '));
  expect(pressed.start).toBe(`MESSAGE sip:gateway@127.0.0.1:${sender.port} SIP/2.0`);
  expect([pressed.headers['content-type'], pressed.body]).toEqual(['application/x-buttons', 'k=2\r\nn=open door\r\n']);
  sender.answer(pressed);
  await sender.ask(buttons('k=2\r\nc=on\r\n'));
  const before = sender.received.count;
  phone.user.press('P2');
  await sender.ask({ method: 'OPTIONS' });
  expect(sender.received.count).toBe(before + 1);
});

test('a reboot forgets lamps and labels, and nobody is heard while it lasts', async () => {
  await using office = await Office.open();
  const { phone, sender } = await opening(office);
  await sender.ask(buttons('k=1\r\nc=on\r\nn=1002\r\n'));
  const port = phone.sipUri;
  phone.power.reboot();
  await phone.power.settled();
  expect([phone.lights.get('P1')?.state, phone.sipUri]).toEqual(['off', port]);
  expect((await sender.ask({ method: 'OPTIONS' })).status).toBe(200);
});
