import { expect, test } from 'vitest';
import { snomModels, type VirtualSnomOptions, type VirtualSnomPhone } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { ask } from './wire.ts';

const pressed = (phone: VirtualSnomPhone): readonly string[] =>
  phone.effects.all.flatMap((effect) => (effect.type === 'keyPressed' ? [effect.key] : []));
const unknown = (phone: VirtualSnomPhone): readonly string[] =>
  phone.effects.all.flatMap((effect) => (effect.type === 'unknownKey' ? [effect.key] : []));

const press = async (options: VirtualSnomOptions, keys: string): Promise<VirtualSnomPhone> => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { keyTiming: 'none' }, ...options });
  const reply = await ask(phone, `/command.htm?key=${keys}`);
  expect(reply.status).toBe(200);
  return phone;
};

test.each([
  ['OFFHOOK;1,80,120;%23', 'OFFHOOK 1 #'],
  ['OFFHOOK%3B1%2C80%2C120%3B%23', 'OFFHOOK 1 #'],
  ['1;ENTER,,1000;2', '1 ENTER 2'],
  ['enter', 'ENTER'],
  ['p1', 'P1'],
  ['*;%2A', '* *'],
])('key=%s presses %s', async (keys, expected) => {
  const phone = await press({}, keys);
  expect(pressed(phone).join(' ')).toBe(expected);
  expect(unknown(phone)).toEqual([]);
});

test('the times of a key event are kept', async () => {
  const phone = await press({}, '1,80,120;2');
  expect(phone.effects.all).toEqual([
    { type: 'keyPressed', key: '1', heldMs: 80 },
    { type: 'keyPressed', key: '2', heldMs: 0 },
  ]);
});

test('events with times act one after the other, after the reply', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  await ask(phone, '/command.htm?key=1,100;2');
  await ask(phone, '/command.htm?key=3');
  await phone.effects.waitForCount(3);
  expect(pressed(phone)).toEqual(['1', '2', '3']);
  expect(phone.desk.digits).toBe('123');
});

test('an unknown key is answered 200 and does nothing', async () => {
  const phone = await press({}, 'NONSENSE;7');
  expect(unknown(phone)).toEqual(['NONSENSE']);
  expect(phone.desk.digits).toBe('7');
});

const has = (key: string, options: VirtualSnomOptions) => ({ key, options });

test.each([
  has('F_R', { model: '320', firmware: '8.4.35' }),
  has('F_R', { model: '320', firmware: '8.7.3.6' }),
  has('F_HOLD', { model: '320', firmware: '8.7.3.7' }),
  has('F_HOLD', { model: 'D785' }),
  has('P4', { model: '300' }),
  has('P5', { model: '190' }),
  has('P12', { model: '320' }),
  has('P15', { model: '870' }),
  has('P24', { model: 'D785' }),
  has('F3', { model: '200' }),
  has('F4', { model: '320' }),
  has('RECALL', { model: '220' }),
  has('EK0', { model: '360', expansionKeys: 42 }),
  has('EK41', { model: '360', expansionKeys: 42 }),
])('$key is a key of $options', async ({ key, options }) => {
  const phone = await press(options, key);
  expect(pressed(phone)).toEqual([key]);
});

test.each([
  has('F_R', { model: '320', firmware: '8.7.3.7' }),
  has('F_HOLD', { model: '320', firmware: '8.7.3.6' }),
  has('P5', { model: '300' }),
  has('P0', { model: '300' }),
  has('P13', { model: '320' }),
  has('P16', { model: '870' }),
  has('F1', { model: '870' }),
  has('F4', { model: '190' }),
  has('RECALL', { model: '320' }),
  has('EK0', { model: '360' }),
  has('EK42', { model: '360', expansionKeys: 42 }),
])('$key is no key of $options', async ({ key, options }) => {
  const phone = await press(options, key);
  expect(unknown(phone)).toEqual([key]);
});

test('there are 40 models, each with the keys that its name promises', async () => {
  expect(snomModels).toHaveLength(40);
  const commanded = snomModels.filter(({ web }) => web === 'command');
  for (const { name, functionKeys } of commanded) {
    const phone = await press({ model: name }, `P${functionKeys};P${functionKeys + 1}`);
    expect([name, pressed(phone), unknown(phone)]).toEqual([name, [`P${functionKeys}`], [`P${functionKeys + 1}`]]);
  }
  expect(commanded).toHaveLength(34);
});

test('a person cannot press a key that is not there', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ model: '300' });
  expect(() => phone.user.press('P5')).toThrow('A snom 300 has no key P5.');
});
