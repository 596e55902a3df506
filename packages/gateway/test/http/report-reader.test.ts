import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ReportRequest } from '../../src/http/action-url-route.ts';
import { watchConnections } from '../../src/http/connections.ts';
import { readReports } from '../../src/http/report-reader.ts';

const REPORT = (query: string, headers = ''): string => `GET /a/token/path?${query} HTTP/1.1\r\n${headers}\r\n`;
const CLOSE = 'Connection: close\r\n';
const OTHER = `GET /other HTTP/1.1\r\nHost: x\r\n${CLOSE}\r\n`;

/** A server that answers reports as `answer` says, and all else, as node:http read it, with its request line and body. */
async function start(answer: (request: ReportRequest) => Promise<number> = async () => 200) {
  const reports: string[] = [];
  const requests: string[] = [];
  const errors: unknown[] = [];
  const state = { isStopping: false };
  const server = createServer({ requireHostHeader: false }, async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end(`node:http ${await bodyOf(request)}`);
  });
  readReports(server, {
    limit: 1_000,
    answer(request) {
      reports.push(request.target.replace('/a/token/path?', ''));
      return answer(request);
    },
    isStopping: () => state.isStopping,
    connections: () => connections,
    onError: (error) => errors.push(error),
  });
  const connections = watchConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => connections.close(0));
  const open = async (): Promise<Socket> => {
    const taken = once(server, 'connection');
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    onTestFinished(() => void socket.destroy());
    await Promise.all([once(socket, 'connect'), taken]);
    return socket;
  };
  return { connections, reports, requests, errors, state, open };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}

/** What comes until the end of the connection. */
async function all(socket: Socket): Promise<string> {
  let text = '';
  for await (const piece of socket) text += String(piece);
  return text;
}

function statusesOf(text: string): readonly number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
}

test.each([
  ['one that says so', REPORT('a', CLOSE)],
  ['one of HTTP/1.0', 'GET /a/token/path?a HTTP/1.0\r\n\r\n'],
])(
  'the connection of %s is closed behind the answer, and node:http has nothing to do with it',
  async (_what, bytes) => {
    const { open, reports, requests } = await start();
    const socket = await open();
    socket.write(bytes);
    const reply = await all(socket);
    expect(reply).toMatch(/^HTTP\/1\.1 200 OK\r\ncontent-length: 0\r\nDate: [^\r]+ GMT\r\nConnection: close\r\n\r\n$/);
    expect(reports).toEqual(['a']);
    expect(requests).toEqual([]);
  },
);

