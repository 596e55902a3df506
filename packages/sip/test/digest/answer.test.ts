import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digestResponse, writeAuthorization } from '../../src/digest/answer.ts';
import { readChallenges } from '../../src/digest/challenge.ts';
import { splitOutside } from '../../src/message/grammar.ts';

function challenge(value: string) {
  const [first] = readChallenges([value]);
  if (first === undefined) throw new Error('no challenge');
  return first;
}

const NO_BODY = new Uint8Array(0);
const MUFASA = { username: 'Mufasa', password: 'Circle of Life' };
const RFC_7616 =
  'realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ' +
  'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
const REQUEST_7616 = {
  method: 'GET',
  uri: '/dir/index.html',
  body: NO_BODY,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  count: 1,
};

test.each([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
])('RFC 7616 section 3.9.1, %s', (algorithm, response) => {
  const asked = challenge(`Digest ${RFC_7616}, algorithm=${algorithm}`);
  expect(digestResponse(asked, MUFASA, REQUEST_7616)).toBe(response);
});

test('RFC 7616 section 3.9.2, SHA-512-256 with a hashed user name (values of erratum 4897)', () => {
  const asked = challenge(
    'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, userhash=true, charset=UTF-8, ' +
      'nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS"',
  );
  const written = writeAuthorization(
    asked,
    { username: 'Jäsøn Doe', password: 'Secret, or not?' },
    {
      method: 'GET',
      uri: '/doe.json',
      body: NO_BODY,
      cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
      count: 1,
    },
  );
  expect(written).toContain('username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"');
  expect(written).toContain('response="3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"');
  expect(written).toContain('userhash=true');
});

test('RFC 2617 section 3.5: no algorithm is MD5', () => {
  const asked = challenge(
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
  );
  const request = { method: 'GET', uri: '/dir/index.html', body: NO_BODY, cnonce: '0a4f113b', count: 1 };
  const credentials = { username: 'Mufasa', password: 'Circle Of Life' };
  expect(digestResponse(asked, credentials, request)).toBe('6629fae49393a05397450978507c4ef1');
});

/** Each step of RFC 7616 section 3.4, written down once more without the code under test. */
function hash(name: string, ...parts: string[]): string {
  return createHash(name).update(parts.join(':')).digest('hex');
}

test.each([
  ['MD5-sess', 'md5'],
  ['SHA-256-sess', 'sha256'],
])('%s: the first hash covers both nonces', (algorithm, name) => {
  const asked = challenge(`Digest ${RFC_7616}, algorithm=${algorithm}`);
  const { cnonce } = REQUEST_7616;
  const first = hash(name, hash(name, 'Mufasa', 'http-auth@example.org', 'Circle of Life'), asked.nonce, cnonce);
  const expected = hash(name, first, asked.nonce, '00000001', cnonce, 'auth', hash(name, 'GET', '/dir/index.html'));
  expect(digestResponse(asked, MUFASA, REQUEST_7616)).toBe(expected);
});

test('auth-int, where nothing else is offered, covers the octets of the body', () => {
  const asked = challenge('Digest realm="r", nonce="n", qop="auth-int", algorithm=SHA-256');
  const body = Buffer.from('k=1\r\nl=é€');
  const expected = hash(
    'sha256',
    hash('sha256', 'u', 'r', 'p'),
    'n',
    '0000000a',
    'c',
    'auth-int',
    hash('sha256', 'MESSAGE', 'sip:phone', createHash('sha256').update(body).digest('hex')),
  );
  const request = { method: 'MESSAGE', uri: 'sip:phone', body, cnonce: 'c', count: 10 };
  expect(digestResponse(asked, { username: 'u', password: 'p' }, request)).toBe(expected);
});

test('without qop neither cnonce nor nc is sent, and the response is that of RFC 2069', () => {
  const asked = challenge('Digest realm="r", nonce="n"');
  const request = { method: 'NOTIFY', uri: 'sip:phone', body: NO_BODY, cnonce: 'c', count: 1 };
  const written = writeAuthorization(asked, { username: 'u', password: 'p' }, request);
  expect(written).toBe(
    `Digest username="u", realm="r", nonce="n", uri="sip:phone", response="${hash('md5', hash('md5', 'u', 'r', 'p'), 'n', hash('md5', 'NOTIFY', 'sip:phone'))}"`,
  );
});

test('a -sess hash without qop needs the cnonce all the same', () => {
  const asked = challenge('Digest realm="r", nonce="n", algorithm=MD5-sess');
  const request = { method: 'NOTIFY', uri: 'sip:phone', body: NO_BODY, cnonce: 'c', count: 1 };
  const written = writeAuthorization(asked, { username: 'u', password: 'p' }, request);
  expect(written).toContain('cnonce="c"');
  expect(written).not.toMatch(/nc=\d|qop=/);
  const first = hash('md5', hash('md5', 'u', 'r', 'p'), 'n', 'c');
  expect(written).toContain(`response="${hash('md5', first, 'n', hash('md5', 'NOTIFY', 'sip:phone'))}"`);
});

test('what is sent back is what was given, quotes and all', () => {
  const asked = challenge(String.raw`Digest realm="a \"b\" c", nonce="n", opaque="o,;", qop=auth, algorithm="sha-256"`);
  const request = { method: 'NOTIFY', uri: 'sip:phone', body: NO_BODY, cnonce: 'c', count: 2 };
  const written = writeAuthorization(asked, { username: 'u"\\', password: 'p' }, request);
  const parts = splitOutside(written.slice('Digest '.length), ',') ?? [];
  expect(parts).toContain(String.raw`realm="a \"b\" c"`);
  expect(parts).toContain(String.raw`username="u\"\\"`);
  expect(parts).toContain('opaque="o,;"');
  expect(parts).toContain('algorithm=sha-256');
  expect(parts).toContain('nc=00000002');
  expect(parts).toContain('qop=auth');
});
