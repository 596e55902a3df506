import { type Outcome, TransportError } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { Relay } from '../../src/conformance/relay.ts';
import {
  type AskedRequest,
  createRehearsal,
  createTransport,
  type TransportOptions,
} from '../../src/conformance/transport.ts';
import { type AuthenticationSettings, Authenticator, VirtualHttpServer } from '../../src/virtual/index.ts';

const LOGIN = { username: 'an na', password: 'p&ss wörd' };

async function phone(login: Partial<AuthenticationSettings> = {}): Promise<VirtualHttpServer> {
  const authenticator = new Authenticator({ realm: 'E1', credentials: [LOGIN], ...login });
  const server = new VirtualHttpServer({
    handle: (request) => {
      const verdict = authenticator.check(request);
      return verdict.allowed ? { status: 302, headers: { Location: '/elsewhere' }, body: 'Grüße' } : verdict.reply;
    },
  });
  await server.start();
  return server;
}

function transportTo(server: { readonly address: string }, options: Partial<TransportOptions> = {}) {
  const signal = new AbortController().signal;
  const asked: AskedRequest[] = [];
  const onSend = (request: AskedRequest): void => void asked.push(request);
  const http = createTransport({ origin: server.address, credentials: { web: LOGIN }, signal, onSend, ...options });
  return { ...http, asked };
}

async function outcomeOf(sent: Promise<unknown>): Promise<Outcome<unknown>> {
  try {
    await sent;
  } catch (error) {
    if (TransportError.is(error)) return error.outcome;
    throw error;
  }
  throw new Error('A reply came.');
}

const code = (outcome: Outcome<unknown>) => (outcome.status === 'FAILED' ? outcome.failure.code : outcome.status);

describe('the transport of the suite', () => {
  test('sends what the driver wrote, byte for byte, and follows no redirect', async () => {
    await using server = await phone({ scheme: 'none' });
    const target = '/command.htm?key=1;2,80;%23&x=+a=b';
    const reply = await transportTo(server).send({
      method: 'POST',
      target,
      headers: { 'Content-Type': 'text/xml' },
      body: '<ä/>',
      connection: 'close',
    });
    expect(reply).toMatchObject({ status: 302, text: 'Grüße', authentication: 'none' });
    const [request] = server.requests.all;
    expect(request).toMatchObject({ method: 'POST', target, body: '<ä/>' });
    expect(request?.headers).toMatchObject({ connection: 'close', 'content-type': 'text/xml', 'content-length': '5' });
    expect(server.requests.count).toBe(1);
  });

  test.each<[string, Partial<AuthenticationSettings>]>([
    ['Basic', { scheme: 'basic' }],
    ['Digest with MD5', { scheme: 'digest' }],
    ['Digest with SHA-256', { scheme: 'digest', algorithms: ['SHA-256'] }],
    ['Digest with MD5-sess', { scheme: 'digest', algorithms: ['MD5-sess'], opaque: 'x1' }],
    ['Digest of RFC 2069', { scheme: 'digest', qop: 'none' }],
  ])('answers a challenge for %s, and gives nothing away before', async (_name, login) => {
    await using server = await phone(login);
    const { status, authentication } = await transportTo(server).send({ method: 'GET', target: '/?key=OK' });
    expect([status, authentication]).toEqual([302, login.scheme]);
    expect(server.requests.all.map(({ headers }) => headers['authorization'] !== undefined)).toEqual([false, true]);
  });

  test('takes the credentials that the request names', async () => {
    await using server = await phone({ scheme: 'digest' });
    const http = transportTo(server, { credentials: { web: { username: 'x', password: 'y' }, push: LOGIN } });
    expect((await http.send({ method: 'GET', target: '/', credentials: 'push' })).status).toBe(302);
    expect(code(await outcomeOf(http.send({ method: 'GET', target: '/' })))).toBe('PHONE_UNAUTHORIZED');
    expect(server.requests.count).toBe(4);
  });

  test.each<[string, Partial<AuthenticationSettings>, TransportOptions['credentials']]>([
    ['without credentials', { scheme: 'digest' }, {}],
    ['with credentials of another name', { scheme: 'basic' }, { push: LOGIN }],
  ])('is refused %s', async (_name, login, credentials) => {
    await using server = await phone(login);
    const outcome = await outcomeOf(transportTo(server, { credentials }).send({ method: 'GET', target: '/' }));
    expect(code(outcome)).toBe('PHONE_UNAUTHORIZED');
    expect(server.requests.count).toBe(1);
  });

  test('fills in credentials in the target, and keeps them out of what was asked', async () => {
    await using server = await phone({ scheme: 'none' });
    const http = transportTo(server);
    await http.send({ method: 'GET', target: '/?user={username}&pwd={password}', credentialsInTarget: true });
    await http.send({ method: 'GET', target: '/?user={username}' });
    expect(server.requests.all.map(({ target }) => target)).toEqual([
      '/?user=an%20na&pwd=p%26ss%20w%C3%B6rd',
      '/?user={username}',
    ]);
    expect(http.asked.map(({ target }) => target)).toEqual(['/?user={username}&pwd={password}', '/?user={username}']);
  });

  test.each(['dropReplyAfterActing', 'malformedReply', 'truncatedReply'] as const)(
    'with %s the phone may have acted, unless the request only reads',
    async (fault) => {
      await using server = await phone({ scheme: 'none' });
      server.faults[fault] = 2;
      const http = transportTo(server);
      expect(code(await outcomeOf(http.send({ method: 'GET', target: '/' })))).toBe('UNKNOWN');
      expect(code(await outcomeOf(http.send({ method: 'GET', target: '/', readOnly: true })))).toBe(
        'PHONE_UNREACHABLE',
      );
      expect(server.requests.count).toBe(2);
    },
  );

  test('a refused connection and an early abort leave no byte', async () => {
    await using server = await phone({ scheme: 'none' });
    const aborted = transportTo(server, { signal: AbortSignal.abort() });
    expect(code(await outcomeOf(aborted.send({ method: 'GET', target: '/' })))).toBe('PHONE_UNREACHABLE');
    expect(server.requests.count).toBe(0);
    await server.refuseConnections(true);
    expect(code(await outcomeOf(transportTo(server).send({ method: 'GET', target: '/' })))).toBe('PHONE_UNREACHABLE');
  });
});

