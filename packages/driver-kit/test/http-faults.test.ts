import { Agent } from 'node:http';
import { expect, test } from 'vitest';
import type { Delivery, HttpFaults } from '../src/virtual/index.ts';
import { send, sendRaw } from './support/http.ts';
import { startServer } from './support/phone-server.ts';

/** A server that counts how often it acted. */
const startCounting = async (faults: Partial<HttpFaults>) => {
  const acted: string[] = [];
  const server = await startServer({
    faults,
    handle: ({ target }) => {
      acted.push(target);
      return { status: 200, body: 'done' };
    },
  });
  return { server, acted, [Symbol.asyncDispose]: () => server.stop() };
};

const GET = 'GET / HTTP/1.1\r\nHost: phone\r\n\r\n';

test('dead: takes the request, does not act and never answers', async () => {
  await using phone = await startCounting({ dead: true });
  const abort = new AbortController();
  const answer = send(phone.server.address, { signal: abort.signal });
  await phone.server.requests.waitForCount(1);
  abort.abort();
  await expect(answer).rejects.toMatchObject({ code: 'ABORT_ERR' });
  expect(phone.acted).toEqual([]);
});

test('a dead phone that comes back answers again, and stops without delay while a client waits', async () => {
  await using phone = await startCounting({ dead: true });
  const lost = send(phone.server.address);
  await phone.server.requests.waitForCount(1);
  phone.server.faults.dead = false;
  expect((await send(phone.server.address)).body).toBe('done');
  await phone.server.stop();
  await expect(lost).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('resetOnConnect: the connection is reset before a request is read', async () => {
  await using phone = await startCounting({ resetOnConnect: true });
  await expect(send(phone.server.address)).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) });
  expect(phone.server.requests.all).toEqual([]);
});

test.each([
  ['dropReplyAfterActing', /^$/],
  ['truncatedReply', /^HTTP\/1.1 200 OK\r\n[\s\S]*Content-Len$/],
  ['malformedReply', /^(?!HTTP)[\s\S]*this is not HTTP/],
] as const)('%s: acts on as many requests as told, and spoils the reply', async (fault, bytes) => {
  await using phone = await startCounting({ [fault]: 2 });
  expect(await sendRaw(phone.server.port, GET)).toMatch(bytes);
  expect(await sendRaw(phone.server.port, GET)).toMatch(bytes);
  expect((await send(phone.server.address)).body).toBe('done');
  expect(phone.acted).toHaveLength(3);
  expect(phone.server.faults[fault]).toBe(0);
});

test('unavailable: does not act and answers 503', async () => {
  await using phone = await startCounting({ unavailable: 1 });
  expect((await send(phone.server.address)).status).toBe(503);
  expect((await send(phone.server.address)).status).toBe(200);
  expect(phone.acted).toHaveLength(1);
});

test('slowMs: acts at once and answers late', async () => {
  await using phone = await startCounting({ slowMs: 60_000 });
  const late = send(phone.server.address);
  await phone.server.requests.waitForCount(1);
  phone.server.faults.slowMs = 0;
  expect((await send(phone.server.address, { target: '/second' })).body).toBe('done');
  expect(phone.acted).toEqual(['/', '/second']);
  await phone.server.stop();
  await expect(late).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('oneRequestAtATime: a request beside another is not acted on and gets truncated headers', async () => {
  const [acted, gate] = [[] as string[], Promise.withResolvers<void>()];
  await using server = await startServer({
    faults: { oneRequestAtATime: true },
    handle: async ({ target }) => {
      acted.push(target);
      await gate.promise;
      return { status: 200, body: 'done' };
    },
  });
  const first = send(server.address, { target: '/a' });
  await server.requests.waitForCount(1);
  expect(await sendRaw(server.port, close('/b'))).toMatch(/Content-Len$/);
  gate.resolve();
  expect((await first).body).toBe('done');
  expect((await send(server.address, { target: '/c' })).body).toBe('done');
  expect(acted).toEqual(['/a', '/c']);
});

test('oneRequestAtATime: one after the other is fine, as fast as a client can', async () => {
  await using phone = await startCounting({ oneRequestAtATime: true });
  const agent = new Agent({ keepAlive: true });
  for (let i = 0; i < 20; i += 1) expect((await send(phone.server.address, { agent })).body).toBe('done');
  for (let i = 0; i < 20; i += 1) expect((await send(phone.server.address)).body).toBe('done');
  agent.destroy();
});

test('emptyReplyWithoutKeepAlive: acts, but answers only who asks to keep the connection', async () => {
  await using phone = await startCounting({ emptyReplyWithoutKeepAlive: ({ path }) => path !== '/minibrowser.htm' });
  expect(await sendRaw(phone.server.port, GET)).toBe('');
  expect((await send(phone.server.address, { headers: { Connection: 'keep-alive' } })).body).toBe('done');
  expect(await sendRaw(phone.server.port, close('/minibrowser.htm'))).toMatch(/done$/);
  phone.server.faults.emptyReplyWithoutKeepAlive = true;
  expect(await sendRaw(phone.server.port, close('/minibrowser.htm'))).toBe('');
  expect(phone.acted).toHaveLength(4);
});

test('redirectToHttps: answers 307 with the same target', async () => {
  await using phone = await startCounting({ redirectToHttps: 'https://127.0.0.1:8443' });
  const answer = await send(phone.server.address, { target: '/command.htm?key=1' });
  expect([answer.status, answer.headers.location]).toEqual([307, 'https://127.0.0.1:8443/command.htm?key=1']);
  expect(phone.acted).toEqual([]);
});

test.each<[Delivery, RegExp]>([
  ['empty', /^$/],
  ['truncated', /Content-Len$/],
  ['malformed', /not HTTP/],
])('a handler can send a reply %s by itself', async (delivery, bytes) => {
  await using server = await startServer({ handle: () => ({ status: 200, delivery, delayMs: 1 }) });
  expect(await sendRaw(server.port, GET)).toMatch(bytes);
});

test('a handler can reset the connection', async () => {
  await using server = await startServer({ handle: () => ({ status: 200, delivery: 'reset' }) });
  await expect(sendRaw(server.port, GET)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

function close(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: phone\r\nConnection: close\r\n\r\n`;
}
