import { parse } from 'graphql';
import { expect, test } from 'vitest';
import type { EventUpdate } from '../../src/application.ts';
import { createContext } from '../../src/graphql/context.ts';
import type { Operation } from '../../src/graphql/executor.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { createSharedResults } from '../../src/graphql/shared-results.ts';
import type { Principal } from '../../src/security/principal.ts';
import { createFakeApplication } from './fake-application.ts';
import { event } from './fake-records.ts';
import { sessionOf } from './sessions.ts';

const DOCUMENT = parse(`
  subscription A($filter: PhoneEventFilter, $after: String, $long: Boolean = false) {
    phoneEvents(filter: $filter, after: $after) {
      ... on PhoneEvent { cursor phone { name } variables @include(if: $long) { value } }
    }
  }
  subscription B { phoneEvents { ... on PhoneEvent { cursor phone { name } } } }
`);
const UPDATE: EventUpdate = { kind: 'event', event: event(1, { type: 'OTHER' }, [{ name: 'n', value: '0301234567' }]) };
const { application, state } = createFakeApplication();

function operation(principal: Partial<Principal> = {}, changed: Partial<Operation> = {}): Operation {
  return {
    document: DOCUMENT,
    operationName: 'A',
    variableValues: {},
    contextValue: createContext({ application, session: sessionOf(principal), requestId: 'r1' }),
    ...changed,
  };
}

/** How many executions the two come to. */
function apart(left: Operation, right: Operation): number {
  const results = createSharedResults(createSchema());
  const both = [results.of(left), results.of(right)];
  const { size } = results;
  for (const one of both) one.release();
  expect(results.size).toBe(0);
  return size;
}

const READER = { scopes: ['events:read', 'phones:read'] } as const;

test.each<[string, Partial<Principal>, Partial<Principal>]>([
  ['scopes', READER, { scopes: ['events:read'] }],
  ['one more scope', READER, { scopes: [...READER.scopes, 'keys:press'] }],
  ['tags', { ...READER, tags: ['a'] }, { ...READER, tags: ['b'] }],
  ['one more tag', { ...READER, tags: ['a'] }, { ...READER, tags: ['a', 'b'] }],
  ['tags that read alike', { ...READER, tags: ['a', 'b'] }, { ...READER, tags: ['a,b'] }],
  ['all phones and none', { ...READER, tags: null }, { ...READER, tags: [] }],
  ['masked numbers', { ...READER, masksNumbers: true }, READER],
])('callers who differ in %s never share', (_what, left, right) => {
  expect(apart(operation(left), operation(right))).toBe(2);
});

test.each<[string, Partial<Operation>, Partial<Operation>]>([
  ['the operation', { operationName: 'A' }, { operationName: 'B' }],
  ['the document', {}, { document: parse('subscription A { phoneEvents { ... on PhoneEvent { cursor } } }') }],
  ['a variable that shows', { variableValues: { long: true } }, { variableValues: { long: false } }],
])('neither do operations that differ in %s', (_what, left, right) => {
  expect(apart(operation(READER, left), operation(READER, right))).toBe(2);
});

test.each<[string, Operation, Operation]>([
  ['another key of the same rights', operation(READER), operation({ ...READER, id: 'k2', name: 'other' })],
  ['a token', operation(READER), operation({ ...READER, kind: 'JWT', id: 'sub', expiresAt: 5 })],
  [
    'scopes and tags in another order',
    operation({ scopes: ['events:read', 'phones:read'], tags: ['a', 'b'] }),
    operation({ scopes: ['phones:read', 'events:read'], tags: ['b', 'a'] }),
  ],
  [
    'other filters and cursors',
    operation(READER, { variableValues: { filter: { types: ['CALL'] }, after: 'e1' } }),
    operation(READER, { variableValues: { filter: null } }),
  ],
])('%s shares', (_what, left, right) => {
  expect(apart(left, right)).toBe(1);
});

test('what is shared is made once an event, and anew a moment later', async () => {
  const results = createSharedResults(createSchema());
  const [left, right] = [results.of(operation(READER)), results.of(operation({ ...READER, id: 'k2' }))];
  const payload = await left.payloadOf(UPDATE);
  expect(payload).not.toBeNull();
  const [first, second] = [left.payloadOf(UPDATE), right.payloadOf(UPDATE)];
  expect(second).toBe(first);
  await Promise.resolve();
  state.phones[0] = { ...state.phones[0], name: 'Renamed' } as (typeof state.phones)[number];
  expect(JSON.stringify(await right.payloadOf(UPDATE))).toContain('Renamed');
});

test.each([
  ['depends on the caller', READER, 'phone { actionUrls { url } }'],
  ['is refused to the caller', { scopes: ['events:read'] } as const, 'phone { name }'],
])('what %s is made for each alone', async (_what, principal, selection) => {
  const document = parse(`subscription { phoneEvents { ... on PhoneEvent { ${selection} } } }`);
  const shared = createSharedResults(createSchema()).of(operation(principal, { document, operationName: null }));
  expect(await shared.payloadOf(UPDATE)).toBeNull();
  expect(await shared.payloadOf(UPDATE)).toBeNull();
});
