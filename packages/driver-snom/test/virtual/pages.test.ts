import { expect, test } from 'vitest';
import { Office } from './office.ts';
import { ask } from './wire.ts';

test('info.htm has what clients look for', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ model: 'D785', mac: '00:04:13:92:2d:24' });
  const { body } = await ask(phone, '/info.htm');
  expect(/Mac:([0-9A-F]{12})/.exec(body)?.[1]).toBe('000413922D24');
  expect(/Hardware: (D\d{3})/.exec(body)?.[1]).toBe('D785');
  expect(body).toContain('<TITLE>snom D785</TITLE>');
  expect(body).toContain('snomD785-SIP 10.1.33.33');
  expect(body).toContain('PhoneHasNoHttpPassword');
  expect(phone.mac).toBe('000413922d24');
});

test('settings.htm lists settings, passwords empty', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ settings: { admin_mode_password: 'geheim' } });
  const { body } = await ask(phone, '/settings.htm');
  expect(body).toContain('\nuser_name1!: 1001\n');
  expect(body).toContain(`\nmac&amp;: ${phone.mac.toUpperCase()}\n`);
  expect(body).toContain('\nadmin_mode_password!: \n');
  expect(body).not.toContain('geheim');
});

test('state_of_gui.htm tells of calls, and not of a LED that a document has set', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  const states = async () => (await ask(phone, '/state_of_gui.htm')).body.match(/(?<=<li>)[^<]*/g);
  phone.browser.show('<SnomIPPhoneText><Led number="5" color="red">On</Led></SnomIPPhoneText>');
  expect([phone.lights.get('P1')?.state, await states()]).toEqual(['on', null]);
  office.party('1002').dial('1001');
  await office.exchange.settled();
  expect(await states()).toEqual(['PhoneHasCallInStateRinging']);
});

test('xml_entities.htm is empty: a virtual phone has no XML definitions', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ model: 'D735' });
  const { status, body } = await ask(phone, '/xml_entities.htm');
  expect([status, /<TITLE>(.*)<\/TITLE>/.exec(body)?.[1], /<pre>(.*)<\/pre>/s.exec(body)?.[1]]).toEqual([
    ...[200, 'snom D735', ''],
  ]);
});

const bmp = async (address: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(`${address}/screen.bmp`)).arrayBuffer());

test('screen.bmp is a BMP of the display’s size, and shows what is on it', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ model: '870' });
  const before = await bmp(phone.address);
  expect(before.toString('latin1', 0, 2)).toBe('BM');
  expect([before.readUInt32LE(2), before.readInt32LE(18), before.readInt32LE(22)]).toEqual([before.length, 480, 272]);
  phone.user.press('7');
  expect(phone.screen.content.lines).toEqual(['1001', '7']);
  expect((await bmp(phone.address)).equals(before)).toBe(false);
});

test.each([
  ['820', false],
  ['821', false],
  ['870', true],
])('the screen of a %s has its line information without FIX_LIL: %s', async (model, isThere) => {
  await using office = await Office.open();
  const phone = await office.phone({ model });
  const before = await bmp(phone.address);
  await ask(phone, '/command.htm?FIX_LIL=true');
  expect((await bmp(phone.address)).equals(before)).toBe(isThere);
});

test('D8xx: a Phone Manager, no command.htm, no CSTA', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ model: 'D862' });
  const info = await ask(phone, '/info.htm');
  expect(info.status).toBe(200);
  expect(info.body).toContain('<TITLE>Phone Manager</TITLE>');
  expect((await ask(phone, '/command.htm?key=7')).status).toBe(404);
  expect((await ask(phone, '/csta', { method: 'POST', body: '<RequestSystemStatus/>' })).status).toBe(404);
  expect(phone.desk.digits).toBe('');
});

test('a model that Snom never made is refused', async () => {
  await using office = await Office.open();
  await expect(office.phone({ model: 'D999' })).rejects.toThrow('No Snom model D999.');
});
