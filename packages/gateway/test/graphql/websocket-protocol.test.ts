import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { type SubscribePayload, stringifyMessage, validateMessage } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { KEY } from './fake-application.ts';
import { event } from './fake-records.ts';
import { startGateway } from './gateway.ts';

const INIT = { type: 'connection_init', payload: { authorization: `Bearer ${KEY}` } };
const PING = { type: 'ping' };
const subscribe = (id: unknown, payload: unknown = { query: '{ __typename }' }) => ({ type: 'subscribe', id, payload });
const LIVE: SubscribePayload = { query: 'subscription { phoneEvents { __typename } }' };

/** A peer that speaks the protocol by hand. */
async function open(url: string) {
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers: INIT.payload });
  onTestFinished(() => socket.terminate());
  const heard: unknown[] = [];
  let closed: unknown = null;
  let wake = (): void => {};
  socket.on('message', (data) => {
    heard.push(validateMessage(JSON.parse(String(data))));
    wake();
  });
  socket.on('close', (code, reason) => {
    closed = { code, reason: String(reason) };
    wake();
  });
  await once(socket, 'open');
  return {
    socket,
    say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    /** All that was said until there is so much of it, or the socket is closed. */
    async hears(count: number): Promise<readonly unknown[]> {
      while (heard.length < count && closed === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return closed === null ? heard.slice(0, count) : [...heard, closed];
    },
  };
}

/** graphql-ws's own server, with a schema in which the same can be asked. */
async function startReference(): Promise<string> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const schema = buildSchema('type Query { a: Int } type Subscription { phoneEvents: Int }');
  useServer({ schema }, sockets);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

/** What is said, each when so many messages have been heard, and how many are heard in the end. */
type Script = readonly (readonly [after: number, message: unknown])[];

const SAME_AS_GRAPHQL_WS: readonly (readonly [string, Script, number])[] = [
  ['it is acknowledged', [[0, INIT]], 1],
  ['a connection_init without a payload may do', [[0, { type: 'connection_init', payload: null }]], 1],
  [
    'a second connection_init',
    [
      [0, INIT],
      [1, INIT],
    ],
    2,
  ],
  [
    'a second connection_init at once',
    [
      [0, INIT],
      [0, INIT],
    ],
    1,
  ],
  ['an operation before the acknowledgement', [[0, subscribe('1')]], 1],
  [
    'a ping before anything else',
    [
      [0, PING],
      [1, INIT],
    ],
    2,
  ],
  [
    'a ping',
    [
      [0, INIT],
      [1, PING],
    ],
    2,
  ],
  [
    'a ping with a payload',
    [
      [0, INIT],
      [1, { type: 'ping', payload: { at: 5 } }],
    ],
    2,
  ],
  [
    'a ping whose payload is null',
    [
      [0, INIT],
      [1, { type: 'ping', payload: null }],
    ],
    2,
  ],
  [
    'a pong that nobody asked for',
    [
      [0, INIT],
      [1, { type: 'pong', payload: { at: 5 } }],
      [1, PING],
    ],
    2,
  ],
  [
    'a query has a result and an end',
    [
      [0, INIT],
      [1, subscribe('1')],
    ],
    3,
  ],
  [
    'an id that was used before',
    [
      [0, INIT],
      [1, subscribe('1')],
      [3, subscribe('1')],
    ],
    5,
  ],
  [
    'an id like an inherited name',
    [
      [0, INIT],
      [1, subscribe('hasOwnProperty')],
    ],
    3,
  ],
  [
    'a named operation',
    [
      [0, INIT],
      [1, subscribe('1', { query: 'query A { __typename } query B { b: __typename }', operationName: 'B' })],
    ],
    3,
  ],
  [
    'everything that may be null',
    [
      [0, INIT],
      [1, subscribe('1', { query: '{ __typename }', operationName: null, variables: null, extensions: null })],
    ],
    3,
  ],
  [
    'the end of what nobody began',
    [
      [0, INIT],
      [1, { type: 'complete', id: '9' }],
      [1, PING],
    ],
    2,
  ],
  [
    'no JSON',
    [
      [0, INIT],
      [1, '{"type":'],
    ],
    2,
  ],
  [
    'an empty message',
    [
      [0, INIT],
      [1, ''],
    ],
    2,
  ],
  [
    'null',
    [
      [0, INIT],
      [1, 'null'],
    ],
    2,
  ],
  [
    'a list',
    [
      [0, INIT],
      [1, '[]'],
    ],
    2,
  ],
  [
    'no type',
    [
      [0, INIT],
      [1, { id: '1' }],
    ],
    2,
  ],
  [
    'an unknown type',
    [
      [0, INIT],
      [1, { type: 'start', id: '1' }],
    ],
    2,
  ],
  ['a payload of connection_init that is no object', [[0, { type: 'connection_init', payload: 'key' }]], 1],
  [
    'a payload of ping that is a list',
    [
      [0, INIT],
      [1, { type: 'ping', payload: [] }],
    ],
    2,
  ],
  [
    'an operation without an id',
    [
      [0, INIT],
      [1, subscribe(undefined)],
    ],
    2,
  ],
  [
    'an id that is a number',
    [
      [0, INIT],
      [1, subscribe(1)],
    ],
    2,
  ],
  [
    'an empty id',
    [
      [0, INIT],
      [1, subscribe('')],
    ],
    2,
  ],
  [
    'an end without an id',
    [
      [0, INIT],
      [1, { type: 'complete' }],
    ],
    2,
  ],
  [
    'an operation without a payload',
    [
      [0, INIT],
      [1, { type: 'subscribe', id: '1' }],
    ],
    2,
  ],
  [
    'a query that is no text',
    [
      [0, INIT],
      [1, subscribe('1', { query: 5 })],
    ],
    2,
  ],
  [
    'variables that are a list',
    [
      [0, INIT],
      [1, subscribe('1', { query: '{ __typename }', variables: [] })],
    ],
    2,
  ],
  [
    'an operation name that is a number',
    [
      [0, INIT],
      [1, subscribe('1', { query: '{ __typename }', operationName: 5 })],
    ],
    2,
  ],
  [
    'extensions that are a text',
    [
      [0, INIT],
      [1, subscribe('1', { query: '{ __typename }', extensions: 'x' })],
    ],
    2,
  ],
];

