import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { Agent } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect } from 'node:net';
import { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { selfSignedCertificate, VirtualHttpServer } from '../src/virtual/index.ts';
import { send, sendRaw } from './support/http.ts';
import { startServer } from './support/phone-server.ts';

test('records a request as it was on the wire', async () => {
  await using server = await startServer();
  const target = '/command.htm?key=ENTER,,1000;F_HOLD&n=%2B49+30%zz&x=a?b';
  await send(server.address, { method: 'POST', target, headers: { 'X-Two': 'ä' }, body: 'NUMBER:1002 ü' });
  const [request] = server.requests.all;
  expect(request).toMatchObject({
    method: 'POST',
    target,
    path: '/command.htm',
    query: 'key=ENTER,,1000;F_HOLD&n=%2B49+30%zz&x=a?b',
    body: 'NUMBER:1002 ü',
    connection: 1,
    inFlight: 0,
    remoteAddress: '127.0.0.1',
  });
  expect(request?.headers.host).toBe(server.address.slice('http://'.length));
  expect(server.handlerErrors).toEqual([]);
});

test('answers what the handler says, with the headers of the phone', async () => {
  await using server = await startServer({
    headers: { Server: 'snom embedded', 'Content-Type': 'text/html' },
    handle: ({ path }) => ({
      status: 302,
      headers: { location: 'index.htm', 'content-type': 'image/bmp', 'WWW-Authenticate': ['Basic', 'Digest'] },
      body: new Uint8Array(Buffer.from(path)),
    }),
  });
  const answer = await send(server.address, { target: '/screen.bmp' });
  expect(answer).toMatchObject({ status: 302, body: '/screen.bmp' });
  expect(answer.headers).toMatchObject({ server: 'snom embedded', location: 'index.htm', 'content-type': 'image/bmp' });
  expect(answer.headers['www-authenticate']).toBe('Basic, Digest');
});

test('counts connections and requests in flight', async () => {
  const gate = Promise.withResolvers<void>();
  await using server = await startServer({
    handle: async ({ path }) => {
      if (path === '/slow') await gate.promise;
      return { status: 200 };
    },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await send(server.address, { agent });
  await send(server.address, { agent });
  const slow = send(server.address, { target: '/slow' });
  await server.requests.waitFor(({ path }) => path === '/slow');
  await send(server.address, { target: '/beside' });
  gate.resolve();
  await slow;
  await send(server.address, { target: '/after' });
  agent.destroy();
  expect(server.requests.all.map(({ connection, inFlight }) => [connection, inFlight])).toEqual([
    [1, 0],
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 0],
  ]);
  expect(server.connectionCount).toBe(4);
});

test('a handler that throws is answered 500 and not forgotten', async () => {
  await using server = await startServer({
    handle: () => {
      throw new Error('no such key');
    },
  });
  expect((await send(server.address)).status).toBe(500);
  expect(server.handlerErrors).toEqual([new Error('no such key')]);
});

test('what comes after the reply does not spoil it: a reboot closes the server once the client has its answer', async () => {
  const rebooting = Promise.withResolvers<void>();
  const afterwards = () => rebooting.resolve(server.refuseConnections(true));
  const server: VirtualHttpServer = await startServer({
    handle: () => ({ status: 200, body: 'rebooting', afterwards }),
  });
  expect((await send(server.address)).body).toBe('rebooting');
  await rebooting.promise;
  await expect(send(server.address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await server.stop();
});

test('a reply that cannot be sent is not swallowed', async () => {
  await using server = await startServer({ handle: () => ({ status: 200, headers: { 'X-Bad': 'a\r\nb' } }) });
  await expect(send(server.address)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(server.handlerErrors).toMatchObject([{ code: 'ERR_INVALID_CHAR' }]);
});

test('a client that leaves in the middle of its body is no error of the phone', async () => {
  await using server = await startServer();
  const socket = connect(server.port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: phone\r\nContent-Length: 100\r\n\r\nhalf');
  socket.end();
  await once(socket.resume(), 'close');
  expect((await send(server.address)).status).toBe(200);
  expect(server.requests.all).toHaveLength(1);
  expect(server.handlerErrors).toEqual([]);
});

test('answers 400 to what is no HTTP, and shows it', async () => {
  await using server = await startServer();
  const sent = 'GET /command.htm?touch=10 20 HTTP/1.1\r\nHost: phone\r\n\r\n';
  expect(await sendRaw(server.port, sent)).toMatch(/^HTTP\/1.1 400/);
  expect(server.unreadable).toEqual([sent]);
  expect(server.requests.all).toEqual([]);
});

test('takes a request without a Host header, as embedded servers do', async () => {
  await using server = await startServer();
  expect(await sendRaw(server.port, 'GET /x HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 200/);
});

test('has no address before the start, keeps its port while it refuses, and stops twice', async () => {
  const server = new VirtualHttpServer({ handle: () => ({ status: 200 }) });
  expect(() => server.address).toThrow('not started');
  await server.start();
  const { address } = server;
  await server.refuseConnections(true);
  await expect(send(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await server.refuseConnections(false);
  expect((await send(address)).status).toBe(200);
  expect(server.address).toBe(address);
  await server.stop();
  await server.stop();
  await server.start();
  expect((await send(address)).status).toBe(200);
  await server.stop();
  await expect(send(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

/** What this process has open; a descriptor that was closed meanwhile has nothing. */
function ownInodes(): ReadonlySet<string> {
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/**
 * States of this process's sockets that are bound to the port, as Linux numbers them: 1 is connected, 10 listens. Other
 * processes may have the same port on another address, or as that of a client.
 */
function socketsOn(port: number): readonly number[] {
  const own = ownInodes();
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local]) => local?.endsWith(`:${port.toString(16).toUpperCase().padStart(4, '0')}`))
    .filter((row) => own.has(row[9] ?? ''))
    .map(([, , , state]) => Number.parseInt(state ?? '', 16))
    .filter((state) => state === 1 || state === 10);
}

test.skipIf(process.platform !== 'linux')(
  'the port is kept while connections are refused, and free after stop',
  async () => {
    await using server = await startServer();
    expect(socketsOn(server.port)).toEqual([10]);
    await server.refuseConnections(true);
    await server.refuseConnections(true);
    expect(socketsOn(server.port)).toEqual([1]);
    await server.refuseConnections(false);
    expect(socketsOn(server.port)).toEqual([10]);
    await server.refuseConnections(true);
    await server.stop();
    expect(socketsOn(server.port)).toEqual([]);
  },
);

test('start fails when the port is taken', async () => {
  await using server = await startServer();
  const second = new VirtualHttpServer({ handle: () => ({ status: 200 }), port: server.port });
  await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('speaks TLS with a certificate that a client can pin', async () => {
  const tls = selfSignedCertificate('001565aabbcc');
  await using server = await startServer({ tls });
  expect(server.address).toMatch(/^https:/);
  const subject = await new Promise((resolve, reject) => {
    const client = secureRequest(server.address, { ca: tls.cert, agent: false }, (reply) => {
      const { socket } = reply;
      resolve(socket instanceof TLSSocket ? socket.getPeerCertificate().subject : null);
      reply.resume();
    });
    client.on('error', reject);
    client.end();
  });
  expect(subject).toEqual({ CN: '001565aabbcc' });
});
