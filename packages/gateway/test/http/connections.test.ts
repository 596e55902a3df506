import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type ServerConnections, watchConnections } from '../../src/http/connections.ts';

const REQUEST = 'GET / HTTP/1.1\r\nHost: gateway\r\n\r\n';
/** Longer than a test may take: a connection that is only cut after it fails the test. */
const GRACE_MS = 600_000;

interface Running {
  readonly connections: ServerConnections;
  /** A connection that the server has taken. */
  open(): Promise<Socket>;
}

async function start(): Promise<Running> {
  const server = createServer((_request, response) => void response.end('done'));
  const connections = watchConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    connections,
    async open() {
      const taken = once(server, 'connection');
      const socket = connect(port, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      await Promise.all([once(socket, 'connect'), taken]);
      return socket;
    },
  };
}

/** What comes until the end of the connection. */
async function all(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

test('a connection that was just made may still say what it wants', async () => {
  const { connections, open } = await start();
  const socket = await open();
  const closed = connections.close(GRACE_MS);
  socket.write(REQUEST);
  expect(await all(socket)).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*done/);
  await closed;
});

test('so may one that was answered before and has begun to ask again', async () => {
  const { connections, open } = await start();
  const socket = await open();
  socket.write(REQUEST);
  await once(socket, 'data');
  socket.write(REQUEST.slice(0, 20));
  const other = await open();
  other.write(REQUEST);
  // Read behind the first half of the other one's.
  await once(other, 'data');
  const closed = connections.close(GRACE_MS);
  expect(await all(other)).not.toContain('done');
  socket.write(REQUEST.slice(20));
  expect(await all(socket)).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*done/);
  await closed;
});

test('one that never says anything is not waited for', async () => {
  const { connections, open } = await start();
  const socket = await open();
  await connections.close(GRACE_MS);
  expect(await all(socket)).toBe('');
});

test('one in the middle of its request is cut after the grace', async () => {
  const { connections, open } = await start();
  const socket = await open();
  socket.on('error', () => {});
  socket.write(REQUEST.slice(0, 20));
  const cut = once(socket, 'close');
  await connections.close(100);
  await cut;
});

test('further connections are refused', async () => {
  const { connections, open } = await start();
  await connections.close(GRACE_MS);
  await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
