import { once } from 'node:events';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { DEFAULT_LIMITS } from '../../src/config/api.ts';
import { KEY } from './fake-application.ts';
import { call, event } from './fake-records.ts';
import { type Answer, codesOf, startGateway, type TestGateway } from './gateway.ts';

const WITH_KEY = { authorization: `Bearer ${KEY}` };

const LARGE = 'subscription { phoneEvents { ... on PhoneEvent { variables { value } } } }';

function connect(gateway: TestGateway, connectionParams: Record<string, unknown> = WITH_KEY): Client {
  const client = createClient({
    url: gateway.webSocketUrl,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
  onTestFinished(async () => {
    await client.dispose();
  });
  return client;
}

/** A socket that has been acknowledged and speaks the protocol by hand. */
async function openByHand(gateway: TestGateway, payload: unknown = WITH_KEY, options: WebSocket.ClientOptions = {}) {
  const socket = new WebSocket(gateway.webSocketUrl, 'graphql-transport-ws', options);
  onTestFinished(() => socket.terminate());
  const messages: Record<string, unknown>[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)));
    wake();
  });
  const closed = once(socket, 'close').then(([code, reason]) => ({ code, reason: String(reason) }));
  await once(socket, 'open');
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  const next = async (): Promise<Record<string, unknown>> => {
    for (;;) {
      const message = messages.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  send({ type: 'connection_init', payload });
  return { socket, send, next, closed };
}

async function once1(client: Client, payload: SubscribePayload): Promise<Answer> {
  const { value } = await client.iterate(payload).next();
  return value as Answer;
}

test.each([
  ['Bearer KEY', { authorization: `Bearer ${KEY}` }],
  ['the plain key', { authorization: KEY }],
  ['headers as they are written', { Authorization: `Bearer ${KEY}` }],
])('connection_init takes %s', async (_what, params) => {
  const gateway = await startGateway();
  expect(await once1(connect(gateway, params), { query: '{ drivers { vendor } }' })).toMatchObject({
    data: { drivers: [{ vendor: 'snom' }, { vendor: 'yealink' }] },
  });
});

test('the key of the upgrade request serves where the payload has none', async () => {
  const gateway = await startGateway();
  const peer = await openByHand(gateway, {}, { headers: WITH_KEY });
  expect(await peer.next()).toEqual({ type: 'connection_ack' });
});

test.each([
  ['nothing', {}],
  ['a wrong key', { authorization: 'Bearer wrong' }],
  ['something that is no text', { authorization: 5 }],
])('connection_init with %s closes with 4403', async (_what, payload) => {
  const gateway = await startGateway();
  const peer = await openByHand(gateway, payload);
  expect(await peer.closed).toEqual({ code: 4403, reason: 'Forbidden' });
});

test('an operation before connection_init closes with 4401', async () => {
  const gateway = await startGateway();
  const socket = new WebSocket(gateway.webSocketUrl, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } }));
  expect((await once(socket, 'close'))[0]).toBe(4401);
});

test('who never says who it is is closed with 4408', async () => {
  const gateway = await startGateway({ connectionInitTimeoutMs: 20 });
  const socket = new WebSocket(gateway.webSocketUrl, 'graphql-transport-ws');
  expect((await once(socket, 'close'))[0]).toBe(4408);
});

test('a key that is withdrawn closes the socket with 4403 at the next operation', async () => {
  const gateway = await startGateway();
  const peer = await openByHand(gateway);
  await peer.next();
  gateway.state.directory.replace([]);
  peer.send({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } });
  expect((await peer.closed).code).toBe(4403);
});

test('a key that is withdrawn closes the socket, and what is running ends', async () => {
  const gateway = await startGateway();
  const peer = await openByHand(gateway);
  await peer.next();
  peer.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { phoneEvents { __typename } }' } });
  await peer.next();
  gateway.state.directory.replace([]);
  expect((await peer.closed).code).toBe(4403);
  await gateway.state.eventFeed.listeners(0);
});

test('queries, mutations and subscriptions run side by side', async () => {
  const gateway = await startGateway();
  const client = connect(gateway);
  const events = client.iterate({ query: 'subscription { phoneEvents { __typename } }' });
  expect((await events.next()).value).toEqual({ data: { phoneEvents: { __typename: 'CaughtUp' } } });
  expect(await once1(client, { query: '{ phones { totalCount } }' })).toEqual({ data: { phones: { totalCount: 2 } } });
  gateway.state.eventFeed.push({ kind: 'event', event: event(7, { type: 'OTHER' }) });
  expect((await events.next()).value).toEqual({ data: { phoneEvents: { __typename: 'OtherEvent' } } });
});

