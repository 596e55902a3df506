import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { authConfig } from '../../src/config/auth.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { identityProvider } from '../support/identity-provider.ts';

/** What the gateway promises: a session that is over ends within 5 seconds. */
const PROMISED_MS = 5_000;
const EVENTS = 'subscription { phoneEvents { __typename } }';

/** A credential, and what ends it. */
interface Ending {
  readonly credential: string;
  readonly end: () => Promise<unknown>;
}

async function revocable(running: TestGateway): Promise<Ending> {
  const { apiKeys } = running.application;
  const rights = { scopes: ['events:read'] as const, tags: null, masksNumbers: false, expiresAt: null };
  const { key, apiKey } = await apiKeys.create({ name: 'short', ...rights }, running.caller);
  return { credential: key, end: () => apiKeys.revoke(apiKey.id, running.caller) };
}

async function expiring(running: TestGateway): Promise<Ending> {
  const { apiKeys } = running.application;
  const expiresAt = Date.now() + 1_500;
  const rights = { scopes: ['events:read'] as const, tags: null, masksNumbers: false, expiresAt };
  const { key } = await apiKeys.create({ name: 'short', ...rights }, running.caller);
  return { credential: key, end: async () => {} };
}

async function socketWith(running: TestGateway, credential: string, documents: readonly string[]) {
  const socket = new WebSocket(`${running.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const closed = once(socket, 'close').then(([code]: number[]) => code);
  const messages: { readonly type: string; readonly payload?: unknown }[] = [];
  const ready = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      messages.push(JSON.parse(String(data)));
      // The acknowledgement, and `CaughtUp` of each subscription.
      if (messages.length === documents.length + 1) resolve();
    });
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: credential } }));
  for (const [id, query] of documents.entries()) {
    await once(socket, 'message');
    socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }));
  }
  await ready;
  return { socket, closed, messages };
}

async function streamWith(running: TestGateway, credential: string) {
  const response = await fetch(`${running.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${credential}` },
    body: JSON.stringify({ query: EVENTS }),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const readUntil = async (wanted: string | null): Promise<string> => {
    for (;;) {
      if (wanted !== null && text.includes(wanted)) return text;
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) return text;
      text += value;
    }
  };
  await readUntil('CaughtUp');
  return { rest: () => readUntil(null) };
}

const endings = [
  ['a key that is revoked', revocable],
  ['a key that expires', expiring],
] as const;

test.each(endings)('%s closes its WebSockets with 4403, idle or not', { timeout: 15_000 }, async (_what, make) => {
  await using running = await testGateway();
  const { credential, end } = await make(running);
  const idle = await socketWith(running, credential, []);
  const busy = await socketWith(running, credential, [EVENTS]);
  await end();
  const started = performance.now();
  expect(await Promise.all([idle.closed, busy.closed])).toEqual([4403, 4403]);
  expect(performance.now() - started).toBeLessThan(PROMISED_MS);
});

test.each(endings)('%s ends its event streams with a typed last word', { timeout: 15_000 }, async (_what, make) => {
  await using running = await testGateway();
  const { credential, end } = await make(running);
  const stream = await streamWith(running, credential);
  await end();
  const started = performance.now();
  const text = await stream.rest();
  expect(performance.now() - started).toBeLessThan(PROMISED_MS);
  expect(text).toMatch(/data: \{"errors":\[\{[^\n]*"code":"UNAUTHENTICATED"[^\n]*\n\nevent: complete/);
});

test('nothing is delivered after the session, not even within the five seconds', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const { credential, end } = await revocable(running);
  const stream = await streamWith(running, credential);
  await end();
  await running.report(desk, 'hello');
  const text = await stream.rest();
  expect(text).toContain('UNAUTHENTICATED');
  expect(text).not.toContain('OtherEvent');
});

test('other sessions go on', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const [short, long] = [await revocable(running), await revocable(running)];
  const ending = await socketWith(running, short.credential, []);
  const staying = await socketWith(running, long.credential, [EVENTS]);
  await short.end();
  await ending.closed;
  // Subscribers may be told before the phone has its answer.
  const told = once(staying.socket, 'message');
  await running.report(desk, 'hello');
  await told;
  expect(JSON.stringify(staying.messages.at(-1))).toContain('OtherEvent');
  staying.socket.terminate();
});

test('a token ends with its time', { timeout: 15_000 }, async () => {
  await using provider = await identityProvider();
  const { jwt } = authConfig({
    jwt: { issuer: provider.issuer, audience: 'hookswitch', jwksUrl: provider.jwksUrl, clockToleranceSeconds: 0 },
  });
  await using running = await testGateway({ config: { auth: { jwt } } });
  const exp = Math.ceil(Date.now() / 1000) + 1;
  const token = await provider.sign({ scope: 'events:read', exp });
  const { closed } = await socketWith(running, token, [EVENTS]);
  const stream = await streamWith(running, token);
  expect(await closed).toBe(4403);
  expect(await stream.rest()).toContain('UNAUTHENTICATED');
  expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
  expect(Date.now()).toBeLessThan(exp * 1000 + PROMISED_MS);
});

test('keys are made, listed and revoked by mutations, and known at once', async () => {
  await using running = await testGateway();
  const ask = async (credential: string, query: string) => {
    const response = await fetch(`${running.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}` },
      body: JSON.stringify({ query }),
    });
    return JSON.parse(await response.text());
  };
  const admin = await running.application.apiKeys.create(
    { name: 'root', scopes: ['admin'], tags: null, masksNumbers: false, expiresAt: null },
    running.caller,
  );
  const made = await ask(
    admin.key,
    `mutation { createApiKey(name: "desk", scopes: [CALLS_CONTROL, EVENTS_READ], tags: ["sales"], maskNumbers: true,
      expiresAt: "2999-01-31T12:00:00Z") { key apiKey { id name scopes tags masksNumbers expiresAt revokedAt } } }`,
  );
  const { key, apiKey } = made.data.createApiKey;
  expect(apiKey).toEqual({
    id: expect.any(String),
    name: 'desk',
    scopes: ['CALLS_CONTROL', 'EVENTS_READ'],
    tags: ['sales'],
    masksNumbers: true,
    expiresAt: '2999-01-31T12:00:00.000Z',
    revokedAt: null,
  });
  const viewer = await ask(key, '{ viewer { name scopes tags masksNumbers expiresAt } }');
  expect(viewer.data.viewer).toMatchObject({
    name: 'desk',
    scopes: apiKey.scopes,
    tags: ['sales'],
    masksNumbers: true,
  });
  const listed = await ask(admin.key, '{ apiKeys { name } }');
  expect(listed.data.apiKeys).toEqual([{ name: 'admin' }, { name: 'root' }, { name: 'desk' }]);
  expect(JSON.stringify([listed, await running.application.apiKeys.list()])).not.toMatch(/hsk_|hash/);
  const refused = await ask(
    admin.key,
    'mutation { createApiKey(name: "x", scopes: [ADMIN], tags: ["sales"]) { key } }',
  );
  expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  await ask(admin.key, `mutation { revokeApiKey(id: "${apiKey.id}") { revokedAt } }`);
  expect((await ask(key, '{ viewer { name } }')).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  const again = await ask(admin.key, `mutation { revokeApiKey(id: "${apiKey.id}") { name revokedAt } }`);
  expect(again.data.revokeApiKey.revokedAt).toMatch(/^2/);
});
