import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { LoggedEvent, Phone } from '../../src/model.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { acme } from '../support/driver.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { sendRaw, statusOf } from '../support/raw-http.ts';

async function logOf({ application }: TestGateway): Promise<readonly LoggedEvent[]> {
  return (await application.events.list({}, { first: 100 })).items;
}

/** The `remote` of the newest event. */
async function remoteOf(running: TestGateway): Promise<string | undefined> {
  return (await logOf(running)).at(-1)?.variables.find(({ name }) => name === 'remote')?.value;
}

const withoutDate = (reply: string): string => reply.replace(/^Date: .*\r\n/m, '');

test('an event is in the log when the phone is told 200, without a body that its browser could open', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const target = `${running.actionUrlPath(desk)}/incoming?id=-18&remote=sip:101@pbx.example`;
  const reply = await sendRaw(running.gateway.url, [`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`]);
  expect(withoutDate(reply)).toBe('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nConnection: close\r\n\r\n');
  expect(await logOf(running)).toMatchObject([
    {
      phoneId: desk.id,
      vendor: 'acme',
      vendorEvent: 'url_incoming',
      receivedAt: expect.any(Number),
      variables: [
        { name: 'id', value: '-18' },
        { name: 'remote', value: 'sip:101@pbx.example' },
      ],
      event: { type: 'CALL', callEventKind: 'INCOMING', call: { vendorIds: { id: '-18' }, remote: { number: '101' } } },
    },
  ]);
  expect(running.application.phones.lastEventAt(desk.id)).toEqual(expect.any(Number));
  expect(running.application.phones.reachability(desk.id)).toBe('ONLINE');
});

test('no 200 before the event is on disk', async () => {
  await using elsewhere = await temporaryDirectory();
  // No event fits into it.
  await using running = await testGateway({ config: { spool: { dir: elsewhere.path, maxBytes: 64 } } });
  const desk = await running.addPhone();
  const lock = new DatabaseSync(join(running.dataDir, 'hookswitch.db'), { timeout: 5_000 });
  lock.exec('BEGIN IMMEDIATE');
  let answered = false;
  const report = running.report(desk, 'hello').then((answer) => {
    answered = true;
    return answer;
  });
  // Several whole requests later it is still not answered.
  for (let count = 0; count < 20; count += 1) await fetch(`${running.gateway.url}/health/live`);
  expect([answered, await logOf(running)]).toEqual([false, []]);
  lock.exec('ROLLBACK');
  lock.close();
  expect(await report).toEqual({ status: 200, body: '' });
  expect(await logOf(running)).toHaveLength(1);
});

test('no 200 where the store fails', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const database = new DatabaseSync(join(running.dataDir, 'hookswitch.db'), { timeout: 5_000 });
  database.exec('ALTER TABLE events RENAME TO gone');
  expect(await running.report(desk, 'hello')).toEqual({ status: 503, body: '' });
  expect(
    statusOf(
      await sendRaw(running.gateway.url, [
        `GET ${running.actionUrlPath(desk)}/hello?n=a b HTTP/1.1\r\nConnection: close\r\n\r\n`,
      ]),
    ),
  ).toBe(503);
  database.exec('ALTER TABLE gone RENAME TO events');
  database.close();
  expect(await running.report(desk, 'hello')).toEqual({ status: 200, body: '' });
  expect(await logOf(running)).toHaveLength(1);
  const metrics = await (await fetch(`${running.gateway.url}/metrics`)).text();
  expect(metrics).toContain('hookswitch_events_failed_total 2');
  expect(metrics).toContain('hookswitch_events_received_total{vendor="acme",type="OTHER"} 1');
});

