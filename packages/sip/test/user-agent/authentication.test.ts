import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { SipCredentials } from '../../src/digest/answer.ts';
import type { CredentialsQuery } from '../../src/digest/authenticator.ts';
import type { SipRequest } from '../../src/message/types.ts';
import { openAgent } from '../support/agents.ts';
import { UdpPeer } from '../support/udp-peer.ts';

const ALICE: SipCredentials = { username: 'alice', password: 'wonder"land' };

/** What the peer answers to the requests of a test, one after the other; then 200 for all. */
async function challenging(peer: UdpPeer, answers: readonly (readonly string[] | number)[]): Promise<SipRequest[]> {
  const seen: SipRequest[] = [];
  for (const answer of answers) {
    const request = await peer.nextRequest();
    seen.push(request);
    if (typeof answer === 'number') peer.reply(request, answer);
    else peer.reply(request, answer[0]?.startsWith('Proxy') ? 407 : 401, { headers: answer });
  }
  return seen;
}

/** The parameters of an Authorization, read without the code under test. */
function parameters(value: string | undefined): Record<string, string> {
  return Object.fromEntries(
    [...(value ?? '').matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)].map(([, name, quoted, plain]) => [
      name,
      quoted ?? plain,
    ]),
  );
}

function expectedResponse(sent: Record<string, string>, algorithm: 'md5' | 'sha256', method: string): string {
  const hash = (...parts: (string | undefined)[]): string =>
    createHash(algorithm).update(parts.join(':')).digest('hex');
  const secret = hash(ALICE.username, sent['realm'], ALICE.password);
  return hash(secret, sent['nonce'], sent['nc'], sent['cnonce'], 'auth', hash(method, sent['uri']));
}

test.each([
  ['MD5', 'md5'],
  ['SHA-256', 'sha256'],
] as const)(
  'a 401 with %s is answered, with a higher CSeq, the same Call-ID and a new branch',
  async (name, algorithm) => {
    await using peer = await UdpPeer.open('127.0.0.2');
    const asked: CredentialsQuery[] = [];
    await using own = await openAgent({
      credentials: async (query) => {
        asked.push(query);
        return ALICE;
      },
    });
    const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
    const challenge = `WWW-Authenticate: Digest realm="phones", nonce="n1", algorithm=${name}, qop="auth-int,auth", opaque="o"`;
    const [first, second] = await challenging(peer, [[challenge], 200]);
    expect(await outcome).toMatchObject({ kind: 'answered', status: 200, challenge: null });
    expect(asked).toEqual([{ realm: 'phones', uri: peer.uri, proxy: false }]);
    expect(first?.headers.get('authorization')).toBeUndefined();
    const sent = parameters(second?.headers.get('authorization'));
    expect(sent).toMatchObject({
      username: 'alice',
      realm: 'phones',
      nonce: 'n1',
      uri: peer.uri,
      qop: 'auth',
      nc: '00000001',
      opaque: 'o',
    });
    expect(sent['response']).toBe(expectedResponse(sent, algorithm, 'NOTIFY'));
    expect(second?.sequence.number).toBe(2);
    expect(second?.callId).toBe(first?.callId);
    expect(second?.from.parameters.get('tag')).toBe(first?.from.parameters.get('tag'));
    expect(second?.via.parameters.get('branch')).not.toBe(first?.via.parameters.get('branch'));
  },
);

test('the next request to the same phone brings its answer along, and counts the nonce on', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ credentials: () => ALICE });
  const send = () => own.agent.request({ method: 'MESSAGE', uri: peer.uri });
  const outcomes = [send()];
  await challenging(peer, [['WWW-Authenticate: Digest realm="r", nonce="n1", qop="auth"'], 200]);
  await outcomes[0];
  outcomes.push(send());
  const [third] = await challenging(peer, [200]);
  const sent = parameters(third?.headers.get('authorization'));
  expect(sent).toMatchObject({ nonce: 'n1', nc: '00000002' });
  expect(sent['response']).toBe(expectedResponse(sent, 'md5', 'MESSAGE'));
  expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(['answered', 'answered']);
});

test('a nonce that was brought along and has grown old is answered once more', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ credentials: () => ALICE });
  const first = own.agent.request({ method: 'MESSAGE', uri: peer.uri });
  await challenging(peer, [['WWW-Authenticate: Digest realm="r", nonce="n1"'], 200]);
  await first;
  const second = own.agent.request({ method: 'MESSAGE', uri: peer.uri });
  const requests = await challenging(peer, [['WWW-Authenticate: Digest realm="r", nonce="n2"'], 200]);
  expect(requests.map(({ headers }) => parameters(headers.get('authorization'))['nonce'])).toEqual(['n1', 'n2']);
  expect(await second).toMatchObject({ kind: 'answered', status: 200 });
});

