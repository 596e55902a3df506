import { once } from 'node:events';
import { getIntrospectionQuery, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { createSchema } from '../../src/graphql/schema.ts';
import { startGateway } from './gateway.ts';

const names = Object.values(createSchema().getTypeMap())
  .filter((type) => !type.name.startsWith('__'))
  .flatMap((type) => [
    type.name,
    ...(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.keys(type.getFields()) : []),
  ]);

// Recovers a schema as the tools do that guess by a list of words and read what the errors suggest. The list is the best
// there could be: the schema itself.
test('whoever guesses every name of the schema learns of none', async () => {
  const gateway = await startGateway();
  const documents = [...new Set(names)].flatMap((name) => [
    `{ ${name} }`,
    `{ ${name}x }`,
    `mutation { ${name} }`,
    `{ node(id: 1) { ... on ${name} { id } } }`,
  ]);
  documents.push(getIntrospectionQuery(), '{ __type(name: "Phone") { name } }', '{ __typename }', '{', '');
  expect(documents.length).toBeGreaterThan(1_000);
  const answers = new Map<string, number>();
  const count = (answer: string) => answers.set(answer, (answers.get(answer) ?? 0) + 1);
  for (let from = 0; from < documents.length; from += 50) {
    const some = documents.slice(from, from + 50).map(async (query) => {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const headers = [...response.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id');
      count(JSON.stringify([response.status, headers, await response.text()]));
    });
    await Promise.all(some);
  }
  expect([...answers.values()]).toEqual([documents.length]);
});

test('over WebSocket nothing is read of whoever gives no key', async () => {
  const gateway = await startGateway();
  const closed = await Promise.all(
    ['{ drivers { vendor } }', '{ driverz }', '{'].map(async (query) => {
      const socket = new WebSocket(gateway.webSocketUrl, 'graphql-transport-ws');
      const heard: string[] = [];
      socket.on('message', (data) => heard.push(String(data)));
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init' }));
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
      const [code] = await once(socket, 'close');
      return [code, ...heard];
    }),
  );
  // The operation that came too early, or the key that never came: neither says anything of the document.
  for (const [code, ...heard] of closed) {
    expect([4401, 4403]).toContain(code);
    expect(heard).toEqual([]);
  }
});

test('the page that everyone may see holds no name of the schema', async () => {
  const gateway = await startGateway();
  const page = await (await fetch(gateway.url, { headers: { accept: 'text/html' } })).text();
  for (const name of ['PhoneEvent', 'explainCommand', 'configureActionUrls', 'createApiKey']) {
    expect(page).not.toContain(name);
  }
});
