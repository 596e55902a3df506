import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import {
  ActionUrlClient,
  type ActionUrlSettings,
  selfSignedCertificate,
  type VirtualHttpServer,
} from '../src/virtual/index.ts';
import { startServer } from './support/phone-server.ts';
import { startRawReceiver } from './support/raw-receiver.ts';

const USER_AGENT = 'Mozilla/4.0 (compatible; snomD785-SIP 10.1.33.33 2010.12 000413922D24 SXM:0 UXM:0)';
const clientWith = (settings: Partial<ActionUrlSettings> = {}) =>
  new ActionUrlClient({ userAgent: USER_AGENT, ...settings });

test('bytes go out as they are: plus, spaces, quotes, broken percent signs and UTF-8', async () => {
  await using gateway = await startRawReceiver();
  const client = clientWith();
  await client.fire('action_incoming_url', `${gateway.address}/in?r=$remote&d=$display_remote&e=$empty`, {
    remote: '+49 30',
    display_remote: 'Zoë "Z" 50%z & <Söhne>',
    empty: '',
  });
  const target = Buffer.from('/in?r=+49 30&d=Zoë "Z" 50%z & <Söhne>&e=').toString('latin1');
  const { host } = gateway;
  expect(gateway.heads.all).toEqual([
    `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\nConnection: close\r\nUser-Agent: ${USER_AGENT}\r\n\r\n`,
  ]);
});

test('gives back the reply and keeps it', async () => {
  await using gateway = await startRawReceiver();
  gateway.answer = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\nX-Why: no\r\n\r\nwrong, and cut off';
  const client = clientWith({ escaping: 'percent' });
  const fired = await client.fire('incoming', `${gateway.address}/x?r=$remote`, { remote: '+1 2' });
  expect(fired).toMatchObject({
    event: 'incoming',
    template: `${gateway.address}/x?r=$remote`,
    url: `${gateway.address}/x?r=%2B1%202`,
    sequence: 1,
    reply: { status: 403, headers: { 'x-why': 'no' }, body: 'wrong' },
    failure: undefined,
  });
  expect(client.history.all).toEqual([fired]);
});

test('posts a document to phones’ URLs that take one', async () => {
  await using gateway = await startRawReceiver();
  const client = clientWith();
  const url = `${gateway.address}/a/$x`;
  const fired = await client.post('event', url, { contentType: 'text/xml', body: 'Zoë\r\n\r\n' });
  const { host } = gateway;
  const head = `Host: ${host}\r\nAccept: */*\r\nConnection: close\r\nUser-Agent: ${USER_AGENT}\r\nContent-Length: 8`;
  const body = Buffer.from('Zoë\r\n\r\n').toString('latin1');
  expect(gateway.heads.all).toEqual([`POST /a/$x HTTP/1.1\r\n${head}\r\nContent-Type: text/xml\r\n\r\n${body}`]);
  expect(fired).toMatchObject({ event: 'event', url, reply: { status: 200 } });
  await client.post('event', url, { contentType: '', body: '\r\n\r\n' });
  expect(gateway.heads.all[1]).not.toContain('Content-Type');
  expect(await client.post('event', '', { contentType: '', body: '' })).toBeUndefined();
});

test('reads chunked replies and such as end with the connection', async () => {
  await using gateway = await startRawReceiver();
  const client = clientWith();
  gateway.answer = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<a>\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n';
  expect((await client.fire('', gateway.address))?.reply?.body).toBe('<a>0123456789');
  gateway.answer = 'HTTP/1.0 200 OK\r\n\r\nuntil the end';
  expect((await client.fire('', gateway.address))?.reply?.body).toBe('until the end');
});

test.each([
  ['nothing', '', 'closed'],
  ['garbage', 'SIP/2.0 200 OK\r\n\r\n', 'malformed'],
  ['half a head', 'HTTP/1.1 200 OK\r\nContent-Le', 'malformed'],
  ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'malformed'],
])('a reply that is %s is a failure, and there is no second try', async (_, answer, failure) => {
  await using gateway = await startRawReceiver(answer);
  const client = clientWith();
  expect(await client.fire('e', gateway.address)).toMatchObject({ reply: undefined, failure });
  expect(gateway.heads.count).toBe(1);
});

test('says when nobody listens, nobody answers, or the URL is none', async () => {
  const gateway = await startRawReceiver();
  gateway.answer = undefined;
  expect(await clientWith({ timeoutMs: 20 }).fire('e', gateway.address)).toMatchObject({ failure: 'timedOut' });
  await gateway[Symbol.asyncDispose]();
  const client = clientWith();
  expect(await client.fire('e', gateway.address)).toMatchObject({ failure: 'refused' });
  expect(await client.fire('e', 'ftp://gw/x')).toMatchObject({ failure: 'badUrl' });
  expect(await client.fire('e', '')).toBeUndefined();
  expect(client.history.count).toBe(2);
});

