import { digestResponse } from '@hookswitch/driver-kit/virtual';
import { expect, test } from 'vitest';
import type { VirtualSnomPhone } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { ask } from './wire.ts';

const login = { user: 'boss', password: 'pa:ss' };
const target = '/command.htm?key=7';
const basic = (credentials: string) => ({
  headers: { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
});

const digest = (phone: VirtualSnomPhone, challenge: string, password: string) => {
  const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1] ?? '';
  const realm = /realm="([^"]+)"/.exec(challenge)?.[1] ?? '';
  const known = { username: login.user, realm, nonce, uri: target, nc: '00000001', cnonce: 'abc', qop: 'auth' };
  const response = digestResponse({ ...known, password, method: 'GET', algorithm: 'MD5' });
  const value = `Digest username="${known.username}", realm="${realm}", nonce="${nonce}", uri="${target}", qop=auth, nc=00000001, cnonce="abc", response="${response}"`;
  return ask(phone, target, { headers: { Authorization: value } });
};

test('without http_user the phone is open', async () => {
  await using office = await Office.open();
  const phone = await office.phone();
  expect((await ask(phone, target)).status).toBe(200);
  expect(phone.desk.digits).toBe('7');
});

test('http_scheme off asks for Basic, and acts only with the right password', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ login });
  const asked = await ask(phone, target);
  expect(asked.status).toBe(401);
  expect(asked.headers['www-authenticate']).toMatch(/^Basic realm="snom/);
  expect((await ask(phone, target, basic('boss:wrong'))).status).toBe(401);
  expect(phone.desk.digits).toBe('');
  expect((await ask(phone, target, basic('boss:pa:ss'))).status).toBe(200);
  expect(phone.desk.digits).toBe('7');
});

test('http_scheme on asks for Digest and takes no Basic', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ login, settings: { http_scheme: 'on' } });
  const asked = await ask(phone, target, basic('boss:pa:ss'));
  expect(asked.status).toBe(401);
  const challenge = asked.headers['www-authenticate'] ?? '';
  expect(challenge).toMatch(/^Digest .*realm="snom/);
  expect((await digest(phone, challenge, 'wrong')).status).toBe(401);
  expect(phone.desk.digits).toBe('');
  const again = (await ask(phone, target)).headers['www-authenticate'] ?? '';
  expect((await digest(phone, again, login.password)).status).toBe(200);
  expect(phone.desk.digits).toBe('7');
});

test('wrong passwords lock the phone, the right one included, with an error page', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ login, quirks: { lockout: { afterFailures: 3, forMs: 60_000 } } });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect((await ask(phone, target, basic('boss:wrong'))).status).toBe(401);
  }
  const locked = await ask(phone, target, basic('boss:pa:ss'));
  expect(locked.status).toBe(403);
  expect(locked.body).toContain('<TITLE>snom VoIP phone: Error</TITLE>');
  expect(phone.desk.digits).toBe('');
});

test('CSTA asks for the same login', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ login });
  expect((await ask(phone, '/csta', { method: 'POST', body: '<x/>' })).status).toBe(401);
});

test('an https-only phone redirects with 307 and does not act', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ settings: { webserver_type: 'https' } });
  const reply = await ask(phone, target);
  expect([reply.status, reply.headers['location']]).toEqual([307, `https://127.0.0.1${target}`]);
  expect(phone.desk.digits).toBe('');
});
