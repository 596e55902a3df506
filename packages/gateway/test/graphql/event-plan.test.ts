import {
  execute,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import type { EventUpdate } from '../../src/application.ts';
import { createContext, type GraphqlContext } from '../../src/graphql/context.ts';
import { fragmentsOf, planEvents } from '../../src/graphql/event-plan.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { createRandom } from '../support/random.ts';
import { range } from '../support/wait.ts';
import { createFakeApplication } from './fake-application.ts';
import { event, ONE_OF_EACH } from './fake-records.ts';
import { sessionOf } from './sessions.ts';

const schema = createSchema();
const OPERATIONS = 150;
const UPDATES: readonly EventUpdate[] = [
  ...ONE_OF_EACH.map((one) => ({ kind: 'event' as const, event: one })),
  {
    kind: 'event',
    event: event(77, { type: 'OTHER' }, [
      { name: 'display', value: 'Zoë „☎" \u2028 😀 "quoted\\"' },
      { name: '', value: '' },
    ]),
  },
  { kind: 'caughtUp', cursor: 'e6' },
  { kind: 'missed', reason: 'SUBSCRIBER_TOO_SLOW', resumeCursor: 'e1' },
];

const CALL_OF_EVENT = 'subscription { phoneEvents { ... on CallEvent { call { id state remote { number } } } } }';

function contextOf(): GraphqlContext {
  const { application } = createFakeApplication();
  return createContext({ application, session: sessionOf({}), requestId: 'r1' });
}

function planOf(text: string, variableValues: Readonly<Record<string, unknown>> = {}) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document, null);
  if (!operation) throw new Error('no operation');
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues);
  const plan = planEvents({ schema, operation, fragments: fragmentsOf(document), variables: coerced });
  const byGraphqlJs = (rootValue: EventUpdate, contextValue: GraphqlContext) =>
    execute({ schema, document, rootValue, contextValue, variableValues });
  return { plan, byGraphqlJs };
}

/** Writes selections of a type, of anything that it has. */
function randomSelections(random: () => number) {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const directive = (): string =>
    random() < 0.15 ? pick([' @include(if: $yes)', ' @skip(if: $yes)', ' @skip(if: $no)']) : '';
  let next = 0;
  const field = (type: GraphQLOutputType, depth: number): string => {
    const named = getNamedType(type);
    const selection = isCompositeType(named) ? ` ${selections(named, depth - 1)}` : '';
    return `${directive()}${selection}`;
  };
  function selections(type: ReturnType<typeof getNamedType>, depth: number): string {
    const parts: string[] = ['__typename'];
    if ((isUnionType(type) || isInterfaceType(type)) && depth > 0) {
      const possible = schema.getPossibleTypes(type);
      for (const _ of range(1 + Math.floor(random() * 3))) {
        const one: GraphQLObjectType = pick(possible);
        const condition = pick([one, one, ...one.getInterfaces(), type]);
        parts.push(`... on ${condition.name}${directive()} ${selections(condition, depth - 0.5)}`);
      }
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (one) => !one.args.some(isRequiredArgument) && (depth > 0 || !isCompositeType(getNamedType(one.type))),
      );
      for (const _ of range(fields.length === 0 ? 0 : 1 + Math.floor(random() * 4))) {
        const one = pick(fields);
        // Of one name only with one meaning; often the same field twice.
        const alias = random() < 0.3 ? `a${next++}: ` : '';
        const selected = field(getNullableType(one.type), depth);
        if (alias === '' && isCompositeType(getNamedType(one.type))) parts.push(`a${next++}: ${one.name}${selected}`);
        else parts.push(`${alias}${one.name}${selected}`);
      }
    }
    if (random() < 0.2) parts.push(...parts.filter(() => random() < 0.5));
    return `{ ${parts.join(' ')} }`;
  }
  return selections(schema.getType('PhoneEventUpdate') as ReturnType<typeof getNamedType>, 3);
}

test('a plan tells what graphql-js tells, octet by octet, or nothing', async () => {
  const random = createRandom(20_261_122);
  const told = { byPlan: 0, byGraphqlJs: 0 };
  for (const _ of range(OPERATIONS)) {
    const text = `subscription ($yes: Boolean = true, $no: Boolean!) { ...Root }
      fragment Root on Subscription { events: phoneEvents { ...Told y: __typename @include(if: $yes) n: __typename @skip(if: $no) } }
      fragment Told on PhoneEventUpdate ${randomSelections(random)}`;
    const { plan, byGraphqlJs } = planOf(text, { no: false });
    for (const update of UPDATES) {
      const byPlan = plan.run(update, contextOf());
      if (byPlan === null) {
        told.byGraphqlJs += 1;
        continue;
      }
      told.byPlan += 1;
      expect(byPlan).toBe(JSON.stringify(await byGraphqlJs(update, contextOf())));
    }
  }
  // Both happen, or this would prove nothing.
  expect(told.byPlan).toBeGreaterThan(300);
  expect(told.byGraphqlJs).toBeGreaterThan(100);
});

test.each([
  ['what is waited for', CALL_OF_EVENT],
  ['what depends on the caller', 'subscription { phoneEvents { ... on PhoneEvent { phone { actionUrls { url } } } } }'],
])('%s is left to graphql-js', (_what, text) => {
  const { plan } = planOf(text);
  const [update] = UPDATES;
  expect(plan.run(update, contextOf().withoutIdentity())).toBeNull();
});

test('what one event waits for is left to graphql-js, and the next event that has it at hand is not', async () => {
  const { plan, byGraphqlJs } = planOf(CALL_OF_EVENT);
  const update = UPDATES.find((one) => one.kind === 'event' && one.event.event.type === 'CALL');
  if (update === undefined) throw new Error('none is of a call');
  const { application } = createFakeApplication();
  const at = (ofEvent: typeof application.calls.ofEvent): GraphqlContext =>
    createContext({
      application: { ...application, calls: { ...application.calls, ofEvent } },
      session: sessionOf({}),
      requestId: 'r1',
    });
  const stored = at(application.calls.ofEvent);
  expect(plan.run(update, stored)).toBeNull();
  const told = await byGraphqlJs(update, stored);
  expect(told).toMatchObject({ data: { phoneEvents: { call: { state: expect.any(String) } } } });
  const call = update.kind === 'event' ? await application.calls.ofEvent(update.event) : null;
  expect(
    plan.run(
      update,
      at(() => call),
    ),
  ).toBe(JSON.stringify(told));
});

test('an error is left to graphql-js, and the next event is not', () => {
  const { plan } = planOf('subscription { phoneEvents { ... on PhoneEvent { phone { name } } } }');
  const known = { kind: 'event', event: event(1, { type: 'OTHER' }) };
  const gone = { kind: 'event', event: { ...event(2, { type: 'OTHER' }), phoneId: 'nobody' } };
  const context = contextOf();
  expect(plan.run(gone, context)).toBeNull();
  expect(plan.run(known, context)).toBe('{"data":{"phoneEvents":{"phone":{"name":"Phone p"}}}}');
});
