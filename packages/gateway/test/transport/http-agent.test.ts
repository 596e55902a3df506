import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { AddressNotAllowed, createAddressPolicy } from '../../src/transport/address-policy.ts';
import { createHttpAgent, type HttpAgent, type OutgoingRequest } from '../../src/transport/http-agent.ts';
import { mumbles, resets, says, scriptedPhone, staysSilent } from '../support/scripted-phone.ts';

interface TestAgent extends HttpAgent, AsyncDisposable {}

function testAgent(networks: readonly string[] = ['127.0.0.0/8'], connectTimeoutMs?: number): TestAgent {
  const agent = createHttpAgent({ policy: createAddressPolicy({ networks }), connectTimeoutMs });
  return { ...agent, [Symbol.asyncDispose]: () => agent.close() };
}

function request(origin: string, changes: Partial<OutgoingRequest> = {}): OutgoingRequest {
  const { signal } = new AbortController();
  return {
    origin,
    method: 'GET',
    target: '/',
    headers: {},
    body: undefined,
    close: false,
    timeoutMs: 5_000,
    signal,
    ...changes,
  };
}

/** A port at which nobody listens. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('gives back what the phone said, byte for byte, and sends the target as it is', async () => {
  await using phone = await scriptedPhone((_request, response) => {
    response.writeHead(207, { 'X-One': 'a', 'set-cookie': ['b', 'c'] }).end(Buffer.from([0, 255, 10]));
  });
  await using agent = testAgent();
  const target = '/command.htm?key=OFFHOOK;1,80,120;%23&x=a+b';
  const reply = await agent.exchange(
    request(phone.origin, { method: 'POST', target, body: 'ä', headers: { 'x-a': 'b' } }),
  );
  expect(reply).toMatchObject({ status: 207, headers: { 'x-one': 'a', 'set-cookie': 'b, c' } });
  expect('bytes' in reply && [...reply.bytes]).toEqual([0, 255, 10]);
  expect(phone.requests).toMatchObject([{ method: 'POST', target, body: 'ä', headers: { 'x-a': 'b' } }]);
});

test('refused: nothing was sent', async () => {
  await using agent = testAgent();
  const result = await agent.exchange(request(`http://127.0.0.1:${await unusedPort()}`));
  expect(result).toMatchObject({ sent: false, error: { code: 'ECONNREFUSED' } });
});

test.each([
  ['reset after the request', resets],
  ['a malformed reply', mumbles],
  [
    'a reply cut short',
    ((_request, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half');
      response.socket?.end();
    }) satisfies typeof resets,
  ],
])('%s: it was sent', async (_what, script) => {
  await using phone = await scriptedPhone(script);
  await using agent = testAgent();
  expect(await agent.exchange(request(phone.origin))).toMatchObject({ sent: true, error: expect.any(Error) });
  expect(phone.requests).toHaveLength(1);
});

test('no reply in time: it was sent', async () => {
  await using phone = await scriptedPhone(staysSilent);
  await using agent = testAgent();
  const result = await agent.exchange(request(phone.origin, { timeoutMs: 50 }));
  expect(result).toMatchObject({ sent: true, error: { name: 'TimeoutError' } });
});

test('aborted while it is sent: it was sent, and the connection is closed', async () => {
  await using phone = await scriptedPhone(staysSilent);
  await using agent = testAgent();
  const controller = new AbortController();
  const result = agent.exchange(request(phone.origin, { signal: controller.signal }));
  await phone.received(1);
  controller.abort(new Error('the gateway stops'));
  expect(await result).toMatchObject({ sent: true, error: { message: 'the gateway stops' } });
  phone.script = says('');
  await agent.exchange(request(phone.origin));
  expect(phone.requests.map(({ connection }) => connection)).toEqual([1, 2]);
});

test('whose time is over while it waits for the connection fails at once, and is not sent later', async () => {
  await using phone = await scriptedPhone(staysSilent);
  await using agent = testAgent();
  const first = agent.exchange(request(phone.origin));
  await phone.received(1);
  const second = await agent.exchange(request(phone.origin, { timeoutMs: 20, target: '/second' }));
  expect(second).toMatchObject({ sent: false, error: { name: 'TimeoutError' } });
  const aborted = await agent.exchange(request(phone.origin, { signal: AbortSignal.abort(new Error('over')) }));
  expect(aborted).toMatchObject({ sent: false, error: { message: 'over' } });
  phone.script = says('');
  await agent.close();
  await first;
  expect(phone.requests.map(({ target }) => target)).toEqual(['/']);
});

test('follows no redirect', async () => {
  await using elsewhere = await scriptedPhone();
  await using phone = await scriptedPhone((_request, response) => {
    response.writeHead(302, { location: `${elsewhere.origin}/` }).end();
  });
  await using agent = testAgent();
  expect(await agent.exchange(request(phone.origin))).toMatchObject({ status: 302 });
  expect(elsewhere.requests).toEqual([]);
});

test('one connection a phone, kept where the request says so and closed where it does not', async () => {
  await using phone = await scriptedPhone();
  await using agent = testAgent();
  await Promise.all([1, 2, 3].map((n) => agent.exchange(request(phone.origin, { target: `/${n}` }))));
  await agent.exchange(request(phone.origin, { close: true }));
  await agent.exchange(request(phone.origin));
  expect(phone.requests.map(({ connection }) => connection)).toEqual([1, 1, 1, 1, 2]);
  expect(phone.requests.map(({ headers }) => headers.connection)).toEqual([
    ...['keep-alive', 'keep-alive', 'keep-alive'],
    'close',
    'keep-alive',
  ]);
});

test('a reply without end is cut off', async () => {
  await using phone = await scriptedPhone((_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
  });
  await using agent = testAgent();
  const result = await agent.exchange(request(phone.origin, { timeoutMs: 30_000 }));
  expect(result).toMatchObject({ sent: true, error: { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' } });
});

test.each(['127.0.0.1', 'localhost'])('connects to no address that policy does not allow: %s', async (host) => {
  await using phone = await scriptedPhone();
  await using agent = testAgent(['10.0.0.0/8']);
  const result = await agent.exchange(request(`http://${host}:${phone.port}`));
  expect(result).toMatchObject({ sent: false, error: expect.any(AddressNotAllowed) });
  expect(phone.requests).toEqual([]);
});

test('a name is looked up when it is connected to, and its allowed address is taken', async () => {
  await using phone = await scriptedPhone();
  await using agent = testAgent();
  const result = await agent.exchange(request(`http://localhost:${phone.port}`));
  expect(result).toMatchObject({ status: 200 });
  expect(phone.requests).toMatchObject([{ headers: { host: `localhost:${phone.port}` } }]);
});
