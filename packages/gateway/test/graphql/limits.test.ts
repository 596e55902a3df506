import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { DEFAULT_LIMITS } from '../../src/config/api.ts';
import { KEY } from './fake-application.ts';
import { type Answer, codesOf, startGateway, type TestGateway } from './gateway.ts';

/** The first answer over WebSocket. */
async function askBySocket(gateway: TestGateway, query: string, variables?: Record<string, unknown>): Promise<Answer> {
  const client = createClient({
    url: gateway.webSocketUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: KEY },
    retryAttempts: 0,
  });
  onTestFinished(async () => await client.dispose());
  try {
    for await (const result of client.iterate({ query, variables: variables ?? null })) return result as Answer;
  } catch (errors) {
    return { errors: errors as NonNullable<Answer['errors']> };
  }
  throw new Error('no answer');
}

const nested = (levels: number): string =>
  levels === 0 ? 'id' : `id calls: commands { nodes { phone { ${nested(levels - 1)} } } }`;

// As large as is allowed, and one more.
const AT_LIMIT: readonly (readonly [string, (more: number) => string])[] = [
  ['depth', (more) => `{ phones { nodes { ${inFragments(DEFAULT_LIMITS.depth - 2 + more)} } } }`],
  ['aliases', (more) => `{ ${list(DEFAULT_LIMITS.aliases + more, (n) => `a${n}: __typename`)} }`],
  ['fields', (more) => `{ ${'__typename '.repeat(DEFAULT_LIMITS.fields + more)} }`],
  ['directives', (more) => `{ ${directives(more)} }`],
  ['cost', (more) => `{ phones(first: 500) { nodes { ${commands(more)} } } }`],
  ['tokens', (more) => `{ __typename(${'a:1 '.repeat(1331)}${more > 0 ? 'a:1' : ''}) }`],
];

/** So many fields in each other: a connection, its nodes and the phone of each again. */
function inFragments(levels: number): string {
  const ways = ['commands(first: 1)', 'nodes', 'phone'];
  const opened = Array.from({ length: levels - 1 }, (_, level) => ways[level % 3]);
  const leaf = ['__typename', '__typename', 'id'][opened.length % 3] ?? '__typename';
  return `${opened.map((field) => `${field} {`).join(' ')} ${leaf} ${'}'.repeat(opened.length)}`;
}

function list(count: number, item: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => item(index)).join(' ');
}

function directives(more: number): string {
  return list(DEFAULT_LIMITS.directives + more, () => '... @include(if: true) { __typename }');
}

/** 500 phones, each with 2 fields and 2 for every command: 99,001 and 101,001. */
function commands(more: number): string {
  return `commands(first: ${more > 0 ? 100 : 98}) { nodes { __typename } }`;
}

describe.each(AT_LIMIT)('%s', (limit, documentOf) => {
  test('as much as is allowed is no fault, over HTTP and WebSocket', async () => {
    const gateway = await startGateway();
    for (const ask of [gateway.ask, (query: string) => askBySocket(gateway, query)]) {
      expect(codesOf(await ask(documentOf(0)))).not.toContain('LIMIT_EXCEEDED');
    }
  });

  test('more is refused before anything is done, over HTTP and WebSocket', async () => {
    const gateway = await startGateway();
    for (const ask of [gateway.ask, (query: string) => askBySocket(gateway, query)]) {
      const answer = await ask(documentOf(1));
      expect(answer).not.toHaveProperty('data');
      expect(answer.errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', limit } }]);
    }
    expect(gateway.state.asked).toEqual([]);
  });
});

test('fragments do not hide depth, fields, aliases or directives', async () => {
  const gateway = await startGateway();
  const limitOf = async (document: string) => (await gateway.ask(document)).errors?.[0]?.extensions?.['limit'];
  // Each fragment spreads the next twice: 2^20 fields of a text of some hundred characters.
  const doubling = (leaf: string) =>
    `{ ...f0 } ${list(20, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)} fragment f20 on Query { ${leaf} }`;
  expect(await limitOf(doubling('drivers { vendor }'))).toBe('fields');
  expect((await gateway.ask(doubling('a: __typename'))).errors?.map((e) => e.extensions?.['limit'])).toContain(
    'aliases',
  );
  expect(
    (await gateway.ask(doubling('__typename @include(if: true)'))).errors?.map((e) => e.extensions?.['limit']),
  ).toContain('directives');
  const deep = list(20, (n) => `fragment p${n} on Phone { commands { nodes { phone { ...p${n + 1} } } } }`);
  expect(await limitOf(`{ phones { nodes { ...p0 } } } ${deep} fragment p20 on Phone { id }`)).toBe('depth');
});

test('a fragment that leads to itself is refused as ever, and soon', async () => {
  const gateway = await startGateway();
  const answer = await gateway.ask('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }');
  expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
});

test('cost counts what the variables say', async () => {
  const gateway = await startGateway();
  const document = 'query ($n: Int) { phones(first: $n) { nodes { commands(first: $n) { nodes { id name } } } } }';
  expect(codesOf(await gateway.ask(document, { n: 100 }))).toEqual([]);
  expect(codesOf(await gateway.ask(document, { n: 500 }))).toEqual(['LIMIT_EXCEEDED']);
  expect(codesOf(await askBySocket(gateway, document, { n: 500 }))).toEqual(['LIMIT_EXCEEDED']);
});

test('cost counts defaults of variables, which no caller has to send', async () => {
  const gateway = await startGateway();
  const document = (most: number) =>
    `query ($n: Int = ${most}) { phones(first: $n) { nodes { commands(first: $n) { nodes { id name } } } } }`;
  expect(codesOf(await gateway.ask(document(100)))).toEqual([]);
  expect(codesOf(await gateway.ask(document(500)))).toEqual(['LIMIT_EXCEEDED']);
  expect(codesOf(await gateway.ask(document(500), { n: 100 }))).toEqual([]);
  expect(codesOf(await askBySocket(gateway, document(500)))).toEqual(['LIMIT_EXCEEDED']);
});

test('who has a key keeps introspection and a document of common size', async () => {
  const gateway = await startGateway();
  const answer = await gateway.ask(
    getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, oneOf: true }),
  );
  expect(answer.errors).toBeUndefined();
  expect(JSON.stringify(answer.data)).toContain('"PhoneEventUpdate"');
  expect(codesOf(await gateway.ask(`{ phones(first: 500) { nodes { ${nested(1)} } } }`))).toEqual([]);
});

test('so many operations run at once on a socket, and no more', async () => {
  const gateway = await startGateway({ limits: { ...DEFAULT_LIMITS, operationsPerSocket: 2 } });
  const client = createClient({
    url: gateway.webSocketUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: KEY },
    retryAttempts: 0,
    lazy: false,
  });
  onTestFinished(async () => await client.dispose());
  const query = 'subscription { phoneEvents { __typename } }';
  const [first, second] = [client.iterate({ query }), client.iterate({ query })];
  await Promise.all([first.next(), second.next()]);
  const third = client.iterate({ query }).next();
  await expect(third).rejects.toMatchObject([{ extensions: { limit: 'operationsPerSocket' } }]);
  await first.return?.();
  await gateway.state.eventFeed.listeners(1);
  expect(await client.iterate({ query }).next()).toMatchObject({ done: false });
});
