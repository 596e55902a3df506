import { type GraphQLObjectType, getNamedType } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createSchema } from '../../../src/graphql/schema.ts';
import { SCOPES } from '../../../src/security/scopes.table.ts';
import { ROOT_RULES } from './rules.table.ts';
import { wholeSelection } from './selection.ts';
import { CANARY, createWorld, FOREIGN_NUMBER, OWN_NUMBER, type World } from './world.ts';

// All that can be asked, whole, without a filter and for each phone: nothing of the foreign phone in any answer.

const schema = createSchema();
const narrow = SCOPES.filter((scope) => scope !== 'admin');
const query = schema.getQueryType() as GraphQLObjectType;
const DEPTH = 4;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => await world[Symbol.asyncDispose]());

function whole(field: string, args: string): string {
  const type = query.getFields()[field]?.type;
  return `{ ${field}${args} ${type === undefined ? '' : wholeSelection(schema, getNamedType(type), DEPTH)} }`;
}

describe.each([
  ['key', () => world.keyWith(narrow)],
  ['token', () => world.tokenWith(narrow)],
  ['masked key', () => world.keyWith(narrow, ['sales'], true)],
])('%s', (_role, credentialOf) => {
  test.each(Object.keys(query.getFields()))('Query.%s, whole', async (field) => {
    const credential = await credentialOf();
    const asks = ROOT_RULES[`Query.${field}`]?.asks ?? [];
    const nodes = Object.values(world.foreign).map((id) => `(id: "${id}")`);
    const lists = ['phones', 'calls', 'events', 'commands', 'audit', 'drivers', 'viewer', 'apiKeys'].concat(
      'onboardingLinks',
      'unknownDevices',
    );
    const given = [
      ...asks.map((ask) => ask(world.foreign)),
      ...asks.map((ask) => ask(world.own)),
      ...(field === 'node' ? [...nodes, `(id: "${world.own.phone}")`, `(id: "${world.own.event}")`] : []),
      ...(lists.includes(field) ? [''] : []),
    ];
    expect(given.length).toBeGreaterThan(0);
    for (const args of given) {
      const answer = await world.ask(credential, whole(field, args));
      // Too large would be an empty proof.
      expect(JSON.stringify(answer.errors ?? [])).not.toMatch(/LIMIT_EXCEEDED|GRAPHQL_VALIDATION_FAILED|INTERNAL/);
      const answered = JSON.stringify(answer.data);
      expect(world.leaks(args === '' ? JSON.stringify(answer) : answered)).toBe(false);
    }
  });

  test('counts and pages are those of the own phones', async () => {
    const { data } = await world.ask(
      await credentialOf(),
      `{ phones { totalCount pageInfo { hasNextPage } } one: phones(first: 1) { pageInfo { hasNextPage } }
         calls(first: 2) { pageInfo { hasNextPage } } searched: phones(filter: { search: "${CANARY}" }) { totalCount }
         tagged: phones(filter: { tags: ["hr"] }) { totalCount } events(filter: { tags: ["hr"] }) { nodes { id } } }`,
    );
    expect(data).toEqual({
      phones: { totalCount: 1, pageInfo: { hasNextPage: false } },
      one: { pageInfo: { hasNextPage: false } },
      calls: { pageInfo: { hasNextPage: false } },
      searched: { totalCount: 0 },
      tagged: { totalCount: 0 },
      events: { nodes: [] },
    });
  });
});

test('the same questions of an admin do show the foreign phone: the test would see a leak', async () => {
  const admin = await world.keyWith(['admin'], null);
  for (const field of ['phones', 'calls', 'events', 'commands']) {
    expect(world.leaks(JSON.stringify(await world.ask(admin, whole(field, ''))))).toBe(true);
  }
});