test.each([
  ['a syntax error', { query: 'subscription {' }, 'GRAPHQL_PARSE_FAILED'],
  ['a validation error', { query: '{ phonez { totalCount } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a value that its type refuses', { query: '{ phone(by: { mac: "zz" }) { id } }' }, 'BAD_USER_INPUT'],
])('%s ends that operation only', async (_what, payload, code) => {
  const gateway = await startGateway();
  const peer = await openByHand(gateway);
  await peer.next();
  peer.send({ id: 'live', type: 'subscribe', payload: { query: 'subscription { phoneEvents { __typename } }' } });
  expect(await peer.next()).toMatchObject({ id: 'live', type: 'next' });
  peer.send({ id: 'bad', type: 'subscribe', payload });
  expect(await peer.next()).toMatchObject({ id: 'bad', type: 'error', payload: [{ extensions: { code } }] });
  gateway.state.eventFeed.push({ kind: 'event', event: event(7, { type: 'OTHER' }) });
  expect(await peer.next()).toMatchObject({ id: 'live', type: 'next' });
});

test.each([
  ['an unknown operation name', { query: 'query A { __typename } query B { __typename }', operationName: 'C' }],
  ['no operation name where there are two', { query: 'query A { __typename } query B { __typename }' }],
])('%s ends that operation only', async (_what, payload) => {
  const gateway = await startGateway();
  const peer = await openByHand(gateway);
  await peer.next();
  peer.send({ id: 'bad', type: 'subscribe', payload });
  expect(await peer.next()).toMatchObject({
    id: 'bad',
    type: 'error',
    payload: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }],
  });
  peer.send({ id: 'good', type: 'subscribe', payload: { query: '{ __typename }' } });
  expect(await peer.next()).toMatchObject({ id: 'good', type: 'next', payload: { data: { __typename: 'Query' } } });
});

test('variables that their types refuse are BAD_USER_INPUT', async () => {
  const gateway = await startGateway();
  const query = 'query ($by: PhoneBy!) { phone(by: $by) { id } }';
  const answer = await once1(connect(gateway), { query, variables: { by: { mac: 'zz' } } });
  expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
});

test('complete ends the source, though nothing happens any more', async () => {
  const gateway = await startGateway();
  const events = connect(gateway).iterate({ query: 'subscription { phoneEvents { __typename } }' });
  await events.next();
  await gateway.state.eventFeed.listeners(1);
  await events.return?.();
  await gateway.state.eventFeed.listeners(0);
});

test('a peer that vanishes ends its sources', async () => {
  const gateway = await startGateway();
  const peer = await openByHand(gateway);
  await peer.next();
  peer.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { phoneEvents { __typename } }' } });
  peer.send({ id: '2', type: 'subscribe', payload: { query: 'subscription { calls { __typename } }' } });
  await gateway.state.eventFeed.listeners(1);
  await gateway.state.callFeed.listeners(1);
  peer.socket.terminate();
  await gateway.state.eventFeed.listeners(0);
  await gateway.state.callFeed.listeners(0);
});

test('a peer that does not answer pings is ended, and its sources with it', async () => {
  const gateway = await startGateway({ keepAliveMs: 20 });
  const peer = await openByHand(gateway, WITH_KEY, { autoPong: false });
  let isAnswering = true;
  peer.socket.on('ping', () => {
    if (isAnswering) peer.socket.pong();
  });
  await peer.next();
  peer.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { phoneEvents { __typename } }' } });
  await gateway.state.eventFeed.listeners(1);
  isAnswering = false;
  expect((await peer.closed).code).toBe(1006);
  await gateway.state.eventFeed.listeners(0);
});

test('a peer that has stopped reading stays, and is told when it reads on', async () => {
  const gateway = await startGateway({ keepAliveMs: 20 });
  const [stalled, other] = [await openByHand(gateway), await openByHand(gateway)];
  await stalled.next();
  stalled.send({ id: '1', type: 'subscribe', payload: { query: LARGE } });
  await gateway.state.eventFeed.listeners(1);
  // What the feed tells first.
  await stalled.next();
  stalled.socket.pause();
  // More than the system takes for a peer that reads nothing.
  const value = 'x'.repeat(32 * 1024 * 1024);
  gateway.state.eventFeed.push({ kind: 'event', event: event(1, { type: 'OTHER' }, [{ name: 'large', value }]) });
  // Far more pings than may stay unanswered.
  for (let pings = 0; pings < 40; pings++) await once(other.socket, 'ping');
  stalled.socket.resume();
  expect(JSON.stringify(await stalled.next()).length).toBeGreaterThan(value.length);
  expect(stalled.socket.readyState).toBe(WebSocket.OPEN);
});

test('a peer that answers pings stays', async () => {
  const gateway = await startGateway({ keepAliveMs: 100 });
  const peer = await openByHand(gateway);
  await peer.next();
  for (let pings = 0; pings < 3; pings++) await once(peer.socket, 'ping');
  expect(peer.socket.readyState).toBe(WebSocket.OPEN);
});