test('whatever is no action URL of a phone gets the same 404, byte for byte, and leaves no trace', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const path = running.actionUrlPath(desk);
  const wrong = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`;
  const ask = async (line: string): Promise<string> =>
    withoutDate(await sendRaw(running.gateway.url, [`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`]));
  const reference = await ask('GET /no/such/path');
  expect(statusOf(reference)).toBe(404);
  for (const target of [
    `${wrong}/incoming?id=1`,
    `${path}/nothing`,
    `${path}/`,
    path,
    '/a/',
    '/a',
    `${path}/incoming/x`,
    '/a/%00/incoming',
  ]) {
    expect(await ask(`GET ${target}`)).toBe(reference);
  }
  const posted = await ask('POST /no/such/path');
  for (const method of ['POST', 'PUT', 'DELETE']) expect(await ask(`${method} ${path}/incoming`)).toBe(posted);
  expect(await ask(`HEAD ${path}/incoming`)).toBe(await ask('HEAD /no/such/path'));
  const garbled = await ask('GET /no/such path');
  expect(statusOf(garbled)).toBe(404);
  expect(await ask(`GET ${wrong}/incoming?remote=John Doe`)).toBe(garbled);
  expect(await logOf(running)).toEqual([]);
  expect(await (await fetch(`${running.gateway.url}/metrics`)).text()).toMatch(
    /hookswitch_action_urls_refused_total\{reason="unknown"\} [1-9]/,
  );
});

test('rotated tokens: the old one goes on until its time is over, a removed phone’s is over at once', async () => {
  let now = Date.now();
  await using running = await testGateway({ now: () => now });
  const { application, caller } = running;
  const desk = await running.addPhone();
  const paths = [running.actionUrlPath(desk)];
  await application.phones.rotateActionUrls(desk.id, 60, caller);
  paths.push(running.actionUrlPath(desk));
  await application.phones.rotateActionUrls(desk.id, 600, caller);
  paths.push(running.actionUrlPath(desk));
  expect(new Set(paths).size).toBe(3);
  const statuses = (): Promise<readonly number[]> =>
    Promise.all(paths.map(async (path) => (await fetch(`${running.gateway.url}${path}/hello`)).status));
  expect(await statuses()).toEqual([200, 200, 200]);
  now += 59_999;
  expect(await statuses()).toEqual([200, 200, 200]);
  now += 1;
  expect(await statuses()).toEqual([404, 200, 200]);
  await running.restart();
  expect(await statuses()).toEqual([404, 200, 200]);
  await application.phones.remove(desk.id, caller).catch(() => {});
  await running.application.phones.remove(desk.id, caller);
  expect(await statuses()).toEqual([404, 404, 404]);
  expect(running.application.phones.actionUrls(desk.id, caller)).toEqual([]);
});

test.each<[string, (path: string) => readonly (string | Buffer)[], string]>([
  [
    'raw spaces',
    (path) => [`GET ${path}/hello?id=1&remote=John Q. Doe HTTP/1.1\r\nConnection: close\r\n\r\n`],
    'John Q. Doe',
  ],
  ['raw UTF-8', (path) => [`GET ${path}/hello?remote=Jürgen HTTP/1.1\r\nConnection: close\r\n\r\n`], 'Jürgen'],
  [
    'raw Latin-1',
    (path) => [Buffer.from(`GET ${path}/hello?remote=Jürgen HTTP/1.1\r\nConnection: close\r\n\r\n`, 'latin1')],
    'Jürgen',
  ],
  [
    'quotes and brackets',
    (path) => [`GET ${path}/hello?remote="Zoë "Z" <sip:101@x>" HTTP/1.1\r\nConnection: close\r\n\r\n`],
    '"Zoë "Z" <sip:101@x>"',
  ],
  [
    'quotes alone',
    (path) => [`GET ${path}/hello?remote="Z"<101> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`],
    '"Z"<101>',
  ],
  [
    'bad percent escapes',
    (path) => [`GET ${path}/hello?remote=100%&%zz%C3%BC%FF HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`],
    '100%&%zz%C3%BC%FF',
  ],
  [
    'a plus',
    (path) => [`GET ${path}/hello?remote=+4930+1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`],
    '+4930+1',
  ],
  [
    'an ampersand and a hash',
    (path) => [`GET ${path}/hello?remote=A&B #1 HTTP/1.1\r\nConnection: close\r\n\r\n`],
    'A&B #1',
  ],
  [
    'a protocol in the name',
    (path) => [`GET ${path}/hello?remote=x HTTP/1.1 y HTTP/1.1\r\nConnection: close\r\n\r\n`],
    'x HTTP/1.1 y',
  ],
  [
    'in two pieces, cut before the fault',
    (path) => [`GET ${path}/hello?rem`, 'ote=John Doe HTTP/1.1\r\nConnection: close\r\n\r\n'],
    'John Doe',
  ],
  [
    'in many pieces, cut behind the fault',
    (path) => [`GET ${path}/hello?remote=John D`, 'o', 'e HTT', 'P/1.1\r', '\nConnection: close\r\n\r\n'],
    'John Doe',
  ],
  [
    'a broken header',
    (path) => [`GET ${path}/hello?remote=1 HTTP/1.1\r\nBroken Header: x\r\nConnection: close\r\n\r\n`],
    '1',
  ],
  ['HTTP/1.0', (path) => [`GET ${path}/hello?remote=1 HTTP/1.0\r\n\r\n`], '1'],
  ['HTTP/1.1 without a host', (path) => [`GET ${path}/hello?remote=1 HTTP/1.1\r\nConnection: close\r\n\r\n`], '1'],
])('%s: the event is stored once, as it was sent', async (_what, pieces, remote) => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const reply = await sendRaw(running.gateway.url, pieces(running.actionUrlPath(desk)));
  expect(reply).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*content-length: 0\r\n[\s\S]*\r\n\r\n$/i);
  expect(await logOf(running)).toHaveLength(1);
  expect(await remoteOf(running)).toBe(remote);
});

