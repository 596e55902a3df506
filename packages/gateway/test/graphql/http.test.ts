import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/config/api.ts';
import { KEY } from './fake-application.ts';
import { type Answer, codesOf, startGateway } from './gateway.ts';

const json = { 'content-type': 'application/json' };

function post(query: string, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ query }) };
}

test('answers POST and GET', async () => {
  const gateway = await startGateway();
  expect(await gateway.ask('{ drivers { vendor } }')).toEqual({
    data: { drivers: [{ vendor: 'snom' }, { vendor: 'yealink' }] },
  });
  const got = await gateway.fetch({}, `?query=${encodeURIComponent('{ drivers { vendor } }')}`);
  expect(await got.json()).toEqual({ data: { drivers: [{ vendor: 'snom' }, { vendor: 'yealink' }] } });
});

test('refuses a mutation by GET', async () => {
  const gateway = await startGateway();
  const query = encodeURIComponent('mutation { removePhone(phoneId: "x") { __typename } }');
  const response = await gateway.fetch({}, `?query=${query}`);
  expect(response.status).toBe(405);
  expect(gateway.state.asked).toEqual([]);
});

test('refuses other methods, with the ones that it takes', async () => {
  const gateway = await startGateway();
  const response = await gateway.fetch({ method: 'PUT', headers: json, body: '{}' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, POST');
});

test('refuses batches', async () => {
  const gateway = await startGateway();
  const body = JSON.stringify([{ query: '{ __typename }' }]);
  const response = await gateway.fetch({ method: 'POST', headers: json, body });
  expect(response.status).toBe(400);
});

test('refuses a body that is too long, without reading it as GraphQL', async () => {
  const gateway = await startGateway({ limits: { ...DEFAULT_LIMITS, bodyBytes: 1000 } });
  const response = await gateway.fetch(post(`{ __typename } # ${'x'.repeat(2000)}`));
  expect(response.status).toBe(413);
});

test('a body that does not say how long it is counts as it comes', async () => {
  const gateway = await startGateway({ limits: { ...DEFAULT_LIMITS, bodyBytes: 1000 } });
  const unannounced = (query: string): RequestInit & { readonly duplex: 'half' } => ({
    ...post(query),
    body: new Blob([JSON.stringify({ query })]).stream(),
    duplex: 'half',
  });
  const short = await gateway.fetch(unannounced('{ __typename }'));
  expect(await short.json()).toEqual({ data: { __typename: 'Query' } });
  const long = await gateway.fetch(unannounced(`{ __typename } # ${'x'.repeat(2000)}`));
  expect(long.status).toBe(413);
  expect(codesOf(await long.json())).toEqual(['REQUEST_ENTITY_TOO_LARGE']);
});

test.each([
  ['a body', { method: 'POST', headers: json, body: '{"query": "{ __typename }", "password": hunter2' }, ''],
  ['variables in the URL', {}, `?query=${encodeURIComponent('{ __typename }')}&variables=%7Bhunter2`],
])('malformed JSON in %s is the client’s fault, and is not quoted', async (_where, init, query) => {
  const gateway = await startGateway();
  const response = await gateway.fetch(init, query);
  expect(response.status).toBe(400);
  const text = await response.text();
  expect(codesOf(JSON.parse(text))).toEqual(['BAD_REQUEST']);
  expect(text).not.toContain('hunter2');
  expect(gateway.internalErrors).toEqual([]);
});

test('brings the request id back, or makes one', async () => {
  const gateway = await startGateway();
  const named = await gateway.fetch(post('{ __typename }', { 'x-request-id': 'trace-1.2:3' }));
  expect(named.headers.get('x-request-id')).toBe('trace-1.2:3');
  const insane = await gateway.fetch(post('{ __typename }', { 'x-request-id': 'a b"c' }));
  expect(insane.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  ['no key', {}],
  ['a wrong key', { authorization: 'Bearer wrong' }],
  ['another scheme', { authorization: `Basic ${KEY}` }],
  ['no scheme', { authorization: KEY }],
])('with %s every request gets the same answer', async (_what, headers: Record<string, string>) => {
  const gateway = await startGateway();
  const requests: readonly RequestInit[] = [
    post('{ drivers { vendor } }', headers),
    post('{ __schema { types { name } } }', headers),
    post('{ driverz { vendor } }', headers),
    post('this is no GraphQL', headers),
    post('mutation { addPhone(input: {}) { __typename } }', headers),
    post('subscription { phoneEvents { __typename } }', headers),
    { method: 'POST', headers: { ...json, ...headers }, body: 'no JSON' },
    { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body: 'a,b' },
    { method: 'GET', headers },
  ];
  const answers = await Promise.all(
    requests.map(async (init) => {
      const response = await fetch(gateway.url, init);
      return [response.status, response.headers.get('www-authenticate'), await response.text()];
    }),
  );
  const [first] = answers;
  expect(first?.[0]).toBe(401);
  expect(first?.[1]).toBe('Bearer');
  expect(codesOf(JSON.parse(String(first?.[2])) as Answer)).toEqual(['UNAUTHENTICATED']);
  expect(new Set(answers.map(String)).size).toBe(1);
});

test('lets pages of the given origins read, and no others', async () => {
  const gateway = await startGateway({ allowedOrigins: ['https://console.example'] });
  const preflight = (origin: string) =>
    fetch(gateway.url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
  const allowed = await preflight('https://console.example');
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://console.example');
  expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
  const foreign = await preflight('https://evil.example');
  expect(foreign.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
});

test('shows GraphiQL to a browser without a key: tabs, key and no other host', async () => {
  const tabs = [
    { query: 'query First { drivers { name } } # </script>' },
    { query: 'subscription { calls { __typename } }' },
  ];
  const gateway = await startGateway({ graphiql: { title: 'Demo', tabs, authorization: 'Bearer demo-key' } });
  const response = await fetch(gateway.url, { headers: { accept: 'text/html,*/*' } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/html');
  const page = await response.text();
  expect(page).toContain('<title>Demo</title>');
  const options =
    /renderYogaGraphiQL\(\s*window\.document\.querySelector\('#root'\),\s*forThisTab\((\{.*\})\),?\s*\);/.exec(
      page,
    )?.[1];
  expect(JSON.parse(options ?? '')).toMatchObject({
    defaultTabs: [
      { query: tabs[0]?.query, headers: expect.stringContaining('Bearer demo-key') },
      { query: tabs[1]?.query, headers: expect.stringContaining('Bearer demo-key') },
    ],
    additionalHeaders: { authorization: 'Bearer demo-key' },
    shouldPersistHeaders: false,
  });
  const policy = response.headers.get('content-security-policy') ?? '';
  const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  expect(policy).toContain(`script-src 'sha256-${hash}';`);
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="?https?:/);
});

test('shows no GraphiQL where it is switched off', async () => {
  const gateway = await startGateway({ graphiql: false });
  const response = await fetch(gateway.url, { headers: { accept: 'text/html' } });
  expect(await response.text()).not.toContain('<html');
});

test('an error that nobody expected is masked: the caller gets its id, the log the rest', async () => {
  const gateway = await startGateway();
  gateway.state.phones.length = 0;
  const response = await gateway.fetch(post('{ calls { nodes { phone { name } } } }', { 'x-request-id': 'r-1' }));
  const text = await response.text();
  const answer = JSON.parse(text) as Answer;
  expect(answer.data).toBeNull();
  expect(answer.errors?.[0]).toMatchObject({
    message: 'Internal error',
    path: ['calls', 'nodes', expect.any(Number), 'phone'],
    extensions: { code: 'INTERNAL', requestId: 'r-1' },
  });
  expect(text).not.toContain('stack');
  expect(gateway.internalErrors[0]).toMatchObject({
    requestId: 'r-1',
    error: { message: 'Phone p is referred to and not there.' },
  });
});
