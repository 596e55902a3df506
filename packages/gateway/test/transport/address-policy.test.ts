import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parseOrigin } from '../../src/phones/origin.ts';
import {
  AddressNotAllowed,
  createAddressPolicy,
  isNetwork,
  PRIVATE_NETWORKS,
} from '../../src/transport/address-policy.ts';

const byDefault = createAddressPolicy(PRIVATE_NETWORKS);
const everything = createAddressPolicy(['0.0.0.0/0', '::/0']);

test.each([
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.20', true],
  ['192.169.1.20', false],
  ['fd12:3456::20', true],
  ['::ffff:192.168.1.20', true],
  ['::ffff:c0a8:0114', true],
  ['::ffff:8.8.8.8', false],
  ['8.8.8.8', false],
  ['127.0.0.1', false],
  ['::1', false],
  ['2001:db8::1', false],
  ['fd00:ec2::254', false],
  ['fd20:ce::254', false],
  ['phone.example', false],
  ['', false],
])('by default %s: %s', (address, allowed) => {
  expect(byDefault.allows(address)).toBe(allowed);
});

test.each([
  '0.0.0.0',
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  'fd00:ec2::254',
])('%s is never allowed, whatever is configured', (address) => {
  expect(everything.allows(address)).toBe(false);
});

test('loopback is allowed where it is configured', () => {
  expect(createAddressPolicy(['127.0.0.0/8']).allows('127.0.0.1')).toBe(true);
  expect(everything.allows('::1')).toBe(true);
});

test.each([
  ['192.0.2.0/24', true],
  ['192.0.2.20', true],
  ['fd00::/8', true],
  ['::/0', true],
  ['192.0.2.0/33', false],
  ['fd00::/129', false],
  ['192.0.2.0/', false],
  ['192.0.2.0/8/8', false],
  ['192.0.2/24', false],
  ['fe80::1%eth0/64', false],
  ['any', false],
])('%s is a network: %s', (text, expected) => {
  expect(isNetwork(text)).toBe(expected);
});

test('what is no network is refused and not passed over', () => {
  expect(() => createAddressPolicy(['10.0.0.0/8', 'office'])).toThrow('office');
});

test.each([
  ['192.168.1.20', 'http://192.168.1.20'],
  [' 192.168.1.20:8080 ', 'http://192.168.1.20:8080'],
  ['http://192.168.1.20:80/', 'http://192.168.1.20'],
  ['https://192.168.1.20', 'https://192.168.1.20'],
  ['fd12::20', 'http://[fd12::20]'],
  ['http://[fd12::20]:8080', 'http://[fd12::20]:8080'],
  ['Phone.Example', 'http://phone.example'],
])('%s is the origin %s', (typed, origin) => {
  expect(parseOrigin(typed, byDefault)).toEqual({ origin });
});

test.each([
  '0xc0a80114',
  '3232235796',
  '192.168.276',
  '0300.0250.1.20',
  '192.168.001.020',
  'http://3232235796/',
  'ftp://192.168.1.20',
  'http://user:pass@192.168.1.20',
  'http://192.168.1.20/servlet',
  'http://192.168.1.20?x=1',
  'http://192.168.1.20#x',
  'http://',
  '',
])('%j is an invalid argument', (typed) => {
  expect(parseOrigin(typed, byDefault)).toMatchObject({ failure: { code: 'INVALID_ARGUMENT', argument: 'address' } });
});

test.each(['127.0.0.1', '8.8.8.8', '169.254.169.254', '[::1]', 'http://[::ffff:127.0.0.1]', '[fd00:ec2::254]'])(
  '%s is denied by policy',
  (typed) => {
    expect(parseOrigin(typed, byDefault)).toMatchObject({ failure: { code: 'POLICY_DENIED', rule: 'allowedTargets' } });
  },
);

test('a name is resolved to allowed addresses only', async () => {
  const allowed = promisify(createAddressPolicy(['127.0.0.0/8']).lookup);
  expect(await allowed('localhost', { family: 4 })).toBe('127.0.0.1');
  await expect(promisify(byDefault.lookup)('localhost', {})).rejects.toBeInstanceOf(AddressNotAllowed);
  const all = await promisify(createAddressPolicy(['127.0.0.0/8']).lookup)('localhost', { all: true });
  expect(all).toEqual([{ address: '127.0.0.1', family: 4 }]);
});
