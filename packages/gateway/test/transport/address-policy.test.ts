import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parseOrigin } from '../../src/phones/origin.ts';
import { AddressNotAllowed, createAddressPolicy, PRIVATE_NETWORKS } from '../../src/transport/address-policy.ts';
import { isNetwork } from '../../src/transport/networks.ts';
import { isPortRange } from '../../src/transport/ports.ts';

const byDefault = createAddressPolicy({ networks: PRIVATE_NETWORKS });
const everything = createAddressPolicy({ networks: ['0.0.0.0/0', '::/0'] });

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
  'fd20:ce::254',
  'fd00:42::42',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '::10.0.0.1',
  '::a00:1',
  '::ffff:0:10.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::10.0.0.1',
  '2002:a00:1::1',
  '2001:0:a00:1::',
])('%s is never allowed, whatever is configured', (address) => {
  expect(everything.allows(address)).toBe(false);
});

test('loopback is allowed where it is named, and a network that holds all does not name it', () => {
  expect(createAddressPolicy({ networks: ['127.0.0.0/8'] }).allows('127.0.0.1')).toBe(true);
  expect(createAddressPolicy({ networks: ['::1'] }).allows('::1')).toBe(true);
  expect(everything.allows('127.0.0.1')).toBe(false);
  expect(everything.allows('::1')).toBe(false);
});

test('a network of one family allows nothing of the other', () => {
  const six = createAddressPolicy({ networks: ['::/0'] });
  expect([six.allows('2001:db8::1'), six.allows('8.8.8.8'), six.allows('::ffff:8.8.8.8')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('ports: the two of the web and the unprivileged ones, or those that are configured', () => {
  const usual = [80, 443, 1024, 8080, 65_535, 22, 25, 53, 0, 65_536];
  const allowed = (ports?: readonly string[]) => {
    const policy = createAddressPolicy({ networks: ['10.0.0.0/8'], ports });
    return usual.filter((port) => policy.allows('10.0.0.1', port));
  };
  expect(allowed()).toEqual([80, 443, 1024, 8080, 65_535]);
  expect(allowed(['22', '8000-9000'])).toEqual([8080, 22]);
  expect(createAddressPolicy({ networks: ['10.0.0.0/8'] }).refusal('10.0.0.1', 22)?.failure).toMatchObject({
    rule: 'allowedPorts',
    message: expect.stringContaining('Port 22'),
  });
});

test.each([
  ['80', true],
  ['1024-65535', true],
  ['0', false],
  ['65536', false],
  ['90-80', false],
  ['80-', false],
  ['http', false],
])('%s is a port or a range: %s', (text, expected) => {
  expect(isPortRange(text)).toBe(expected);
});

test.each([
  ['127.0.0.1', '127.0.0.1', false],
  ['127.0.0.1', '::ffff:127.0.0.1', false],
  ['127.0.0.1', '127.0.0.2', true],
  ['0.0.0.0', '127.0.0.2', false],
  ['::', '127.0.0.1', false],
  ['::', '::1', false],
])('the gateway listens on %s, a phone may be at %s and its port: %s', (host, address, allowed) => {
  const networks = ['127.0.0.0/8', '::1/128'];
  const policy = createAddressPolicy({ networks, own: () => [{ host, port: 4000 }] });
  expect(policy.allows(address, 4000)).toBe(allowed);
  expect(policy.allows(address, 4001)).toBe(true);
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
  expect(() => createAddressPolicy({ networks: ['10.0.0.0/8', 'office'] })).toThrow('office');
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
  const allowed = promisify(createAddressPolicy({ networks: ['127.0.0.0/8'] }).lookupFor());
  expect(await allowed('localhost', { family: 4 })).toBe('127.0.0.1');
  await expect(promisify(byDefault.lookupFor())('localhost', {})).rejects.toBeInstanceOf(AddressNotAllowed);
  const all = await promisify(createAddressPolicy({ networks: ['127.0.0.0/8'] }).lookupFor())('localhost', {
    all: true,
  });
  expect(all).toEqual([{ address: '127.0.0.1', family: 4 }]);
});