test('a dry run keeps the requests and answers as it is told', async () => {
  const asked: AskedRequest[] = [];
  const http = createRehearsal((request) => void asked.push(request));
  expect(await http.send({ method: 'GET', target: '/a' })).toMatchObject({ status: 200, text: '' });
  const rehearsal = { status: 302, body: 'gone' };
  expect(await http.send({ method: 'GET', target: '/b', rehearsal })).toMatchObject({ status: 302, text: 'gone' });
  expect(asked.map(({ target, readOnly, connection }) => [target, readOnly, connection])).toEqual([
    ['/a', false, 'keep-alive'],
    ['/b', false, 'keep-alive'],
  ]);
});

describe('the relay', () => {
  async function behindRelay(login: Partial<AuthenticationSettings> = {}) {
    const server = await phone(login);
    const relay = new Relay(server.address);
    await relay.start();
    return {
      server,
      relay,
      http: transportTo({ address: relay.origin }),
      [Symbol.asyncDispose]: async () => {
        await relay.stop();
        await server.stop();
      },
    };
  }

  test('passes on requests and replies unchanged, challenges included', async () => {
    await using stand = await behindRelay({ scheme: 'digest' });
    const reply = await stand.http.send({ method: 'POST', target: '/x?a=%20;+', body: 'ä', headers: { 'X-One': '1' } });
    expect(reply).toMatchObject({ status: 302, text: 'Grüße' });
    expect(reply.headers['location']).toBe('/elsewhere');
    const strip = ({ method, target, body }: { method: string; target: string; body: string }) => [
      method,
      target,
      body,
    ];
    expect(stand.server.requests.all.map(strip)).toEqual(stand.relay.requests.all.map(strip));
    expect(stand.server.requests.all[1]?.headers).toMatchObject({ 'x-one': '1', connection: 'keep-alive' });
  });

  test('interferes with one reply, after the phone has acted and not with its challenge', async () => {
    await using stand = await behindRelay({ scheme: 'digest' });
    stand.relay.next = { delivery: 'empty' };
    expect(code(await outcomeOf(stand.http.send({ method: 'GET', target: '/' })))).toBe('UNKNOWN');
    expect(stand.relay.interfered.count).toBe(1);
    expect(stand.server.requests.count).toBe(2);
    expect((await stand.http.send({ method: 'GET', target: '/' })).status).toBe(302);
    stand.relay.next = { body: 'other' };
    expect(await stand.http.send({ method: 'GET', target: '/' })).toMatchObject({ status: 200, text: 'other' });
  });

  test('keeps requests from the phone while it refuses', async () => {
    await using stand = await behindRelay({ scheme: 'none' });
    stand.relay.refuseWith = 503;
    expect((await stand.http.send({ method: 'GET', target: '/' })).status).toBe(503);
    expect(stand.server.requests.count).toBe(0);
    await stand.server.refuseConnections(true);
    stand.relay.refuseWith = undefined;
    expect(code(await outcomeOf(stand.http.send({ method: 'GET', target: '/' })))).toBe('UNKNOWN');
  });
});
