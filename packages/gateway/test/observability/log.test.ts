import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createLog } from '../../src/observability/log.ts';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

/** A stream that keeps what is written. */
function memory(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

test('what is logged under the name of a secret is masked', () => {
  const { stream, text } = memory();
  const log = createLog('info', Object.assign(stream, { isTTY: false }) as NodeJS.WriteStream);
  log.info({ password: 'p1', request: { authorization: 'p2', inner: { token: 'p3' } }, name: 'kept' }, 'hello');
  expect(text()).not.toMatch(/p1|p2|p3/);
  expect(JSON.parse(text())).toMatchObject({
    name: 'kept',
    password: '***',
    msg: 'hello',
    time: expect.stringMatching(/Z$/),
  });
});

test('no secret gets into the log, the record or the metrics, however it travels', async () => {
  await using phone = await scriptedPhone(({ headers }, response) => {
    if (headers.authorization === undefined) response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    else response.end();
  });
  const { stream, text } = memory();
  await using running = await testGateway({ log: pino({ level: 'trace' }, stream) });
  const desk = await running.addPhone({ address: phone.origin, username: 'admin', password: 'c4nary-pass' });
  await running.run(desk, {
    name: 'writeSettings',
    arguments: { settings: [{ name: 'admin_password', value: 'c4nary-new' }] },
  });
  await running.run(desk, { name: 'configureActionUrls', arguments: {} });
  await running.run(desk, { name: 'pushXml', arguments: { document: '<a/>' } });
  await running.report(desk, 'hello');
  await running.report(desk, 'nothing');
  const token = running.actionUrlPath(desk).slice('/a/'.length);
  const { items } = await running.application.commands.list({}, { first: 10 });
  const metrics = await (await fetch(`${running.gateway.url}/metrics`)).text();
  const seen = [text(), JSON.stringify(items), metrics].join('\n');
  expect(text()).toContain('request to a phone');
  expect(seen).not.toMatch(/c4nary/);
  expect(seen).not.toContain(token);
  const documentToken =
    phone.requests.find(({ target }) => target.startsWith('/show'))?.target.split('/d/')[1] ?? 'none';
  expect(seen).not.toContain(documentToken);
});

test('metrics are named by Prometheus’ conventions', async () => {
  await using running = await testGateway();
  await running.report(await running.addPhone(), 'hello');
  const response = await fetch(`${running.gateway.url}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const names = [...(await response.text()).matchAll(/^# TYPE (hookswitch_\S+) (\S+)$/gm)].map(([, name, type]) => [
    name,
    type,
  ]);
  expect(names.length).toBeGreaterThan(10);
  for (const [name, type] of names) {
    expect(name).toMatch(/^hookswitch_[a-z_]+$/);
    expect(name?.endsWith('_total')).toBe(type === 'counter');
    // A gauge may tell a time: `_timestamp_seconds`.
    if (type === 'gauge') expect(name).not.toMatch(/(?<!_timestamp)_seconds$/);
    else expect(name?.endsWith('_seconds')).toBe(type === 'histogram');
  }
});