describe('what graphql-ws answers is answered alike', () => {
  test.each(SAME_AS_GRAPHQL_WS)('%s', async (_what, script, count) => {
    const [gateway, reference] = await Promise.all([startGateway(), startReference()]);
    const [ours, theirs] = await Promise.all(
      [gateway.webSocketUrl, reference].map(async (url) => {
        const peer = await open(url);
        for (const [after, message] of script) {
          await peer.hears(after);
          peer.say(message);
        }
        return peer.hears(count);
      }),
    );
    expect(theirs).not.toEqual([]);
    expect(ours).toEqual(theirs);
  });
});

async function openAcknowledged() {
  const gateway = await startGateway();
  const peer = await open(gateway.webSocketUrl);
  peer.say(INIT);
  await peer.hears(1);
  return { gateway, peer };
}

test.each(['next', 'error', 'connection_ack'])('%s, which is the server’s to say, closes with 4400', async (type) => {
  const { peer } = await openAcknowledged();
  peer.say(stringifyMessage({ type, id: '1', payload: type === 'error' ? [{ message: 'x' }] : {} } as never));
  expect((await peer.hears(2))[1]).toEqual({ code: 4400, reason: 'Invalid message received' });
});

test.each([
  ['1', 'Subscriber for 1 already exists'],
  ['é'.repeat(300), `Subscriber for ${'é'.repeat(20)} already exists`],
])('an id that is running closes with 4409, and what runs ends', async (id, reason) => {
  const { gateway, peer } = await openAcknowledged();
  peer.say(subscribe(id, LIVE));
  await peer.hears(2);
  await gateway.state.eventFeed.listeners(1);
  peer.say(subscribe(id));
  expect((await peer.hears(3)).at(-1)).toEqual({ code: 4409, reason });
  await gateway.state.eventFeed.listeners(0);
});

test('an error before the execution has no end of its own, and its id is free', async () => {
  const { peer } = await openAcknowledged();
  peer.say(subscribe('1', { query: '{ phonez { id } }' }));
  expect((await peer.hears(2))[1]).toMatchObject({
    type: 'error',
    id: '1',
    payload: [{ message: expect.any(String) }],
  });
  peer.say(subscribe('1'));
  expect((await peer.hears(4)).slice(2)).toEqual([
    { id: '1', type: 'next', payload: { data: { __typename: 'Query' } } },
    { id: '1', type: 'complete' },
  ]);
});

test('what the client has ended tells nothing more, and its id is free', async () => {
  const { gateway, peer } = await openAcknowledged();
  peer.say(subscribe('1', LIVE));
  peer.say(subscribe('2', LIVE));
  await peer.hears(3);
  peer.say({ type: 'complete', id: '1' });
  await gateway.state.eventFeed.listeners(1);
  gateway.state.eventFeed.push({ kind: 'event', event: event(7, { type: 'OTHER' }) });
  peer.say(subscribe('1'));
  const rest = (await peer.hears(6)).slice(3);
  expect(rest).toContainEqual({
    id: '2',
    type: 'next',
    payload: { data: { phoneEvents: { __typename: 'OtherEvent' } } },
  });
  expect(rest).toContainEqual({ id: '1', type: 'next', payload: { data: { __typename: 'Query' } } });
  expect(rest).toContainEqual({ id: '1', type: 'complete' });
});

test('a mutation that the client has ended is done all the same, and its answer is not sent', async () => {
  const { gateway, peer } = await openAcknowledged();
  const gate = Promise.withResolvers<void>();
  gateway.state.gate = gate.promise;
  const phoneId = Buffer.from('Phone:p').toString('base64url');
  peer.say(subscribe('1', { query: `mutation { answer(phoneId: "${phoneId}") { name } }` }));
  peer.say({ type: 'complete', id: '1' });
  peer.say(PING);
  expect((await peer.hears(2))[1]).toEqual({ type: 'pong' });
  gate.resolve();
  await gateway.webSocket.drain();
  expect((await peer.hears(3)).slice(2)).toEqual([{ code: 1012, reason: 'Service Restart' }]);
});

test('a source that ends by itself completes its operation', async () => {
  const { gateway, peer } = await openAcknowledged();
  peer.say(subscribe('1', LIVE));
  await peer.hears(2);
  gateway.state.eventFeed.fail(new Error('disk on fire'));
  expect((await peer.hears(4)).slice(2)).toMatchObject([
    { id: '1', type: 'next' },
    { id: '1', type: 'complete' },
  ]);
});

test('a socket that broke while its key was looked up leaves nothing behind', async () => {
  const gateway = await startGateway();
  const peer = await open(gateway.webSocketUrl);
  peer.say(INIT);
  peer.socket.terminate();
  // Withdrawn: whoever were still waited for would be told.
  gateway.state.directory.replace([]);
  await gateway.webSocket.drain();
  expect(gateway.internalErrors).toEqual([]);
});
