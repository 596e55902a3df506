import { expect, test } from 'vitest';
import { createPhonesByAddress } from '../../src/event-path/phones-by-address.ts';
import type { Phone } from '../../src/model.ts';
import type { RegisteredPhone } from '../../src/phones/phone-registry.ts';
import { storedPhone } from '../store/samples.ts';
import { registered } from '../support/registered-phone.ts';

function phonesByAddress() {
  const phones = new Map<string, RegisteredPhone>();
  const listeners: ((phone: RegisteredPhone) => void)[] = [];
  const put = (id: string, change: Partial<Phone>): void => {
    const phone = registered({ ...storedPhone(id).phone, mac: null, sipUri: null, ...change });
    phones.set(id, phone);
    for (const listener of listeners) listener(phone);
  };
  const found = createPhonesByAddress({
    get: (id) => phones.get(id) ?? null,
    all: () => phones.values(),
    onChange: (listener) => listeners.push(listener),
  });
  return { put, idAt: (from: string, sent = '/a/x/y') => found.find(from, sent)?.phone.id ?? null };
}

test('a phone is known by its address, in whichever words a socket tells it, and by that of its SIP URI', () => {
  const { put, idAt } = phonesByAddress();
  put('web', { address: 'http://192.0.2.20' });
  put('sip', { address: 'http://phone.example', sipUri: 'sip:101@192.0.2.21:5062' });
  put('six', { address: 'http://[2001:db8::7]' });
  expect(
    ['192.0.2.20', '::ffff:192.0.2.20', '192.0.2.21', '2001:db8::7', '192.0.2.99'].map((from) => idAt(from)),
  ).toEqual(['web', 'web', 'sip', 'six', null]);
});

test('several phones at one address are told apart by the MAC address that was sent', () => {
  const { put, idAt } = phonesByAddress();
  put('one', { address: 'http://192.0.2.20:8001', mac: '00:04:13:00:00:01' });
  put('two', { address: 'http://192.0.2.20:8002', mac: '00:04:13:00:00:02' });
  expect([idAt('192.0.2.20', '/a/x/y?mac=00041300000%32'), idAt('192.0.2.20', '/a/x/y?mac=00-04-13-00-00-02')]).toEqual(
    [null, 'two'],
  );
});

test('what happens to phones after the first look counts', () => {
  const { put, idAt } = phonesByAddress();
  put('mover', { address: 'http://192.0.2.20' });
  put('leaver', { address: 'http://192.0.2.30' });
  expect([idAt('192.0.2.20'), idAt('192.0.2.30')]).toEqual(['mover', 'leaver']);
  put('mover', { address: 'http://192.0.2.21' });
  put('leaver', { address: 'http://192.0.2.30', removedAt: 1 });
  put('new', { address: 'http://192.0.2.20' });
  expect(['192.0.2.20', '192.0.2.21', '192.0.2.30'].map((from) => idAt(from))).toEqual(['new', 'mover', null]);
});