test('reports share a connection, and what is none goes on at node:http, with all that comes behind it', async () => {
  const { open, reports, requests } = await start();
  const socket = await open();
  for (const name of ['a', 'b']) {
    socket.write(REPORT(name, name === 'a' ? '' : 'Connection: keep-alive\r\n'));
    const [reply] = await once(socket, 'data');
    expect(String(reply)).toContain('Connection: keep-alive');
  }
  socket.write('GET /other HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  socket.write(REPORT('c', `Host: x\r\n${CLOSE}`));
  expect(await all(socket)).toContain('node:http');
  expect(reports).toEqual(['a', 'b']);
  expect(requests).toEqual(['GET /other', 'GET /a/token/path?c']);
});

test('an old phone may ask for the connection to stay', async () => {
  const { open, reports } = await start();
  const socket = await open();
  socket.write('GET /a/token/path?a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n');
  await once(socket, 'data');
  socket.write(REPORT('b', CLOSE));
  expect(statusesOf(await all(socket))).toEqual([200]);
  expect(reports).toEqual(['a', 'b']);
});

test('what comes while a report is being stored is read behind the answer', async () => {
  const stored = Promise.withResolvers<number>();
  const { open, reports, requests } = await start(({ target }) =>
    target.endsWith('?a') ? stored.promise : Promise.resolve(404),
  );
  const socket = await open();
  socket.write(REPORT('a'));
  await vi.waitUntil(() => reports.length === 1);
  socket.write(`${REPORT('b')}${OTHER}`);
  const other = await open();
  other.write(REPORT('c', CLOSE));
  await all(other);
  expect(reports).toEqual(['a', 'c']);
  stored.resolve(200);
  const reply = await all(socket);
  // Both came as one piece, which is no whole report: node:http answers them in their order.
  expect(statusesOf(reply)).toHaveLength(3);
  expect([...reports, ...requests]).toEqual(['a', 'c', 'GET /a/token/path?b', 'GET /other']);
});

test.each([
  ['comes in pieces', [REPORT('a', CLOSE).slice(0, 20), REPORT('a', CLOSE).slice(20)], ''],
  ['has not even its path at once', ['GET', ` /a/token/path?a HTTP/1.1\r\n${CLOSE}\r\n`], ''],
  ['has a body', [REPORT('a', `Content-Length: 4\r\n${CLOSE}`), 'body'], 'body'],
  ['has a body in chunks', [REPORT('a', `transfer-encoding: chunked\r\n${CLOSE}`), '4\r\nbody\r\n0\r\n\r\n'], 'body'],
  ['has another one behind it', [`${REPORT('a', 'Host: x\r\n')}${REPORT('b', CLOSE)}`], ''],
])('a report that %s is read by node:http', async (_what, pieces, body) => {
  const { open, reports, requests } = await start();
  const socket = await open();
  const [first = '', ...rest] = pieces;
  socket.write(first);
  // Answered only when the first piece has been read.
  const other = await open();
  other.write(OTHER);
  await all(other);
  for (const piece of rest) socket.write(piece);
  expect(await all(socket)).toContain(`node:http ${body}`);
  expect(reports).toEqual([]);
  expect(requests).toContain('GET /a/token/path?a');
});

test('a phone that has sent its report and ends its side is answered', async () => {
  const stored = Promise.withResolvers<number>();
  const { open, reports } = await start(() => stored.promise);
  const socket = await open();
  socket.end(REPORT('a'));
  await vi.waitUntil(() => reports.length === 1);
  stored.resolve(200);
  expect(statusesOf(await all(socket))).toEqual([200]);
});

test('one that goes away meanwhile leaves nothing behind', async () => {
  const stored = Promise.withResolvers<number>();
  const { open, connections, reports, errors } = await start(() => stored.promise);
  const socket = await open();
  socket.write(REPORT('a', CLOSE));
  await vi.waitUntil(() => reports.length === 1);
  socket.resetAndDestroy();
  stored.resolve(200);
  await connections.close(600_000);
  expect(errors).toEqual([]);
});

test.each([
  ['too many were refused', async () => 429, 429],
  [
    'it failed',
    async () => {
      throw new Error('of the route');
    },
    500,
  ],
])('where %s the phone is told', async (_what, answer, status) => {
  const { open, errors } = await start(answer);
  const socket = await open();
  socket.write(REPORT('a', CLOSE));
  expect(statusesOf(await all(socket))).toEqual([status]);
  expect(errors).toHaveLength(status === 500 ? 1 : 0);
});

test.each([
  ['a bare line feed', 'Host: x\nContent-Length: 42'],
  ['a bare carriage return', 'X: y\rContent-Length: 5'],
  ['a folded line', 'X: y\r\n Transfer-Encoding: chunked'],
  ['a name with a null', 'Content-Length\0: 5'],
  ['a name with a space', 'Broken Header: x'],
  ['two words about the connection', 'Connection: keep-alive\r\nConnection: close'],
])('behind a header with %s the connection is not read any further', async (_what, header) => {
  const { open, reports, requests } = await start();
  const socket = await open();
  socket.write(REPORT('a', `${header}\r\n`));
  expect(await all(socket)).toMatch(/^HTTP\/1\.1 200 [\s\S]*Connection: close\r\n\r\n$/);
  expect(reports).toEqual(['a']);
  expect(requests).toEqual([]);
});

test('nor behind a target that HTTP does not allow', async () => {
  const { open, reports } = await start();
  const socket = await open();
  socket.write(REPORT('Jürgen J.'));
  expect(await all(socket)).toContain('Connection: close');
  expect(reports).toEqual(['Jürgen J.']);
});

test('what is too large is for node:http to refuse', async () => {
  const { open, reports, requests } = await start();
  const socket = await open();
  socket.write(REPORT('x'.repeat(1_000), CLOSE));
  await all(socket);
  expect(reports).toEqual([]);
  expect(requests).toHaveLength(1);
});

test('while the gateway stops, what has come already is taken', async () => {
  const stored = Promise.withResolvers<number>();
  const { open, reports, state } = await start(() => stored.promise);
  const socket = await open();
  socket.write(REPORT('a'));
  await vi.waitUntil(() => reports.length === 1);
  socket.write(REPORT('b'));
  const other = await open();
  other.write(OTHER);
  await all(other);
  state.isStopping = true;
  stored.resolve(200);
  const reply = await all(socket);
  expect(statusesOf(reply)).toEqual([200, 200]);
  expect(reply).toMatch(/keep-alive[\s\S]*close/);
  expect(reports).toEqual(['a', 'b']);
});

test('a connection does not stay where too many were refused, or the gateway stops', async () => {
  const { open, state } = await start(async ({ target }) => (target.endsWith('many') ? 429 : 200));
  const refused = await open();
  refused.write(REPORT('many'));
  expect(await all(refused)).toContain('429 Too Many Requests');
  state.isStopping = true;
  const last = await open();
  last.write(REPORT('a'));
  expect(await all(last)).toContain('Connection: close');
});

test('a server that closes waits for a report that is being stored', async () => {
  const stored = Promise.withResolvers<number>();
  const { open, connections, reports } = await start(() => stored.promise);
  const socket = await open();
  socket.write(REPORT('a', CLOSE));
  await vi.waitUntil(() => reports.length === 1);
  let isClosed = false;
  const closed = connections.close(600_000).then(() => {
    isClosed = true;
  });
  const late = await once(connect((socket.remotePort ?? 0) as number, '127.0.0.1'), 'error');
  expect(late[0]).toMatchObject({ code: 'ECONNREFUSED' });
  expect(isClosed).toBe(false);
  stored.resolve(200);
  expect(statusesOf(await all(socket))).toEqual([200]);
  await closed;
});

test('and cuts it after the grace', async () => {
  const { open, connections, reports } = await start(() => new Promise(() => {}));
  const socket = await open();
  socket.write(REPORT('a', CLOSE));
  await vi.waitUntil(() => reports.length === 1);
  const cut = once(socket, 'close');
  await connections.close(10);
  await cut;
});

test('a connection that says nothing is closed after ten seconds, at its beginning and between reports', async () => {
  const { open } = await start();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const silent = await open();
  const asked = await open();
  asked.write(REPORT('a'));
  await once(asked, 'data');
  vi.advanceTimersByTime(9_000);
  const fresh = await open();
  vi.advanceTimersByTime(1_000);
  expect(await all(silent)).toBe('');
  expect(await all(asked)).toBe('');
  fresh.write(REPORT('b', CLOSE));
  expect(statusesOf(await all(fresh))).toEqual([200]);
});

test('only where it is asked for, the address is read', async () => {
  const addresses: (string | undefined)[] = [];
  const { open } = await start(async (request) => {
    if (request.target.endsWith('?a')) addresses.push(request.from);
    return 200;
  });
  const socket = await open();
  socket.write(REPORT('a'));
  await once(socket, 'data');
  socket.write(REPORT('b', CLOSE));
  await all(socket);
  expect(addresses).toEqual(['127.0.0.1']);
});
