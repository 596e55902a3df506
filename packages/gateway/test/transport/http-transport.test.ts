import { createHash } from 'node:crypto';
import { type HttpRequest, type Outcome, TransportError } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { createAddressPolicy } from '../../src/transport/address-policy.ts';
import { type Credentials, type DigestSession, parseChallenges } from '../../src/transport/digest.ts';
import { createHttpAgent } from '../../src/transport/http-agent.ts';
import { createHttpTransport } from '../../src/transport/http-transport.ts';
import {
  mumbles,
  resets,
  type Script,
  type ScriptedPhone,
  scriptedPhone,
  staysSilent,
} from '../support/scripted-phone.ts';

const ADMIN: Credentials = { username: 'admin', password: 'p&ss wörd' };
const GET: HttpRequest = { method: 'GET', target: '/x' };

interface Link extends AsyncDisposable {
  send(request: HttpRequest): Promise<Awaited<ReturnType<ReturnType<typeof createHttpTransport>['send']>>>;
  /** What a request that got no usable reply came to. */
  faultOf(request: HttpRequest): Promise<Outcome<never>>;
  readonly sessions: Map<string, DigestSession>;
  readonly observed: (number | null)[];
}

function linkTo(
  { origin }: Pick<ScriptedPhone, 'origin'>,
  credentials: Readonly<Record<string, Credentials>> = { web: ADMIN },
  networks: readonly string[] = ['127.0.0.0/8'],
): Link {
  const agent = createHttpAgent({ policy: createAddressPolicy({ networks, ports: ['1-65535'] }) });
  const sessions = new Map<string, DigestSession>();
  const observed: (number | null)[] = [];
  const transport = createHttpTransport(
    { origin, credentials: () => new Map(Object.entries(credentials)) },
    {
      agent,
      sessions,
      signal: new AbortController().signal,
      timeoutMs: 2_000,
      observe: ({ status }) => observed.push(status),
    },
  );
  return {
    sessions,
    observed,
    send: (request) => transport.send(request),
    async faultOf(request) {
      const error: unknown = await transport.send(request).then(
        () => new Error('it got a reply'),
        (reason: unknown) => reason,
      );
      if (!TransportError.is(error)) throw error;
      return error.outcome;
    },
    [Symbol.asyncDispose]: () => agent.close(),
  };
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Asks for Digest and lets each of its nonces be used `uses` times. */
function asksForDigest({ username, password }: Credentials, uses = Number.POSITIVE_INFINITY): Script {
  let nonce = 0;
  let used = 0;
  return ({ method, target, headers }, response) => {
    const { parameters = {} } = parseChallenges(headers.authorization ?? '')[0] ?? {};
    const { nc, cnonce, uri } = parameters;
    const secret = md5(`${username}:phone:${password}`);
    const expected = md5(`${secret}:${nonce}:${nc}:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
    const isFresh = parameters['nonce'] === String(nonce) && Number.parseInt(nc ?? '', 16) === used + 1 && used < uses;
    if (isFresh && uri === target && parameters['response'] === expected) {
      used += 1;
      response.end('come in');
      return;
    }
    nonce += 1;
    used = 0;
    const stale = parameters['nonce'] === undefined ? '' : ', stale=true';
    response.writeHead(401, { 'www-authenticate': `Digest realm="phone", nonce="${nonce}", qop="auth"${stale}` }).end();
  };
}

const asksForBasic: Script = ({ headers }, response) => {
  const expected = `Basic ${Buffer.from(`${ADMIN.username}:${ADMIN.password}`).toString('base64')}`;
  if (headers.authorization === expected) response.end('come in');
  else response.writeHead(401, { 'www-authenticate': 'Basic realm="phone"' }).end();
};

test('credentials are given to nobody who does not ask', async () => {
  await using phone = await scriptedPhone();
  await using link = linkTo(phone);
  expect(await link.send(GET)).toMatchObject({ status: 200, authentication: 'none' });
  expect(phone.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('Basic goes out only as the answer to a challenge, each time anew', async () => {
  await using phone = await scriptedPhone(asksForBasic);
  await using link = linkTo(phone);
  for (const _ of [1, 2]) expect(await link.send(GET)).toMatchObject({ text: 'come in', authentication: 'basic' });
  expect(phone.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([false, true, false, true]);
});

test('of several challenges, in one header or more, Digest is answered', async () => {
  const digest = asksForDigest(ADMIN);
  await using phone = await scriptedPhone((request, response) => {
    response.appendHeader('www-authenticate', 'Basic realm="phone"');
    const { writeHead } = response;
    response.writeHead = ((status: number, headers?: Record<string, string>) => {
      if (headers?.['www-authenticate'] !== undefined)
        response.appendHeader('www-authenticate', headers['www-authenticate']);
      return writeHead.call(response, status);
    }) as typeof response.writeHead;
    void digest(request, response);
  });
  await using link = linkTo(phone);
  expect(await link.send(GET)).toMatchObject({ text: 'come in', authentication: 'digest' });
  expect(phone.requests[1]?.headers.authorization).toMatch(/^Digest /);
});

test('a Digest nonce is used again with the next count, without asking', async () => {
  await using phone = await scriptedPhone(asksForDigest(ADMIN));
  await using link = linkTo(phone);
  for (const target of ['/a?b=1', '/c', '/d']) {
    expect(await link.send({ ...GET, target })).toMatchObject({ text: 'come in', authentication: 'digest' });
  }
  expect(phone.requests).toHaveLength(4);
});

test('a stale nonce is replaced by the new one, the body sent again', async () => {
  await using phone = await scriptedPhone(asksForDigest(ADMIN, 1));
  await using link = linkTo(phone);
  for (const _ of [1, 2])
    expect(await link.send({ method: 'POST', target: '/x', body: 'b' })).toMatchObject({ status: 200 });
  expect(phone.requests.map(({ body }) => body)).toEqual(['b', 'b', 'b', 'b']);
});

test('401 twice is a refusal, and the session is forgotten: the next command costs one login, not two', async () => {
  await using phone = await scriptedPhone(asksForDigest(ADMIN));
  await using link = linkTo(phone, { web: { ...ADMIN, password: 'wrong' } });
  const refused = { status: 'FAILED', failure: { code: 'PHONE_UNAUTHORIZED', retryable: false } };
  expect(await link.faultOf(GET)).toMatchObject(refused);
  expect(await link.faultOf(GET)).toMatchObject(refused);
  expect(phone.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([false, true, false, true]);
  expect(link.observed).toEqual([401, 401, 401, 401]);
});

test('a session that was good is forgotten too once the phone has another password', async () => {
  await using phone = await scriptedPhone(asksForDigest(ADMIN));
  await using link = linkTo(phone);
  await link.send(GET);
  phone.script = asksForDigest({ ...ADMIN, password: 'changed' });
  for (const _ of [1, 2]) expect(await link.faultOf(GET)).toMatchObject({ failure: { code: 'PHONE_UNAUTHORIZED' } });
  const loggedIn = phone.requests.map(({ headers }) => headers.authorization !== undefined);
  expect(loggedIn).toEqual([false, true, true, true, false, true]);
});

test('without credentials, or for an unknown scheme, nothing is tried', async () => {
  await using phone = await scriptedPhone(asksForBasic);
  await using stranger = linkTo(phone, {});
  expect(await stranger.faultOf(GET)).toMatchObject({ failure: { code: 'PHONE_UNAUTHORIZED' } });
  phone.script = (_request, response) => void response.writeHead(401, { 'www-authenticate': 'Negotiate' }).end();
  await using link = linkTo(phone);
  expect(await link.faultOf(GET)).toMatchObject({ failure: { code: 'PHONE_UNAUTHORIZED' } });
  expect(phone.requests).toHaveLength(2);
});

test('a request names the credentials that answer its challenge', async () => {
  const push = { username: 'push', password: 'x' };
  await using phone = await scriptedPhone(asksForDigest(push));
  await using link = linkTo(phone, { web: ADMIN, push });
  expect(await link.send({ ...GET, credentials: 'push' })).toMatchObject({ status: 200 });
  expect(await link.faultOf(GET)).toMatchObject({ failure: { code: 'PHONE_UNAUTHORIZED' } });
});

test('credentials in the target are encoded and sent, and never sent empty', async () => {
  await using phone = await scriptedPhone();
  const request: HttpRequest = { ...GET, target: '/login?u={username}&p={password}', credentialsInTarget: true };
  await using link = linkTo(phone);
  await link.send(request);
  expect(phone.requests.map(({ target }) => target)).toEqual(['/login?u=admin&p=p%26ss%20w%C3%B6rd']);
  await using stranger = linkTo(phone, {});
  expect(await stranger.faultOf(request)).toMatchObject({ failure: { code: 'PHONE_UNAUTHORIZED' } });
  await link.send({ ...GET, target: '/{username}' }).catch(() => {});
  expect(phone.requests.map(({ target }) => target).slice(1)).toEqual(['/{username}']);
});

test('no address, refused, or denied: FAILED, nothing was sent', async () => {
  await using link = linkTo({ origin: 'http://127.0.0.1:1' });
  const unreachable = { status: 'FAILED', failure: { code: 'PHONE_UNREACHABLE', retryable: true } };
  expect(await link.faultOf(GET)).toMatchObject(unreachable);
  await using phone = await scriptedPhone();
  await using denied = linkTo(phone, {}, ['10.0.0.0/8']);
  expect(await denied.faultOf(GET)).toMatchObject({
    failure: { code: 'POLICY_DENIED', rule: 'allowedTargets', retryable: false },
  });
  expect(phone.requests).toEqual([]);
});

test.each([
  ['reset', resets],
  ['malformed', mumbles],
  ['no reply', staysSilent],
])('%s after it was sent: UNKNOWN, or FAILED where it only reads', async (_what, script) => {
  await using phone = await scriptedPhone(script);
  await using link = linkTo(phone);
  expect(await link.faultOf({ ...GET, timeoutMs: 100 })).toMatchObject({ status: 'UNKNOWN' });
  expect(await link.faultOf({ ...GET, timeoutMs: 100, readOnly: true })).toMatchObject({
    status: 'FAILED',
    failure: { code: 'PHONE_UNREACHABLE' },
  });
  expect(phone.requests).toHaveLength(2);
  expect(link.observed).toEqual([null, null]);
});

test('credentials in the target that are refused are not tried once more in a header', async () => {
  await using phone = await scriptedPhone(
    (_request, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="phone"' }).end(),
  );
  await using link = linkTo(phone);
  const request: HttpRequest = { ...GET, target: '/login?u={username}&p={password}', credentialsInTarget: true };
  expect(await link.faultOf(request)).toMatchObject({ status: 'FAILED', failure: { code: 'PHONE_UNAUTHORIZED' } });
  expect(phone.requests).toHaveLength(1);
});
