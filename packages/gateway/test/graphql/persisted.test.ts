import { createHash } from 'node:crypto';
import { createClient, type SubscribePayload } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { createPersistedDocuments } from '../../src/graphql/persisted.ts';
import { KEY } from './fake-application.ts';
import { type Answer, codesOf, startGateway, type TestGateway } from './gateway.ts';

const QUERY = '{ drivers { vendor } }';
const DRIVERS = { data: { drivers: [{ vendor: 'snom' }, { vendor: 'yealink' }] } };
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const apq = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: hash(text) } });
const operators = (only: boolean) =>
  createPersistedDocuments({
    documents: new Map([
      ['drivers-1', QUERY],
      [hash('{ phones { totalCount } }'), '{ phones { totalCount } }'],
    ]),
    only,
  });

type Asked = Readonly<Record<string, unknown>>;

async function byPost(gateway: TestGateway, body: Asked): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await gateway.fetch({ method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as Answer;
}

async function byGet(gateway: TestGateway, body: Asked): Promise<Answer> {
  const search = new URLSearchParams(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
  return (await (await gateway.fetch({}, `?${search}`)).json()) as Answer;
}

async function bySocket(gateway: TestGateway, body: Asked): Promise<Answer> {
  const client = createClient({
    url: gateway.webSocketUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: KEY },
    retryAttempts: 0,
  });
  onTestFinished(async () => await client.dispose());
  // The protocol wants a text: an empty one where a document is named.
  const payload = { query: '', ...body } as SubscribePayload;
  try {
    for await (const result of client.iterate(payload)) return result as Answer;
  } catch (errors) {
    return { errors: errors as NonNullable<Answer['errors']> };
  }
  throw new Error('no answer');
}

describe.each([
  ['POST', byPost],
  ['GET', byGet],
  ['WebSocket', bySocket],
])('%s', (_way, ask) => {
  test('a document of the operator’s is named by its id', async () => {
    const gateway = await startGateway({ persisted: operators(false) });
    expect(await ask(gateway, { documentId: 'drivers-1' })).toEqual(DRIVERS);
    expect(codesOf(await ask(gateway, { documentId: 'none' }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(codesOf(await ask(gateway, { documentId: '__proto__' }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(await ask(gateway, { query: QUERY })).toEqual(DRIVERS);
  });

  test('a document is brought once, and named by its hash then', async () => {
    const gateway = await startGateway();
    const unknown = await ask(gateway, { extensions: apq(QUERY) });
    expect(unknown.errors).toMatchObject([
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ]);
    expect(await ask(gateway, { query: QUERY, extensions: apq(QUERY) })).toEqual(DRIVERS);
    expect(await ask(gateway, { extensions: apq(QUERY) })).toEqual(DRIVERS);
  });

  test('a document under the hash of another is refused, and not kept', async () => {
    const gateway = await startGateway();
    const wrong = await ask(gateway, { query: '{ __typename }', extensions: apq(QUERY) });
    expect(codesOf(wrong)).toEqual(['BAD_REQUEST']);
    expect(codesOf(await ask(gateway, { extensions: apq(QUERY) }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  test('where only the operator’s are run, nothing else is: text, hash, introspection', async () => {
    const gateway = await startGateway({ persisted: operators(true) });
    expect(await ask(gateway, { documentId: 'drivers-1' })).toEqual(DRIVERS);
    expect(await ask(gateway, { extensions: apq('{ phones { totalCount } }') })).toEqual({
      data: { phones: { totalCount: 2 } },
    });
    expect(codesOf(await ask(gateway, { query: QUERY }))).toEqual(['PERSISTED_QUERY_ONLY']);
    expect(codesOf(await ask(gateway, { query: QUERY, extensions: apq(QUERY) }))).toEqual(['PERSISTED_QUERY_ONLY']);
    expect(codesOf(await ask(gateway, { query: '{ __schema { queryType { name } } }' }))).toEqual([
      'PERSISTED_QUERY_ONLY',
    ]);
    expect(codesOf(await ask(gateway, { extensions: apq(QUERY) }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    // A text beside the id does not take its place.
    expect(await ask(gateway, { documentId: 'drivers-1', query: '{ __typename }' })).toEqual(DRIVERS);
  });
});

test('who gives no key is told nothing of documents', async () => {
  const gateway = await startGateway({ persisted: operators(true) });
  const ask = async (body: unknown) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return await (await fetch(gateway.url, init)).text();
  };
  const answers = [{ documentId: 'drivers-1' }, { documentId: 'none' }, { query: QUERY }, { extensions: apq(QUERY) }];
  expect(new Set(await Promise.all(answers.map(ask))).size).toBe(1);
});

test('texts that clients bring are bounded: the oldest go', () => {
  const documents = createPersistedDocuments();
  const texts = Array.from({ length: 1_001 }, (_, index) => `{ a${index}: __typename }`);
  for (const query of texts) documents.textOf({ query, extensions: apq(query) });
  expect(documents.textOf({ extensions: apq(texts[1] ?? '') })).toBe(texts[1]);
  expect(() => documents.textOf({ extensions: apq(texts[0] ?? '') })).toThrow('PersistedQueryNotFound');
  const long = `{ __typename } #${'x'.repeat(20_000)}`;
  expect(documents.textOf({ query: long, extensions: apq(long) })).toBe(long);
  expect(() => documents.textOf({ extensions: apq(long) })).toThrow('PersistedQueryNotFound');
});
