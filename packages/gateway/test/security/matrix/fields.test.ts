import { type GraphQLObjectType, getNamedType, isLeafType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSchema } from '../../../src/graphql/schema.ts';
import { SCOPES } from '../../../src/security/scopes.table.ts';
import { FIELD_RULES, type Target, VALUE_TYPES } from './rules.table.ts';
import { createWorld, OWN_NUMBER, type World } from './world.ts';

// Every field of what belongs to a phone × who may read the object alone, and who may read all.

const schema = createSchema();
const roots = ['Query', 'Mutation', 'Subscription'];
const types = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type.name),
);

test('every type is known, and every field of what belongs to a phone has a rule', () => {
  expect(types.map(({ name }) => name).sort()).toEqual([...Object.keys(FIELD_RULES), ...VALUE_TYPES].sort());
  for (const [name, { plain, leads }] of Object.entries(FIELD_RULES)) {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
    expect([name, ...[...plain, ...Object.keys(leads)].sort()]).toEqual([name, ...fields.sort()]);
  }
});

test('what comes with another object leads to nothing that has rules of its own', () => {
  const connections = VALUE_TYPES.filter((name) => /(?:Connection|Edge)$/.test(name));
  // A failure names the command or phone that it is about by its id, in text.
  for (const name of VALUE_TYPES.filter((one) => !connections.includes(one) && one !== 'CreatedApiKey')) {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    const leading = fields.filter((field) => Object.hasOwn(FIELD_RULES, getNamedType(field.type).name));
    expect([name, ...leading.map((field) => field.name)]).toEqual([name, ...(LEADING.get(name) ?? [])]);
  }
});

/** Values that do lead to such an object. */
const LEADING = new Map<string, readonly string[]>([
  ['IdempotencyConflict', ['original']],
  ['PhoneConflict', ['existing']],
  ['VendorUnidentified', ['candidates']],
]);

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => await world[Symbol.asyncDispose]());

/** How an object of each type is reached, and with which scope. */
const WAYS: Readonly<
  Record<string, { readonly scope: 'phones:read' | 'events:read' | 'audit:read'; readonly way: Way }>
> = {
  Phone: { scope: 'phones:read', way: ({ phone }, selection) => node(phone, `... on Phone ${selection}`) },
  Driver: {
    scope: 'phones:read',
    way: (_own, selection) => ({ query: `{ drivers ${selection} }`, at: ['drivers', 0] }),
  },
  Command: { scope: 'phones:read', way: ({ command }, selection) => node(command, `... on Command ${selection}`) },
  CommandBatch: {
    scope: 'phones:read',
    way: ({ batch }, selection) => node(batch, `... on CommandBatch ${selection}`),
  },
  Call: { scope: 'events:read', way: ({ call }, selection) => node(call, `... on Call ${selection}`) },
  AuditEntry: {
    scope: 'audit:read',
    way: (_own, selection) => ({
      query: `{ audit(first: 1, filter: { actions: ["dial"] }) { nodes ${selection} } }`,
      at: ['audit', 'nodes', 0],
    }),
  },
  CallEvent: { scope: 'events:read', way: ({ event }, selection) => node(event, `... on CallEvent ${selection}`) },
};

type Way = (own: Target, selection: string) => { readonly query: string; readonly at: readonly (string | number)[] };

function node(id: string, fragment: string): ReturnType<Way> {
  return { query: `{ node(id: "${id}") { ${fragment} } }`, at: ['node'] };
}

describe.each(Object.entries(WAYS))('%s', (name, { scope, way }) => {
  const type = schema.getType(name);
  const { plain = [], leads = {} } = FIELD_RULES[name] ?? {};
  const selectionOf = (field: string): string => {
    const of = isObjectType(type) ? type.getFields()[field]?.type : undefined;
    return `{ ${field} ${of === undefined || isLeafType(getNamedType(of)) ? '' : '{ __typename }'} }`;
  };

  test.each(plain)('.%s comes with its object', async (field) => {
    const { query } = way(world.own, selectionOf(field));
    const answer = await world.ask(await world.keyWith([scope]), query);
    expect(answer).toEqual({ data: expect.anything() });
  });

  test.each(Object.entries(leads))('.%s needs %s', async (field, needs) => {
    const { query, at } = way(world.own, selectionOf(field));
    const alone = await world.ask(await world.keyWith([scope]), query);
    const all = await world.ask(await world.keyWith(SCOPES.filter((one) => one !== 'admin')), query);
    expect(all.errors).toBeUndefined();
    if (needs === null) {
      expect(JSON.stringify(all.data)).toContain(`{"${field}":null}`);
      const admin = await world.ask(await world.keyWith(['admin'], null), query);
      expect(JSON.stringify(admin.data)).not.toContain(`"${field}":null`);
    } else if (needs === scope) expect(alone.errors).toBeUndefined();
    else if (alone.errors !== undefined) {
      expect(alone.errors).toMatchObject([{ path: [...at, field], extensions: { code: 'FORBIDDEN', scope: needs } }]);
      // What was refused is in no part of the answer.
      expect(JSON.stringify(alone.data)).not.toContain(OWN_NUMBER);
    } else expect(JSON.stringify(all.data)).toContain(`{"${field}":null}`);
  });
});