test('stale: the credentials were right, the nonce was old', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ credentials: () => ALICE });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const requests = await challenging(peer, [
    ['WWW-Authenticate: Digest realm="r", nonce="n1", qop="auth"'],
    ['WWW-Authenticate: Digest realm="r", nonce="n2", qop="auth", stale=TRUE'],
    200,
  ]);
  expect(parameters(requests[2]?.headers.get('authorization'))).toMatchObject({ nonce: 'n2', nc: '00000001' });
  expect(await outcome).toMatchObject({ kind: 'answered', status: 200 });
});

test.each([
  ['another nonce, not stale', 'nonce="n2"'],
  ['the same nonce', 'nonce="n1"'],
  ['the same nonce, called stale', 'nonce="n1", stale=true'],
])('challenged again with %s: the credentials are refused', async (_what, again) => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ credentials: () => ALICE });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  await challenging(peer, [
    ['WWW-Authenticate: Digest realm="r", nonce="n1"'],
    [`WWW-Authenticate: Digest realm="r", ${again}`],
  ]);
  expect(await outcome).toMatchObject({ kind: 'answered', status: 401, challenge: 'REFUSED' });
  expect(peer.unread).toBe(0);
});

test('a peer that says stale for ever is given up', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ credentials: () => ALICE });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const challenges = [1, 2, 3, 4, 5].map((n) => [`WWW-Authenticate: Digest realm="r", nonce="n${n}", stale=true`]);
  await challenging(peer, challenges);
  expect(await outcome).toMatchObject({ kind: 'answered', status: 401, challenge: 'REFUSED' });
});

test('no credentials, or nothing that can be answered: the 401 is the answer, and says why', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent();
  const without = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  await challenging(peer, [['WWW-Authenticate: Digest realm="r", nonce="n1"']]);
  expect(await without).toMatchObject({ kind: 'answered', status: 401, challenge: 'NO_CREDENTIALS' });
  const unknown = own.agent.request({ method: 'NOTIFY', uri: peer.uri, credentials: () => ALICE });
  await challenging(peer, [
    ['WWW-Authenticate: Digest realm="r", nonce="n", algorithm=AKAv1-MD5', 'WWW-Authenticate: Bearer x="y"'],
  ]);
  expect(await unknown).toMatchObject({ kind: 'answered', status: 401, challenge: 'UNSUPPORTED' });
});

test('what was refused is not brought along again', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ credentials: () => ALICE });
  const send = () => own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const accepted = send();
  await challenging(peer, [['WWW-Authenticate: Digest realm="r", nonce="n1"'], 200]);
  await accepted;
  const refused = send();
  await challenging(peer, [
    ['WWW-Authenticate: Digest realm="r", nonce="n2"'],
    ['WWW-Authenticate: Digest realm="r", nonce="n3"'],
  ]);
  expect(await refused).toMatchObject({ challenge: 'REFUSED' });
  const after = send();
  const [request] = await challenging(peer, [200]);
  expect(request?.headers.get('authorization')).toBeUndefined();
  await after;
});

test('a proxy and the phone behind it each get their own, also where they are of one realm', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ credentials: () => ALICE });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const requests = await challenging(peer, [
    ['Proxy-Authenticate: Digest realm="r", nonce="p1"'],
    ['WWW-Authenticate: Digest realm="r", nonce="w1"'],
    200,
  ]);
  expect(await outcome).toMatchObject({ kind: 'answered', status: 200 });
  const last = requests[2]?.headers;
  expect(parameters(last?.get('proxy-authorization'))).toMatchObject({ nonce: 'p1' });
  expect(parameters(last?.get('authorization'))).toMatchObject({ nonce: 'w1' });
});

test('a proxy and the phone behind it each get their own', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  const passwords: Record<string, SipCredentials> = { proxy: { username: 'gateway', password: 'p' }, phone: ALICE };
  await using own = await openAgent({ credentials: ({ realm }) => passwords[realm] });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  const requests = await challenging(peer, [
    ['Proxy-Authenticate: Digest realm="proxy", nonce="p1"'],
    ['WWW-Authenticate: Digest realm="phone", nonce="w1"'],
    200,
  ]);
  expect(await outcome).toMatchObject({ kind: 'answered', status: 200 });
  const last = requests[2]?.headers;
  expect(parameters(last?.get('proxy-authorization'))).toMatchObject({ username: 'gateway', nonce: 'p1' });
  expect(parameters(last?.get('authorization'))).toMatchObject({ username: 'alice', nonce: 'w1' });
});

test('an answer that is lost after the challenge is lost, though the challenge came', async () => {
  await using peer = await UdpPeer.open('127.0.0.2');
  await using own = await openAgent({ credentials: () => ALICE, timers: { t1: 1 } });
  const outcome = own.agent.request({ method: 'NOTIFY', uri: peer.uri });
  await challenging(peer, [['WWW-Authenticate: Digest realm="r", nonce="n1"']]);
  expect(await outcome).toEqual({ kind: 'lost', reason: 'TIMEOUT', provisional: null });
});
