import type { PhoneProfile } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { directDriver } from '../../src/drivers/direct-driver.ts';
import type { DriverPort } from '../../src/drivers/driver-port.ts';
import { SharedAbilities } from '../../src/phones/shared-abilities.ts';
import { storedPhone } from '../store/samples.ts';
import { acme } from '../support/driver.ts';

/** A driver that writes down what it was asked about. */
function asking(look: (profile: PhoneProfile) => unknown): { readonly driver: DriverPort; readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const direct = directDriver(acme);
  const abilities: DriverPort['abilities'] = (profile) => {
    asked.push(look(profile));
    return direct.abilities(profile);
  };
  return { driver: { ...direct, abilities }, asked };
}

const { phone } = storedPhone('p1');
const first = { ...phone, vendor: 'acme', options: {}, mac: '00:04:13:00:00:01' };
const second = { ...first, id: 'p2', mac: '00:04:13:00:00:02' };

test('a driver is asked once for phones that are alike, and each has its own MAC address', async () => {
  const { driver, asked } = asking(({ model }) => model);
  const shared = new SharedAbilities();
  const answers = [await shared.of(first, driver, null), await shared.of(second, driver, null)];
  expect(asked).toEqual([first.model]);
  expect(answers.map(({ profile }) => profile.mac)).toEqual([first.mac, second.mac]);
  expect(answers[1]?.ladders).toBe(answers[0]?.ladders);
});

test.each([
  ['model', { model: 'another' }],
  ['firmware', { firmware: '99.1' }],
  ['address', { address: null }],
  ['SIP URI', { sipUri: 'sip:101@192.0.2.9' }],
  ['events that it takes', { allowEvents: ['talk'] }],
])('phones that differ in their %s are asked about one by one', async (_what, difference) => {
  const { driver, asked } = asking(({ model }) => model);
  const shared = new SharedAbilities();
  await shared.of(first, driver, null);
  await shared.of({ ...second, ...difference }, driver, null);
  expect(asked).toHaveLength(2);
});

test('what a driver says after it has looked at the MAC address is that phone’s alone', async () => {
  const { driver, asked } = asking(({ mac }) => mac);
  const shared = new SharedAbilities();
  for (const one of [first, second, first]) await shared.of(one, driver, null);
  expect(asked).toEqual([first.mac, second.mac, first.mac]);
});

test('a driver is not asked again about a phone whose profile is the same', async () => {
  const { driver, asked } = asking(({ mac }) => mac);
  const shared = new SharedAbilities();
  const before = await shared.of(first, driver, null);
  expect(await shared.of({ ...first, name: 'Renamed' }, driver, before)).toBe(before);
  expect(asked).toHaveLength(1);
});
