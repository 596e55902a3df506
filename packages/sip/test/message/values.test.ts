import { describe, expect, test } from 'vitest';
import { parseParameters, splitOutside } from '../../src/message/grammar.ts';
import { parseNameAddress, parseNameAddresses, writeNameAddress } from '../../src/message/name-address.ts';
import { parseHostPort, parseSipUri } from '../../src/message/uri.ts';
import { parseVia, transactionBranch } from '../../src/message/via.ts';

describe('SIP URIs', () => {
  test.each([
    ['sip:alice@atlanta.com', 'alice', 'atlanta.com', null],
    ['sip:alice:secretword@atlanta.com;transport=tcp', 'alice', 'atlanta.com', null],
    ['sips:alice@atlanta.com:5070?subject=project%20x&priority=urgent', 'alice', 'atlanta.com', 5070],
    ['SIP:+1-212-555-1212:1234@gateway.com;user=phone', '+1-212-555-1212', 'gateway.com', null],
    ['sip:192.0.2.4', null, '192.0.2.4', null],
    ['sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com', null, 'atlanta.com', null],
    ['sip:alice;day=tuesday@atlanta.com', 'alice;day=tuesday', 'atlanta.com', null],
    ['sip:a@[2001:db8::10]:5070;lr', 'a', '2001:db8::10', 5070],
    ['sip:[::1]', null, '::1', null],
  ])('%s', (...[text, user, host, port]) => {
    expect(parseSipUri(text)).toMatchObject({ user, host, port });
  });

  test.each([
    'sip:',
    'sip:@host',
    'sip:user@',
    'sip:user@host:99999',
    'sip:user@host:',
    'sip:user@ho st',
    'sip:user@[::1',
    'sip:user@[1.2.3.4]',
    'sip:user@[:::]',
    'sip:user@host;;lr',
    'sip:user@a@b',
    'tel:+123',
    'http://example.com',
    '<sip:user@host>',
    'sip:user@2001:db8::10',
    '',
  ])('%s is none', (text) => {
    expect(parseSipUri(text)).toBeUndefined();
  });

  test('parameters keep their values as they are written', () => {
    const uri = parseSipUri('sip:u@h;transport=UDP;lr;maddr=[::1];x=a%3b');
    expect([...(uri?.parameters ?? [])]).toEqual([
      ['transport', 'UDP'],
      ['lr', null],
      ['maddr', '[::1]'],
      ['x', 'a%3b'],
    ]);
  });

  test('host and port', () => {
    expect(parseHostPort('h : 5')).toEqual({ host: 'h', port: 5 });
    expect(parseHostPort('h:')).toBeUndefined();
  });
});

describe('addresses', () => {
  test.each([
    ['sip:a@b;tag=1', null, 'sip:a@b', '1'],
    ['<sip:a@b;tag=of-the-uri>;tag=1', null, 'sip:a@b;tag=of-the-uri', '1'],
    ['"A. G. \\"B\\" <x>, y" <sip:a@b>;tag=1;x="a;b,c"', 'A. G. "B" <x>, y', 'sip:a@b', '1'],
    ['token with blanks<tel:+1>; tag = 1', 'token with blanks', 'tel:+1', '1'],
    ['Bell, Alexander <sip:a@b>;tag=1', 'Bell, Alexander', 'sip:a@b', '1'],
    ['<  sip:a@b >;tag=1', null, 'sip:a@b', '1'],
  ])('%s', (...[text, displayName, uri, tag]) => {
    const address = parseNameAddress(text);
    expect(address).toMatchObject({ displayName, uri });
    expect(address?.parameters.get('tag')).toBe(tag);
  });

  test.each([
    '',
    '"open <sip:a@b>',
    '<sip:a@b',
    'sip:a@b?x=y',
    'sip:a@b, sip:c@d',
    '<>',
    '<no uri>',
    'a "b" <sip:a@b>',
    '<sip:a@b>;',
    '<sip:a@b>;=x',
    '<sip:a@b> rest',
  ])('%s is none', (text) => {
    expect(parseNameAddress(text)).toBeUndefined();
  });

  test('several, in one field and in many', () => {
    const uris = parseNameAddresses(['"a,b" <sip:a@b,c>;x="," , sip:d@e', '<sip:f@g>'])?.map(({ uri }) => uri);
    expect(uris).toEqual(['sip:a@b,c', 'sip:d@e', 'sip:f@g']);
    expect(parseNameAddresses(['<sip:a@b>,'])).toBeUndefined();
  });

  test('written, it is read back', () => {
    const text = writeNameAddress({ displayName: 'A "q" \\ B', uri: 'sip:a@b;lr', tag: 't' });
    expect(text).toBe('"A \\"q\\" \\\\ B" <sip:a@b;lr>;tag=t');
    expect(parseNameAddress(text)).toMatchObject({ displayName: 'A "q" \\ B', uri: 'sip:a@b;lr' });
  });
});

describe('Via', () => {
  test.each([
    ['SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport', 'udp', '192.0.2.1', 5060],
    ['SIP  /  2.0 /TLS   host : 5061 ; branch = z9hG4bKa', 'tls', 'host', 5061],
    ['sip/2.0/tcp [2001:db8::9:1]:7000;received=[2001:db8::9:255];branch=z9hG4bKa', 'tcp', '2001:db8::9:1', 7000],
    ['SIP/2.0/SCTP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKa', 'sctp', '2001:db8::9:1', null],
  ])('%s', (...[text, transport, host, port]) => {
    const via = parseVia(text);
    expect(via).toMatchObject({ version: '2.0', transport, host, port });
    expect(via && transactionBranch(via)).toBe('z9hG4bKa');
  });

  test.each([
    'SIP/2.0/UDP',
    'SIP/2.0/UDP host;;',
    'SIP/2.0 host',
    'HTTP/1.1 host',
    'SIP/2.0/UDP host:70000',
    'SIP/2.0/UDP 2001:db8::1;branch=x',
    '',
  ])('%s is none', (text) => {
    expect(parseVia(text)).toBeUndefined();
  });

  test('a branch without the cookie, or of the cookie alone, is none of RFC 3261', () => {
    for (const branch of ['390skdjuw', 'z9hG4bK', '']) {
      const via = parseVia(`SIP/2.0/UDP host;branch=${branch || '""'}`);
      expect(via && transactionBranch(via)).toBeUndefined();
    }
  });
});

test('separators within quotes and brackets separate nothing', () => {
  expect(splitOutside('a, "b, \\", c" <d, e>, f', ',')).toEqual(['a', '"b, \\", c" <d, e>', 'f']);
  expect(splitOutside('a "b', ',')).toBeUndefined();
  expect(splitOutside('a <b', ';')).toBeUndefined();
});

test('the first of two parameters counts, an empty one is a fault', () => {
  expect([...(parseParameters(';A=1;b;a=2;c="x\\"y;"') ?? [])]).toEqual([
    ['a', '1'],
    ['b', null],
    ['c', 'x"y;'],
  ]);
  for (const text of [';', ';;a', ';a=', ';a=b c', ';a="', 'a=1', ';a b'])
    expect(parseParameters(text)).toBeUndefined();
});
