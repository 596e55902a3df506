import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { DEFAULT_LIMITS } from '../../src/config/api.ts';
import { authConfig } from '../../src/config/auth.ts';
import { createTokenBuckets } from '../../src/security/token-buckets.ts';
import { ADMIN_KEY, type TestGateway, testGateway } from '../support/gateway.ts';
import { identityProvider } from '../support/identity-provider.ts';
import { sendRaw, statusOf } from '../support/raw-http.ts';
import { range } from '../support/wait.ts';

const limited = (changed: Partial<typeof DEFAULT_LIMITS>) => ({
  api: { limits: { ...DEFAULT_LIMITS, ...changed }, persisted: { file: null, only: false } },
});

async function ask({ gateway }: TestGateway, credential: string, query = '{ __typename }') {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}` },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() };
}

const metric = async ({ gateway }: TestGateway, kind: string): Promise<number> => {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return Number(new RegExp(`^hookswitch_security_events_total\\{kind="${kind}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
};

/** How a WebSocket ends that comes in with that credential; `open`: it does not. */
function comeIn({ gateway }: TestGateway, credential: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = new WebSocket(gateway.url.replace('http', 'ws').concat('/graphql'), 'graphql-transport-ws');
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: credential } })),
  );
  socket.on('message', () => socket.close(1000, 'open'));
  socket.on('close', (code, reason) => resolve(code === 1000 ? 'open' : `${code} ${reason.toString()}`));
  return promise;
}

describe('credentials that are refused', () => {
  test('too many from an address: 429 with the time to come back, without looking at what was given; a key goes on', async () => {
    const clock = { now: Date.now() };
    await using running = await testGateway({
      config: limited({ refusedLoginsPerMinute: 3 }),
      now: () => clock.now,
    });
    const guesses = [];
    for (const n of range(5)) guesses.push(await ask(running, `hsk_guess${n}`));
    expect(guesses.map(({ status, retryAfter }) => [status, retryAfter])).toEqual([
      ...[
        [401, null],
        [401, null],
        [401, null],
      ],
      ...[
        [429, '20'],
        [429, '20'],
      ],
    ]);
    expect(guesses[4]?.body).toEqual({
      errors: [
        {
          message: expect.stringContaining('Come back in 20 s'),
          extensions: { code: 'RATE_LIMITED', limit: 'refusedLoginsPerMinute', retryAfterSeconds: 20 },
        },
      ],
    });
    // All the same whatever is asked: it says nothing of the schema.
    expect(await ask(running, 'hsk_guess', '{ nonsense')).toEqual(guesses[4]);
    expect(await comeIn(running, 'hsk_guess')).toMatch(/^4429 .*Come back in 20 s/);
    // A good key, at the same address; and another address.
    expect(await ask(running, ADMIN_KEY)).toMatchObject({ status: 200 });
    expect(await comeIn(running, ADMIN_KEY)).toBe('open');
    const line =
      'GET /graphql?query={__typename} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer hsk_a\r\n\r\n';
    expect(statusOf(await sendRaw(running.gateway.url, [line], '127.0.0.2'))).toBe(401);
    expect(await metric(running, 'LOGIN_LIMITED')).toBe(4);
    expect(await metric(running, 'CREDENTIAL_REFUSED')).toBe(4);
    clock.now += 20_000;
    expect(await ask(running, 'hsk_guess')).toMatchObject({ status: 401 });
    expect(await ask(running, 'hsk_guess')).toMatchObject({ status: 429 });
  });

  test('of WebSockets too: 4403, then 4429; who gives nothing is told 401 as ever', async () => {
    await using running = await testGateway({ config: limited({ refusedLoginsPerMinute: 2 }) });
    const ends = [];
    for (const n of range(3)) ends.push(await comeIn(running, `guess${n}`));
    expect(ends).toEqual(['4403 Forbidden', '4403 Forbidden', expect.stringMatching(/^4429 /)]);
    const anonymous = await Promise.all(range(5).map(() => fetch(`${running.gateway.url}/graphql?query={__typename}`)));
    expect(anonymous.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  });

  test('no signature is checked of a token from there, but of one that was good before', async () => {
    await using provider = await identityProvider();
    const { jwt } = authConfig({ jwt: { issuer: provider.issuer, audience: 'hookswitch', jwksUrl: provider.jwksUrl } });
    await using running = await testGateway({ config: { auth: { jwt }, ...limited({ refusedLoginsPerMinute: 2 }) } });
    const known = await provider.sign({ scope: 'phones:read' });
    expect(await ask(running, known)).toMatchObject({ status: 200 });
    for (const _ of range(2)) expect(await ask(running, `${known.slice(0, -4)}AAAA`)).toMatchObject({ status: 401 });
    expect(await ask(running, await provider.sign({ scope: 'phones:read', sub: 'another' }))).toMatchObject({
      status: 429,
    });
    expect(await ask(running, known)).toMatchObject({ status: 200 });
  });
});

describe('operations of one caller', () => {
  test('too many: 429 and a typed error over HTTP, the same error over WebSocket, counted together; others go on', async () => {
    const clock = { now: Date.now() };
    await using running = await testGateway({ config: limited({ operationsPerMinute: 4 }), now: () => clock.now });
    const grant = { scopes: ['phones:read'], tags: null, masksNumbers: false, expiresAt: null } as const;
    const { key } = await running.application.apiKeys.create({ name: 'busy', ...grant }, running.caller);
    for (const _ of range(3)) expect(await ask(running, key)).toMatchObject({ status: 200 });
    const client = createClient({
      url: running.gateway.url.replace('http', 'ws').concat('/graphql'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: key },
    });
    const overSocket = async () => (await client.iterate({ query: '{ __typename }' }).next()).value;
    expect(await overSocket()).toEqual({ data: { __typename: 'Query' } });
    const extensions = { code: 'RATE_LIMITED', limit: 'operationsPerMinute', retryAfterSeconds: 15 };
    await expect(overSocket()).rejects.toEqual([{ message: 'Too many operations. Come back in 15 s.', extensions }]);
    const refused = await ask(running, key);
    expect(refused).toMatchObject({ status: 429, retryAfter: '15', body: { errors: [{ extensions }] } });
    expect(await ask(running, ADMIN_KEY)).toMatchObject({ status: 200 });
    expect(await metric(running, 'OPERATION_LIMITED')).toBe(2);
    clock.now += 15_000;
    expect(await overSocket()).toEqual({ data: { __typename: 'Query' } });
    await client.dispose();
  });
});

test('the values that are documented are those that hold', () => {
  expect(DEFAULT_LIMITS).toMatchObject({ operationsPerMinute: 60_000, refusedLoginsPerMinute: 60 });
});

test('a bucket: full at first, filled with time, the wait told to the millisecond, bounded in number', () => {
  let now = 0;
  const buckets = createTokenBuckets({ perMinute: 60, now: () => now, most: 2 });
  expect(range(61).map(() => buckets.take('a'))).toEqual([...range(60).map(() => 0), 1_000]);
  now += 250;
  expect([buckets.wait('a'), buckets.take('a')]).toEqual([750, 750]);
  now += 750;
  expect([buckets.wait('a'), buckets.take('a'), buckets.wait('a')]).toEqual([0, 0, 1_000]);
  for (const key of ['b', 'c']) buckets.take(key);
  expect(buckets.wait('a')).toBe(0);
});
