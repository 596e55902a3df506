import { expect, test } from 'vitest';
import { KEY } from './fake-application.ts';
import { startGateway } from './gateway.ts';

const MUTATION = 'mutation { removePhone(phoneId: "UGhvbmU6cA") { __typename } }';
const BODY = JSON.stringify({ query: MUTATION });

// What a form, a link or a script of another page can have a browser send without being asked first.
test.each([
  ['a link', { method: 'GET' }, `?query=${encodeURIComponent(MUTATION)}`],
  ['a link to a query', { method: 'GET' }, `?query=${encodeURIComponent('{ drivers { vendor } }')}`],
  ['plain text', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: BODY }, ''],
  [
    'plain text that says JSON',
    { method: 'POST', headers: { 'content-type': 'text/plain; application/json' }, body: BODY },
    '',
  ],
  ['no type', { method: 'POST', body: new TextEncoder().encode(BODY) }, ''],
  ['a form', { method: 'POST', body: new URLSearchParams({ query: MUTATION }) }, ''],
  ['a form in parts', { method: 'POST', body: parts() }, ''],
])('%s does nothing, with a cookie or with a key', async (_what, init: RequestInit, search) => {
  const gateway = await startGateway();
  const withCookie = await fetch(`${gateway.url}${search}`, {
    ...init,
    headers: { ...init.headers, cookie: `authorization=${KEY}`, origin: 'https://evil.example' },
  });
  expect(withCookie.status).toBe(401);
  if (init.method === 'POST') {
    const withKey = await gateway.fetch(init, search);
    expect(withKey.status).toBe(415);
    expect(await withKey.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  }
  expect(gateway.state.asked).toEqual([]);
});

test('with a key too, a page of another host has nothing done, and one of this host or an allowed one has', async () => {
  const gateway = await startGateway({ allowedOrigins: ['https://console.example'] });
  const from = async (origin: string) => {
    const headers = { origin, 'content-type': 'application/json' };
    return (await gateway.fetch({ method: 'POST', headers, body: BODY })).status;
  };
  expect(await from('https://evil.example')).toBe(403);
  expect(await from('null')).toBe(403);
  expect(gateway.state.asked).toEqual([]);
  expect(await from('https://console.example')).toBe(200);
  expect(await from(new URL(gateway.url).origin)).toBe(200);
  expect(gateway.state.asked).toHaveLength(2);
});

test('a key in the address is none', async () => {
  const gateway = await startGateway();
  for (const name of ['authorization', 'access_token', 'token', 'key', 'apiKey']) {
    const response = await fetch(`${gateway.url}?${name}=${KEY}&query=${encodeURIComponent('{ __typename }')}`);
    expect(response.status).toBe(401);
  }
});

function parts(): FormData {
  const form = new FormData();
  form.set('operations', BODY);
  form.set('map', '{}');
  return form;
}