test('a source that fails is masked and ends that operation only', async () => {
  const gateway = await startGateway();
  const client = connect(gateway);
  const events = client.iterate({ query: 'subscription { phoneEvents { __typename } }' });
  await events.next();
  gateway.state.eventFeed.fail(new Error('disk on fire'));
  const { value } = await events.next();
  expect(codesOf(value as Answer)).toEqual(['INTERNAL']);
  expect(gateway.internalErrors).toMatchObject([
    { error: { message: 'disk on fire' }, requestId: (value as Answer).errors?.[0]?.extensions?.requestId },
  ]);
  expect((await events.next()).done).toBe(true);
  expect(await once1(client, { query: '{ __typename }' })).toEqual({ data: { __typename: 'Query' } });
});

test('calls come as they are, then CaughtUp, then each change', async () => {
  const gateway = await startGateway();
  const query = 'subscription { calls { ... on Call { state } ... on CaughtUp { cursor } } }';
  const updates = connect(gateway).iterate({ query });
  const next = async () => (await updates.next()).value?.data?.calls;
  expect([await next(), await next(), await next()]).toEqual([
    { state: 'RINGING' },
    { state: 'RINGING' },
    { cursor: 'e6' },
  ]);
  gateway.state.callFeed.push({ kind: 'call', call: call('c1', { state: 'CONNECTED' }) });
  expect(await next()).toEqual({ state: 'CONNECTED' });
});

test('a message that is too long closes with 1009, one that is none with 4400', async () => {
  const gateway = await startGateway({ limits: { ...DEFAULT_LIMITS, messageBytes: 500 } });
  const long = await openByHand(gateway);
  await long.next();
  long.socket.send('x'.repeat(600));
  expect((await long.closed).code).toBe(1009);
  const odd = await openByHand(gateway);
  await odd.next();
  odd.socket.send('{"no":"message"}');
  expect((await odd.closed).code).toBe(4400);
});

async function upgradeStatus(url: string, options: WebSocket.ClientOptions = {}): Promise<number> {
  const socket = new WebSocket(url, 'graphql-transport-ws', options);
  const opened = once(socket, 'open').then(() => 101);
  const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number);
  const status = await Promise.race([opened, refused]);
  socket.on('error', () => {});
  socket.terminate();
  return status;
}

test('pages of this host and of the given origins may connect, others may not', async () => {
  const gateway = await startGateway({ allowedOrigins: ['https://console.example'] });
  const { host } = new URL(gateway.url);
  expect(await upgradeStatus(gateway.webSocketUrl)).toBe(101);
  expect(await upgradeStatus(gateway.webSocketUrl, { origin: `http://${host}` })).toBe(101);
  expect(await upgradeStatus(gateway.webSocketUrl, { origin: 'https://console.example' })).toBe(101);
  expect(await upgradeStatus(gateway.webSocketUrl, { origin: 'https://evil.example' })).toBe(403);
  expect(await upgradeStatus(gateway.webSocketUrl, { origin: 'null' })).toBe(403);
});

test('there is no WebSocket at another path', async () => {
  const gateway = await startGateway();
  expect(await upgradeStatus(gateway.webSocketUrl.replace('/graphql', '/elsewhere'))).toBe(404);
});

test('another subprotocol is closed with 4406', async () => {
  const gateway = await startGateway();
  const socket = new WebSocket(gateway.webSocketUrl);
  expect((await once(socket, 'close'))[0]).toBe(4406);
});

test('drain waits for running operations, then closes every socket with 1012, and lets nobody in', async () => {
  const gateway = await startGateway();
  const gate = Promise.withResolvers<void>();
  gateway.state.gate = gate.promise;
  const peer = await openByHand(gateway);
  await peer.next();
  const idle = await openByHand(gateway);
  await idle.next();
  const phoneId = Buffer.from('Phone:p').toString('base64url');
  const query = `mutation { dial(phoneId: "${phoneId}", command: { to: "102" }) { name } }`;
  peer.send({ id: '1', type: 'subscribe', payload: { query } });
  peer.send({ type: 'ping' });
  expect(await peer.next()).toEqual({ type: 'pong' });
  const drained = gateway.webSocket.drain();
  expect(await upgradeStatus(gateway.webSocketUrl)).toBe(503);
  expect(peer.socket.readyState).toBe(WebSocket.OPEN);
  gate.resolve();
  expect(await peer.next()).toMatchObject({ id: '1', type: 'next', payload: { data: { dial: { name: 'dial' } } } });
  expect(await peer.closed).toEqual({ code: 1012, reason: 'Service Restart' });
  expect((await idle.closed).code).toBe(1012);
  await drained;
});

test('drain waits no longer than it was told', async () => {
  const gateway = await startGateway();
  const gate = Promise.withResolvers<void>();
  gateway.state.gate = gate.promise;
  const peer = await openByHand(gateway);
  await peer.next();
  const phoneId = Buffer.from('Phone:p').toString('base64url');
  peer.send({ id: '1', type: 'subscribe', payload: { query: `mutation { answer(phoneId: "${phoneId}") { name } }` } });
  peer.send({ type: 'ping' });
  await peer.next();
  await gateway.webSocket.drain(200);
  expect((await peer.closed).code).toBe(1012);
  gate.resolve();
});
