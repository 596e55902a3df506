import { expect, test } from 'vitest';
import {
  type AuthenticationSettings,
  Authenticator,
  type DigestAlgorithm,
  digestResponse,
  parseDigestAuthorization,
  type Verdict,
} from '../src/virtual/index.ts';

// RFC 7616 section 3.9.1: one request, answered with either algorithm.
const RFC_7616 = {
  username: 'Mufasa',
  password: 'Circle of Life',
  realm: 'http-auth@example.org',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  uri: '/dir/index.html',
  method: 'GET',
  qop: 'auth',
  nc: '00000001',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
} as const;

test.each([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
] as const)('digest with %s as in RFC 7616', (algorithm, response) => {
  expect(digestResponse({ ...RFC_7616, algorithm })).toBe(response);
});

test('digest without qop as in RFC 2069 (corrected by its erratum)', () => {
  const input = {
    username: 'Mufasa',
    password: 'CircleOfLife',
    realm: 'testrealm@host.com',
    nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    uri: '/dir/index.html',
    method: 'GET',
    algorithm: 'MD5',
  } as const;
  expect(digestResponse(input)).toBe('1949323746fe6a43ef61f9606e7febea');
});

test('reads the Authorization header of RFC 7616, quotes, escapes and all', () => {
  const header = `Digest username="Mu\\"fasa",
    realm="http-auth@example.org", uri="/dir/index.html?a=b, c", algorithm=MD5,
    nonce="7ypf/xlj", nc=00000001, cnonce="f2/wE", qop=auth, response="8ca5", opaque="FQhe/q"`;
  expect(parseDigestAuthorization(header)).toEqual({
    username: 'Mu"fasa',
    realm: 'http-auth@example.org',
    uri: '/dir/index.html?a=b, c',
    algorithm: 'MD5',
    nonce: '7ypf/xlj',
    nc: '00000001',
    cnonce: 'f2/wE',
    qop: 'auth',
    response: '8ca5',
    opaque: 'FQhe/q',
  });
  expect(parseDigestAuthorization('Digest username="Mufasa"')).toBeUndefined();
  expect(parseDigestAuthorization('Basic dTpw')).toBeUndefined();
});

/** An authenticator that knows admin:s3cret, with a clock of its own. */
const authenticatorWith = (settings: Partial<AuthenticationSettings>) => {
  const clock = { now: 1_000_000 };
  const credentials = [{ username: 'admin', password: 's3cret' }];
  const authenticator = new Authenticator({ realm: 'snom 720', credentials, ...settings }, () => clock.now);
  return { authenticator, clock };
};

const asking = (authorization?: string, target = '/command.htm?key=ENTER') => ({
  method: 'GET',
  target,
  headers: authorization === undefined ? {} : { authorization },
});

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

const challengesOf = (verdict: Verdict): string[] => {
  if (verdict.allowed) throw new Error('It was let in.');
  return [verdict.reply.headers?.['WWW-Authenticate'] ?? []].flat().map(String);
};

const outcomeOf = (verdict: Verdict) => (verdict.allowed ? verdict.username : verdict.reason);

interface Answering {
  readonly password?: string;
  readonly nc?: string;
  readonly target?: string;
  readonly change?: (header: string) => string;
}

/** The answer of a good client to a digest challenge, or of a bad one. */
const answerTo = (challenge: string, answering: Answering = {}) => {
  const { password = 's3cret', nc = '00000001', target = '/command.htm?key=ENTER', change = (h) => h } = answering;
  const value = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(challenge)?.[1] ?? '';
  const [nonce, realm, opaque, qop] = ['nonce', 'realm', 'opaque', 'qop'].map(value) as [
    string,
    string,
    string,
    string,
  ];
  const algorithm = value('algorithm') as DigestAlgorithm;
  const login = { username: 'admin', realm, nonce, uri: target, cnonce: 'abc' };
  const input = { ...login, password, algorithm, method: 'GET', ...(qop && { qop, nc }) };
  const parts = Object.entries({ ...login, opaque, response: digestResponse(input) }).map(([k, v]) => `${k}="${v}"`);
  const counted = qop ? [`qop=${qop}`, `nc=${nc}`] : [];
  return change(`Digest ${[...parts, ...counted, `algorithm=${algorithm}`].join(', ')}`);
};

test('an open phone lets everybody in: by scheme, or because nobody set a password', () => {
  expect(new Authenticator({}).check(asking()).allowed).toBe(true);
  expect(new Authenticator({ scheme: 'digest' }).check(asking()).allowed).toBe(true);
});