test('a command on many phones reaches the own ones only', async () => {
  const before = world.foreignDevice.requests.length;
  const { data } = await world.ask(
    await world.keyWith(narrow),
    `mutation { runOnPhones(filter: { vendors: ["acme"] }, command: { showMessage: { title: "a", text: "b" } }) {
      total commands { nodes { phone { id } } } } }`,
  );
  expect(data).toEqual({ runOnPhones: { total: 1, commands: { nodes: [{ phone: { id: world.own.phone } }] } } });
  expect(world.foreignDevice.requests).toHaveLength(before);
  const empty = await world.ask(
    await world.keyWith(narrow),
    'mutation { runOnPhones(filter: {}, command: { showMessage: { title: "a", text: "b" } }) { total } }',
  );
  expect(empty.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('a foreign call and one that never was are the same to a command', async () => {
  const key = await world.keyWith(narrow);
  const hangUp = (call: string) =>
    world.ask(key, `mutation { hangUp(phoneId: "${world.own.phone}", command: { callId: "${call}" }) { status } }`);
  const [foreign, never] = [await hangUp(world.foreign.call), await hangUp(world.never.call)];
  expect(never.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  expect(foreign).toEqual(never);
  const batch = (call: string) =>
    world.ask(
      key,
      `mutation { runOnPhones(filter: { ids: ["${world.own.phone}"] }, command: { hangUp: { callId: "${call}" } }) { total } }`,
    );
  expect(await batch(world.foreign.call)).toEqual(await batch(world.never.call));
});

/** What a subscription says until the own phone's last event has come. */
async function heard(credential: string, document: string, until: string): Promise<readonly string[]> {
  const client = createClient({
    url: `${world.running.gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${credential}` },
    retryAttempts: 0,
  });
  const said: string[] = [];
  try {
    for await (const result of client.iterate({ query: document })) {
      const text = JSON.stringify(result);
      said.push(text);
      if (text.includes('CaughtUp')) {
        for (const phone of [world.foreignPhone, world.ownPhone]) {
          const number = phone === world.ownPhone ? OWN_NUMBER : FOREIGN_NUMBER;
          await world.running.report(phone, 'incoming', `id=${until}&remote=${encodeURIComponent(number)}`);
          await world.running.report(phone, 'ended', `id=${until}`);
        }
      }
      if (text.includes('ENDED') && said.some((one) => one.includes('CaughtUp'))) break;
    }
  } finally {
    await client.dispose();
  }
  return said;
}

test.each([
  [
    'events, replayed and live',
    `subscription { phoneEvents(after: "START") { __typename ... on CallEvent { callEventKind } ... on PhoneEvent {
      phone { id name } variables { name value } } } }`,
  ],
  ['calls', 'subscription { calls { __typename ... on Call { id state phone { id name } remote { number } } } }'],
])('%s of the own phone are delivered, and none of the foreign one', async (_what, document) => {
  const start = world.running.application.events.cursorOf(0);
  const query = document.replace('START', start);
  const said = await heard(await world.keyWith(narrow), query, `live-${query.length}`);
  expect(said.some((text) => text.includes(world.own.phone))).toBe(true);
  // Neither its data nor an error in its place.
  expect(said.filter((text) => world.leaks(text) || text.includes('"errors"'))).toEqual([]);
  const admin = await heard(await world.keyWith(['admin'], null), query, `admin-${query.length}`);
  expect(admin.some((text) => world.leaks(text))).toBe(true);
});

test('a phone that loses its tag is gone from lists and streams at once', async () => {
  const { running } = world;
  const lent = await running.addPhone({ name: 'lent', tags: ['sales'] });
  const key = await world.keyWith(narrow);
  const seen: string[] = [];
  const client = createClient({
    url: `${running.gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: key },
    retryAttempts: 0,
  });
  const stream = client.iterate({
    query: 'subscription { phoneEvents { __typename ... on PhoneEvent { phone { name } vendorEvent } } }',
  });
  try {
    await stream.next();
    await running.report(lent, 'hello', 'n=1');
    seen.push(JSON.stringify((await stream.next()).value));
    await running.application.phones.update(lent.id, { tags: ['hr'] }, running.caller);
    await running.report(lent, 'hello', 'n=2');
    await running.report(world.ownPhone, 'hello', 'n=3');
    seen.push(JSON.stringify((await stream.next()).value));
  } finally {
    await client.dispose();
  }
  expect(seen[0]).toContain('"lent"');
  expect(seen[1]).toContain('"Own desk"');
  const { data } = await world.ask(key, '{ phones { nodes { name } } }');
  expect(data).toEqual({ phones: { nodes: [{ name: 'Own desk' }] } });
});