test('a refused request behind a good one on the same connection counts for itself, and garbage for nothing', async () => {
  await using running = await testGateway();
  const desk: Phone = await running.addPhone();
  const path = running.actionUrlPath(desk);
  const good = `GET ${path}/hello?remote=1 HTTP/1.1\r\nHost: x\r\n\r\n`;
  await sendRaw(running.gateway.url, [good, `GET ${path}/hello?remote=a b HTTP/1.1\r\nConnection: close\r\n\r\n`]);
  expect((await logOf(running)).length).toBe(2);
  expect(await remoteOf(running)).toBe('a b');
  expect(await sendRaw(running.gateway.url, [`${good}GARBAGE\r\n\r\n`])).toMatch(/^HTTP\/1\.1 200 OK/);
  expect((await logOf(running)).length).toBe(3);
});

test.each([
  '',
  'HELO\r\n\r\n',
  'POST /a/b c HTTP/1.1\r\n\r\n',
  'GET no-path HTTP/1.1\r\n\r\n',
  `GET /${'x'.repeat(20_000)} y HTTP/1.1\r\n\r\n`,
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc',
])('what is no report is refused and stores nothing: %j', async (bytes) => {
  await using running = await testGateway();
  await running.addPhone();
  const { gateway } = running;
  const reply = bytes === '' ? 'HTTP/1.1 400 ' : await sendRaw(gateway.url, [Buffer.from(`${bytes}\r\n`, 'latin1')]);
  expect(statusOf(reply)).toBe(400);
  expect(await logOf(running)).toEqual([]);
});

test.each([
  ['allow', 404],
  ['reject', 200],
] as const)('a phone that asks whether to let a call ring is told by policy: %s', async (screening, status) => {
  await using running = await testGateway({
    config: { policy: { deny: [], commandTimeoutMs: 5_000, replyTimeoutMs: 1_000, screening } },
  });
  const desk = await running.addPhone();
  expect(await running.report(desk, 'screen', 'remote=101')).toMatchObject({ status });
  expect(await logOf(running)).toMatchObject([{ event: { callEventKind: 'SCREENING_REQUESTED' } }]);
});

test('what a driver cannot read is an event all the same', async () => {
  const broken = { ...acme, actionUrls: { ...acme.actionUrls, parse: () => JSON.parse('') } };
  await using running = await testGateway({ drivers: [broken] });
  const desk = await running.addPhone();
  expect(await running.report(desk, 'incoming', 'remote=101')).toEqual({ status: 200, body: '' });
  expect(await logOf(running)).toMatchObject([
    { vendorEvent: 'incoming', variables: [{ name: 'remote', value: '101' }], event: { type: 'OTHER' } },
  ]);
});