test('basic', () => {
  const { authenticator } = authenticatorWith({ scheme: 'basic', unauthorizedBody: 'Who are you?' });
  const missing = authenticator.check(asking());
  expect(missing).toEqual({
    allowed: false,
    reason: 'missing',
    reply: { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="snom 720"' }, body: 'Who are you?' },
  });
  expect(outcomeOf(authenticator.check(asking(basic('admin:s3cret'))))).toBe('admin');
  expect(outcomeOf(authenticator.check(asking(basic('admin:wrong'))))).toBe('wrong');
  expect(outcomeOf(authenticator.check(asking('Digest x=y')))).toBe('missing');
  authenticator.settings.credentials = [{ username: 'jürgen', password: 'a:b€' }];
  expect(outcomeOf(authenticator.check(asking(basic('jürgen:a:b€'))))).toBe('jürgen');
});

test.each(['MD5', 'SHA-256', 'MD5-sess', 'SHA-256-sess'] as const)('digest with %s', (algorithm) => {
  const { authenticator } = authenticatorWith({ scheme: 'digest', algorithms: [algorithm], opaque: 'q1' });
  const [challenge = ''] = challengesOf(authenticator.check(asking()));
  expect(challenge).toMatch(/^Digest realm="snom 720", nonce="\w{32}", algorithm=[\w-]+, qop="auth", opaque="q1"$/);
  expect(outcomeOf(authenticator.check(asking(answerTo(challenge))))).toBe('admin');
  expect(outcomeOf(authenticator.check(asking(answerTo(challenge, { password: 'guess', nc: '00000002' }))))).toBe(
    'wrong',
  );
});

test('digest offers each algorithm in order and takes any of them', () => {
  const { authenticator } = authenticatorWith({ scheme: 'digest', algorithms: ['SHA-256', 'MD5'] });
  const challenges = challengesOf(authenticator.check(asking()));
  expect(challenges.map((challenge) => /algorithm=([\w-]+)/.exec(challenge)?.[1])).toEqual(['SHA-256', 'MD5']);
  for (const challenge of challenges) expect(authenticator.check(asking(answerTo(challenge))).allowed).toBe(true);
});

test('digest without qop', () => {
  const { authenticator } = authenticatorWith({ scheme: 'digest', qop: 'none' });
  const [challenge = ''] = challengesOf(authenticator.check(asking()));
  expect(challenge).not.toContain('qop');
  const answer = answerTo(challenge);
  expect([authenticator.check(asking(answer)).allowed, authenticator.check(asking(answer)).allowed]).toEqual([
    true,
    true,
  ]);
});

test.each<[string, Answering]>([
  ['another target than the one asked for', { target: '/other' }],
  ['another realm', { change: (header) => header.replace('snom 720', 'snom 710') }],
  ['an opaque that is not ours', { change: (header) => header.replace('opaque="q1"', 'opaque="q2"') }],
  ['an unknown user', { change: (header) => header.replace('"admin"', '"root"') }],
  ['no qop where one is asked for', { change: (header) => header.replace('qop=auth, ', '') }],
  ['an algorithm that was not offered', { change: (header) => header.replace('=MD5', '=SHA-256') }],
])('digest refuses %s', (_, answering) => {
  const { authenticator } = authenticatorWith({ scheme: 'digest', opaque: 'q1' });
  const [challenge = ''] = challengesOf(authenticator.check(asking()));
  expect(outcomeOf(authenticator.check(asking(answerTo(challenge, answering))))).toBe('wrong');
});

test('a count that was used, an old nonce and a forgotten one are stale, and no wrong try', () => {
  const { authenticator, clock } = authenticatorWith({ scheme: 'digest', nonceLifetimeMs: 1000 });
  const [challenge = ''] = challengesOf(authenticator.check(asking()));
  expect(authenticator.check(asking(answerTo(challenge))).allowed).toBe(true);
  const replayed = authenticator.check(asking(answerTo(challenge)));
  expect(outcomeOf(replayed)).toBe('stale');
  expect(challengesOf(replayed)[0]).toMatch(/stale=true$/);
  expect(authenticator.check(asking(answerTo(challenge, { nc: '00000002' }))).allowed).toBe(true);
  clock.now += 1000;
  expect(outcomeOf(authenticator.check(asking(answerTo(challenge, { nc: '00000003' }))))).toBe('stale');
  const [fresh = ''] = challengesOf(authenticator.check(asking()));
  authenticator.expireNonces();
  expect(outcomeOf(authenticator.check(asking(answerTo(fresh))))).toBe('stale');
  expect(authenticator.failures).toBe(0);
});

test('locks after some wrong tries, also for those who know the password, and opens by itself', () => {
  const lockedReply = { status: 403, body: '<TITLE>snom VoIP phone: Error</TITLE>' };
  const lockout = { afterFailures: 3, forMs: 60_000 };
  const { authenticator, clock } = authenticatorWith({ scheme: 'basic', lockout, lockedReply });
  const tries = ['x', 'x', 's3cret', 'x', 'x', 'x', 's3cret'];
  const outcomes = tries.map((password) => outcomeOf(authenticator.check(asking(basic(`admin:${password}`)))));
  expect(outcomes).toEqual(['wrong', 'wrong', 'admin', 'wrong', 'wrong', 'wrong', 'locked']);
  expect(authenticator.check(asking())).toMatchObject({ reason: 'locked', reply: lockedReply });
  clock.now += 60_000;
  expect(authenticator.locked).toBe(false);
  expect(outcomeOf(authenticator.check(asking(basic('admin:s3cret'))))).toBe('admin');
});

test('can count requests without credentials, and be unlocked by hand', () => {
  const lockout = { afterFailures: 2, forMs: 60_000, countsMissing: true };
  const { authenticator } = authenticatorWith({ scheme: 'digest', lockout });
  authenticator.check(asking());
  authenticator.check(asking());
  expect(authenticator.locked).toBe(true);
  authenticator.unlock();
  expect(outcomeOf(authenticator.check(asking()))).toBe('missing');
});
