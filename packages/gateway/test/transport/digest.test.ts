import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { basicAuthorization, chooseChallenge, DigestSession, parseChallenges } from '../../src/transport/digest.ts';

const MUFASA = { username: 'Mufasa', password: 'Circle of Life' };
const REQUEST = { method: 'GET', target: '/dir/index.html' };

function fields(authorization: string): Readonly<Record<string, string>> {
  const [challenge] = parseChallenges(authorization);
  return challenge?.parameters ?? {};
}

function sessionFor(header: string): DigestSession {
  const challenge = chooseChallenge(parseChallenges(header));
  if (challenge === null) throw new Error('no challenge');
  return new DigestSession(challenge);
}

test('the example of RFC 7616, 3.9.1 with MD5', () => {
  const header =
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
  expect(fields(sessionFor(header).authorize(REQUEST, MUFASA, cnonce))).toEqual({
    username: 'Mufasa',
    realm: 'http-auth@example.org',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    uri: '/dir/index.html',
    response: '8ca523f5e9506fed4657c9700eebdbec',
    algorithm: 'MD5',
    opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
    qop: 'auth',
    nc: '00000001',
    cnonce,
  });
});

test('the example of RFC 7616, 3.9.1 with SHA-256', () => {
  const header =
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const sent = sessionFor(header).authorize(REQUEST, MUFASA, 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ');
  expect(fields(sent)['response']).toBe('753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1');
});

test('the example of RFC 2617, 3.5', () => {
  const header =
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
  const sent = sessionFor(header).authorize(REQUEST, { username: 'Mufasa', password: 'Circle Of Life' }, '0a4f113b');
  expect(fields(sent)['response']).toBe('6629fae49393a05397450978507c4ef1');
  expect(fields(sent)['algorithm']).toBeUndefined();
});

test('without qop it is RFC 2069: no cnonce, no count', () => {
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const sent = sessionFor('Digest realm="r", nonce="n"').authorize(REQUEST, MUFASA);
  const response = md5(`${md5('Mufasa:r:Circle of Life')}:n:${md5('GET:/dir/index.html')}`);
  expect(fields(sent)).toEqual({ username: 'Mufasa', realm: 'r', nonce: 'n', uri: '/dir/index.html', response });
});

test('MD5-sess hashes the nonces into the secret, by RFC 7616, 3.4.2', () => {
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const sent = sessionFor('Digest realm="r", nonce="n", qop="auth", algorithm=MD5-sess').authorize(
    REQUEST,
    MUFASA,
    'c',
  );
  const secret = md5(`${md5('Mufasa:r:Circle of Life')}:n:c`);
  const response = md5(`${secret}:n:00000001:c:auth:${md5('GET:/dir/index.html')}`);
  expect(fields(sent)['response']).toBe(response);
});

test('the count of a nonce goes up and never back', () => {
  const session = sessionFor('Digest realm="r", nonce="n", qop="auth"');
  const counts = Array.from({ length: 17 }, () => fields(session.authorize(REQUEST, MUFASA))['nc']);
  expect(counts.slice(0, 2)).toEqual(['00000001', '00000002']);
  expect(counts.at(-1)).toBe('00000011');
});

test('quotes and backslashes in names are escaped, UTF-8 stays', () => {
  const session = sessionFor('Digest realm="a \\"quoted\\" realm", nonce="n"');
  const sent = session.authorize(REQUEST, { username: 'J\\ürgen "J"', password: 'x' });
  expect(sent).toContain('username="J\\\\ürgen \\"J\\""');
  expect(sent).toContain('realm="a \\"quoted\\" realm"');
  expect(fields(sent)['username']).toBe('J\\ürgen "J"');
});

test.each([
  ['Basic realm="phone"', 'basic', undefined],
  ['Digest realm="p", nonce="1", qop="auth"', 'digest', undefined],
  ['Basic realm="phone", Digest realm="p", nonce="1"', 'digest', undefined],
  ['Digest realm="p", nonce="1", algorithm=MD5, Digest realm="p", nonce="2", algorithm=SHA-256', 'digest', 'SHA-256'],
  ['Digest realm="p", nonce="2", algorithm=SHA-256, Digest realm="p", nonce="1", algorithm=MD5', 'digest', 'SHA-256'],
  ['Digest realm="p", nonce="1", algorithm=SHA-512-256, Basic realm="p"', 'basic', undefined],
  ['Digest realm="p", nonce="1", qop="auth-int", Basic realm="p"', 'basic', undefined],
  ['Negotiate abc==, Basic realm="p"', 'basic', undefined],
  ['digest REALM=p, NONCE=1', 'digest', undefined],
])('of %s it answers the strongest that it can', (header, scheme, algorithm) => {
  const chosen = chooseChallenge(parseChallenges(header));
  expect(chosen?.scheme).toBe(scheme);
  expect(chosen?.parameters['algorithm']).toBe(algorithm);
});

test.each(['', 'Negotiate', 'Digest realm="p", nonce="1", algorithm=SHA-512-256', 'Bearer realm="p"', '=,;"'])(
  'of %j it can answer nothing',
  (header) => {
    expect(chooseChallenge(parseChallenges(header))).toBeNull();
  },
);

test('Basic is UTF-8, as in RFC 7617, 2.1', () => {
  expect(basicAuthorization({ username: 'test', password: '123£' })).toBe('Basic dGVzdDoxMjPCow==');
});
