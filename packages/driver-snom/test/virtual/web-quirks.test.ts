import { expect, test } from 'vitest';
import { Office } from './office.ts';
import { ask } from './wire.ts';

const withoutKeepAlive = { headers: { Connection: 'close' } };

test('one request at a time: the second gets headers that break off, and does not act', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ faults: { oneRequestAtATime: true } });
  phone.faults.slowMs = 300;
  const first = ask(phone, '/command.htm?key=1');
  await phone.requests.waitForCount(1);
  const second = await ask(phone, '/command.htm?key=2');
  expect((await first).status).toBe(200);
  expect(second.raw).toMatch(/^HTTP\/1\.1 200/);
  expect(second.raw).not.toContain('\r\n\r\n');
  expect(phone.desk.digits).toBe('1');
});

test('without Connection: keep-alive the phone acts and sends nothing, but on minibrowser.htm', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { needsKeepAlive: true } });
  expect((await ask(phone, '/command.htm?key=1', withoutKeepAlive)).raw).toBe('');
  expect((await ask(phone, '/command.htm?key=2')).status).toBe(200);
  expect((await ask(phone, '/minibrowser.htm?url=snom://mb_exit', withoutKeepAlive)).status).toBe(200);
  expect(phone.desk.digits).toBe('12');
});

test('minibrowser.htm stalls with Connection: keep-alive, though the phone acts at once', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { minibrowserStallMs: 8000 } });
  const target = `/minibrowser.htm?url=${encodeURIComponent(`${office.gateway.address}/page`)}`;
  const stalled = ask(phone, target);
  await office.called('/page');
  expect((await ask(phone, target, withoutKeepAlive)).status).toBe(200);
  await phone.stop();
  expect((await stalled).raw).toBe('');
});

test.each([
  [{ restrict_uri_queries: 'on' }],
  [{ use_hidden_tags: 'on', http_user: 'boss', http_pass: 'x', admin_mode_password: '1234' }],
])('%o keeps commands from having any effect', async (settings) => {
  await using office = await Office.open();
  const phone = await office.phone({ settings });
  const request = { headers: { Authorization: `Basic ${Buffer.from('boss:x').toString('base64')}` } };
  expect((await ask(phone, '/command.htm?key=7', request)).status).toBe(200);
  expect((await ask(phone, '/dummy.htm?settings=save&language=Deutsch', request)).status).toBe(200);
  expect((await ask(phone, '/index.htm?misseddel=clear', request)).status).toBe(200);
  expect([phone.desk.digits, phone.settings.get('language')]).toEqual(['', 'English']);
  expect(phone.effects.all.map(({ type }) => type)).toEqual(['commandBlocked', 'commandBlocked', 'commandBlocked']);
  // What only shows something goes on, and so does CSTA.
  expect((await ask(phone, '/info.htm', request)).body).toContain('Mac:');
  expect((await ask(phone, '/csta', { ...request, method: 'POST', body: '<RequestSystemStatus/>' })).status).toBe(200);
});

test('hidden tags do no harm while a password is still the factory’s', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ settings: { use_hidden_tags: 'on', admin_mode_password: '1234' } });
  await ask(phone, '/command.htm?key=7');
  expect(phone.desk.digits).toBe('7');
});

test('what a blocked command gets can be chosen', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ settings: { restrict_uri_queries: 'on' }, quirks: { blockedCommandStatus: 403 } });
  expect((await ask(phone, '/command.htm?key=7')).status).toBe(403);
});

test('a page that is not there is a 404', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  expect((await ask(phone, '/servlet?key=OK')).status).toBe(404);
});