test('a reset by the server is a failure like any other', async () => {
  const server = createServer((socket: Socket) => void socket.resetAndDestroy());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  expect(await clientWith().fire('e', `http://127.0.0.1:${port}/`)).toMatchObject({ failure: 'closed' });
  server.close();
});

test('sends the login of the URL as Basic, and does not follow a redirect', async () => {
  await using gateway = await startRawReceiver('HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n');
  const client = clientWith({ headers: { 'X-Vendor': 'snom' } });
  const fired = await client.fire('e', `http://phone:p%40ss%zz@${gateway.host}?mac=$mac`, { mac: '0004' });
  expect(fired?.reply?.status).toBe(302);
  const authorization = `Basic ${Buffer.from('phone:p%40ss%zz').toString('base64')}`;
  expect(gateway.heads.all).toEqual([
    expect.stringMatching(/^GET \/\?mac=0004 HTTP\/1\.1\r\n[\s\S]*X-Vendor: snom\r\n[\s\S]*Authorization: Basic /),
  ]);
  expect(gateway.heads.last).toContain(authorization);
  await client.fire('e', `http://phone:p%40ss@${gateway.host}/`);
  expect(gateway.heads.last).toContain(`Basic ${Buffer.from('phone:p@ss').toString('base64')}`);
});

test('cuts the fragment off as HTTP clients do, or sends it', async () => {
  await using gateway = await startRawReceiver();
  const client = clientWith();
  await client.fire('e', `${gateway.address}/a?n=$n&z=1`, { n: 'No #1' });
  client.settings.fragment = 'send';
  await client.fire('e', `${gateway.address}/a?n=$n&z=1`, { n: 'No #1' });
  const targets = gateway.heads.all.map((head) => /^GET (.*) HTTP/.exec(head)?.[1]);
  expect(targets).toEqual(['/a?n=No ', '/a?n=No #1&z=1']);
});

test('each goes over a connection of its own, without waiting for the others', async () => {
  // Answers none before all have arrived.
  await using gateway: VirtualHttpServer = await startServer({
    handle: async () => {
      await gateway.requests.waitForCount(5);
      return { status: 200 };
    },
  });
  const client = clientWith({ localAddress: '127.0.0.7' });
  for (let call = 1; call <= 5; call += 1) void client.fire('e', `${gateway.address}/${call}`);
  await client.idle();
  expect(client.history.all.map(({ reply }) => reply?.status)).toEqual([200, 200, 200, 200, 200]);
  expect(gateway.connectionCount).toBe(5);
  expect(gateway.handlerErrors).toEqual([]);
  expect(gateway.requests.all.map(({ remoteAddress }) => remoteAddress)).toEqual(Array(5).fill('127.0.0.7'));
});

test('a test can hold them and let them go in an order of its choice', async () => {
  await using gateway = await startServer();
  const client = clientWith();
  client.hold();
  const all = ['incoming', 'connected', 'ended'].map((event) => client.fire(event, `${gateway.address}/${event}`));
  expect(gateway.requests.count).toBe(0);
  await client.release((fired) => fired.toReversed());
  await Promise.all(all);
  expect(gateway.requests.all.map(({ path }) => path)).toEqual(['/ended', '/connected', '/incoming']);
  await client.fire('later', `${gateway.address}/later`);
  expect(client.history.all.map(({ sequence }) => sequence)).toEqual([3, 2, 1, 4]);
});

test('what is left out on release is lost, and does not keep a test waiting', async () => {
  await using gateway = await startServer();
  const client = clientWith();
  client.hold();
  const lost = client.fire('incoming', `${gateway.address}/incoming`);
  void client.fire('ended', `${gateway.address}/ended`);
  await client.release((fired) => fired.filter(({ event }) => event !== 'incoming'));
  expect(await lost).toMatchObject({ reply: undefined, failure: 'dropped' });
  await client.idle();
  expect(gateway.requests.all.map(({ path }) => path)).toEqual(['/ended']);
});

test('https: takes any certificate unless told to look', async () => {
  const tls = selfSignedCertificate('gateway');
  await using gateway = await startServer({ tls });
  const client = clientWith();
  expect((await client.fire('e', gateway.address))?.reply?.body).toBe('done');
  client.settings.verifiesCertificates = true;
  expect(await client.fire('e', gateway.address)).toMatchObject({ failure: 'failed' });
});
