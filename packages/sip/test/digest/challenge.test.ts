import { expect, test } from 'vitest';
import { readChallenges } from '../../src/digest/challenge.ts';

const MD5 = 'Digest realm="r", nonce="m", algorithm=MD5, qop="auth"';
const SHA = 'Digest realm="r", nonce="s", algorithm=SHA-256, qop="auth"';

test.each([[[MD5, SHA]], [[SHA, MD5]], [[`${MD5}, ${SHA}`]], [[`Basic realm="r", ${SHA}, ${MD5}`]]])(
  'the strongest is taken, whatever the order and the number of fields: %#',
  (values) => {
    expect(readChallenges(values).map(({ nonce, algorithm }) => [nonce, algorithm.name])).toEqual([['s', 'SHA-256']]);
  },
);

test('one that cannot be answered does not hide one that can', () => {
  const unknown = 'Digest realm="r", nonce="x", algorithm=SHA3-1024, qop="auth"';
  const oddQop = 'Digest realm="r", nonce="y", algorithm=SHA-256, qop="auth-conf"';
  expect(readChallenges([unknown, oddQop, MD5]).map(({ nonce }) => nonce)).toEqual(['m']);
  expect(readChallenges([unknown, oddQop, 'Basic realm="r"', 'Digest nonce="no realm"', 'nonsense', ''])).toEqual([]);
});

test('each realm has its own', () => {
  const other = 'Digest realm="other", nonce="o"';
  expect(readChallenges([MD5, other]).map(({ realm }) => realm)).toEqual(['r', 'other']);
});

test.each([
  ['qop="auth-int,auth"', 'auth'],
  ['qop="AUTH , x"', 'auth'],
  ['qop=auth-int', 'auth-int'],
  ['opaque="x"', null],
])('of %s is taken %s', (parameter, qop) => {
  expect(readChallenges([`Digest realm="r", nonce="n", ${parameter}`])[0]?.qop).toBe(qop);
});

test('blanks, letter case and folding do not matter', () => {
  const [challenge] = readChallenges(['dIgEsT  REALM = "a, b" ,Nonce="n",  STALE = TRUE , algorithm = sha-256-SESS']);
  expect(challenge).toMatchObject({ realm: 'a, b', nonce: 'n', stale: true, algorithm: { name: 'SHA-256-sess' } });
});
