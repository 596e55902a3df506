import type { GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/schema.ts';
import { SCOPES, type Scope } from '../../../src/security/scopes.table.ts';
import type { Answer } from '../../graphql/gateway.ts';
import { NODES, OTHER_ARGUMENTS, ROOT_RULES, type Target } from './rules.table.ts';
import { createWorld, type World } from './world.ts';

// Every field of Query, Mutation and Subscription × every role × the own phone, the foreign phone and one that never was.

const schema = createSchema();
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  .filter((type): type is GraphQLObjectType => type !== null && type !== undefined)
  .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

test('every root field has a rule, and every rule a root field', () => {
  expect(Object.keys(ROOT_RULES).sort()).toEqual([...roots].sort());
  expect(roots.length).toBeGreaterThanOrEqual(57);
});

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => await world[Symbol.asyncDispose]());

const narrow = SCOPES.filter((scope) => scope !== 'admin');

/** Each role: the scopes that it holds, and how it comes in. */
const ROLES: readonly { readonly role: string; readonly scopes: readonly Scope[]; readonly jwt?: boolean }[] = [
  ...narrow.map((scope) => ({ role: `key with ${scope}`, scopes: [scope] })),
  { role: 'key with all but admin', scopes: narrow },
  { role: 'token without a scope', scopes: [], jwt: true },
  { role: 'token with all but admin', scopes: narrow, jwt: true },
  // Tags and admin contradict each other: the token is no admin.
  { role: 'token with admin and tags', scopes: ['admin'], jwt: true },
];

function documentOf(root: string, args: string): string {
  const [type = '', field = ''] = root.split('.');
  const leaf = schema.getType(type);
  const isLeafless = leaf !== undefined && 'getFields' in leaf;
  return `${type.toLowerCase()} { ${field}${args} ${isLeafless ? '{ __typename }' : ''} }`;
}

/** The answer without what the request itself named. */
function anonymised(answer: unknown, target: Target): unknown {
  const text = Object.values(target).reduce((sum, id) => sum.replaceAll(id, '<id>'), JSON.stringify(answer));
  return JSON.parse(text);
}

async function first(credential: string, root: string, args: string): Promise<Answer> {
  const query = documentOf(root, args);
  if (!root.startsWith('Subscription.')) return await world.ask(credential, query);
  const leaving = new AbortController();
  const response = await fetch(`${world.running.gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${credential}`,
    },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  });
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const [, data] = /^data: (\{.*\})$/m.exec(text) ?? [];
      if (data !== undefined) return JSON.parse(data) as Answer;
    }
  } finally {
    leaving.abort();
  }
  throw new Error(`the stream said nothing: ${text}`);
}

const forbidden = (answer: Answer) =>
  (answer.errors ?? [])
    .filter(({ extensions }) => extensions?.['code'] === 'FORBIDDEN')
    .map((e) => e.extensions?.['scope']);

/** Commands can be read by who could give them, too. */
function mayReadCommands(scopes: readonly Scope[]): boolean {
  return scopes.some((scope) => !['events:read', 'audit:read', 'admin'].includes(scope));
}

describe.each(ROLES)('$role', ({ scopes, jwt = false }) => {
  let credential: string;
  beforeAll(async () => {
    credential = jwt ? await world.tokenWith(scopes) : await world.keyWith(scopes);
  });

  test.each(Object.entries(ROOT_RULES))('%s', async (root, { needs, asks }) => {
    const before = world.foreignDevice.requests.length;
    const readsCommands = ['Query.commands', 'Subscription.command', 'Subscription.commands'].includes(root);
    const isAllowed =
      needs === null ||
      (scopes.includes(needs) && needs !== 'admin') ||
      (readsCommands && mayReadCommands(scopes)) ||
      // A driver is named there.
      (root === 'Query.node' && scopes.includes('phones:read'));
    const expected = root === 'Query.node' ? 'phones:read' : needs;
    if (asks.length === 0) {
      const answer = await first(credential, root, OTHER_ARGUMENTS[root] ?? '');
      const isOpen = root === 'Query.node' ? scopes.includes('phones:read') : isAllowed;
      expect(forbidden(answer)).toEqual(isOpen ? [] : [expected]);
    }
    for (const ask of asks) {
      const answers = await Promise.all(
        [world.own, world.foreign, world.never].map(
          async (target) => [target, await first(credential, root, ask(target))] as const,
        ),
      );
      for (const [, answer] of answers) expect(forbidden(answer)).toEqual(isAllowed ? [] : [needs]);
      const [own, foreign, never] = answers.map(([target, answer]) => anonymised(answer, target));
      expect(foreign).toEqual(never);
      // What is one's own is there: else all would be alike, and the test would see nothing.
      if (isAllowed && asksOfOne(root)) expect(own).not.toEqual(never);
    }
    expect(world.foreignDevice.requests.slice(before).map(({ target }) => target)).toEqual([]);
  });

  test.each(NODES.map(({ needs, id }) => [needs, id] as const))('Query.node, %s: %s', async (needs, id) => {
    const ask = async (target: Target) =>
      [target, await world.ask(credential, `{ node(id: "${id(target)}") { __typename id } }`)] as const;
    const isCommand = [world.own.command, world.own.batch].includes(id(world.own));
    // Of commands those that the role could give; of the batch, `showMessage`.
    const own = id(world.own) === world.own.batch ? 'display:write' : 'calls:control';
    const isAllowed = scopes.includes(needs) || (isCommand && scopes.includes(own));
    const [mine, foreign, never] = await Promise.all([world.own, world.foreign, world.never].map(ask));
    expect(anonymised(foreign?.[1], world.foreign)).toEqual(anonymised(never?.[1], world.never));
    if (isAllowed) expect(mine?.[1].data).toEqual({ node: { __typename: expect.any(String), id: id(world.own) } });
    else expect(mine?.[1].data).toEqual({ node: null });
  });

  test('a batch that went to a foreign phone too does not exist', async () => {
    const answer = await world.ask(credential, `{ node(id: "${world.mixedBatch}") { __typename } }`);
    expect(answer.data).toEqual({ node: null });
  });
});

/** Whether the field answers differently for a phone that is there. */
function asksOfOne(root: string): boolean {
  // Lists of phones, calls and events are compared by what they hold: see the test of leaks.
  return (
    !['Query.phones', 'Query.calls', 'Query.events', 'Query.commands', 'Query.audit', 'Mutation.runOnPhones'].includes(
      root,
    ) && !root.startsWith('Subscription.')
  );
}
