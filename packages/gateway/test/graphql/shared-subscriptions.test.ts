import { type Client, createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Scope } from '../../src/security/scopes.table.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { range } from '../support/wait.ts';
import type { Answer } from './gateway.ts';

const QUERY = `subscription ($filter: PhoneEventFilter) { phoneEvents(filter: $filter) {
  __typename ... on PhoneEvent { phone { name } variables { name value } }
} }`;
const READER: readonly Scope[] = ['events:read', 'phones:read'];

interface Rights {
  readonly scopes?: readonly Scope[];
  readonly tags?: readonly string[] | null;
  readonly masksNumbers?: boolean;
}

/** A client with a key of those rights, on a connection of its own. */
async function clientOf(running: TestGateway, rights: Rights): Promise<Client> {
  const input = { name: 'desk', scopes: READER, tags: null, masksNumbers: false, expiresAt: null, ...rights };
  const { key } = await running.application.apiKeys.create(input, running.caller);
  return createClient({
    url: `${running.gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: key },
    retryAttempts: 0,
  });
}

/** Subscribes, and resolves when that is live. */
async function subscribe(client: Client, query = QUERY, variables: Record<string, unknown> = {}) {
  const answers = client.iterate({ query, variables });
  const next = async (): Promise<Answer> => (await answers.next()).value as Answer;
  expect(await next()).toEqual({ data: { phoneEvents: { __typename: 'CaughtUp' } } });
  return next;
}

test('the same operation tells each caller what that caller may know, whoever else asks', {
  timeout: 20_000,
}, async () => {
  await using running = await testGateway();
  const desk = await running.addPhone({ name: 'Desk', tags: ['sales'] });
  const other = await running.addPhone({ name: 'Other', tags: ['office'] });
  const rights: Readonly<Record<string, Rights>> = {
    all: {},
    'all too': {},
    masked: { masksNumbers: true },
    'masked too': { masksNumbers: true },
    sales: { tags: ['sales'] },
    'masked sales': { tags: ['sales'], masksNumbers: true },
    'events only': { scopes: ['events:read'] },
  };
  const clients = await Promise.all(Object.values(rights).map((one) => clientOf(running, one)));
  const streams = await Promise.all(clients.map((client) => subscribe(client)));
  await running.report(other, 'hello', 'n=0301234567');
  await running.report(desk, 'hello', 'n=0307654321');
  const answers = await Promise.all(
    streams.map(async (next, index) => {
      const count = Object.values(rights)[index]?.tags ? 1 : 2;
      const told: Answer[] = [];
      for (const _ of range(count)) told.push(await next());
      return told;
    }),
  );
  const shown = (phone: string, value: string) => ({
    data: { phoneEvents: { __typename: 'OtherEvent', phone: { name: phone }, variables: [{ name: 'n', value }] } },
  });
  const both = [shown('Other', '0301234567'), shown('Desk', '0307654321')];
  const bothMasked = [shown('Other', '0301***'), shown('Desk', '0307***')];
  expect(answers.slice(0, 6)).toEqual([both, both, bothMasked, bothMasked, [both[1]], [bothMasked[1]]]);
  expect(answers[6]).toMatchObject([
    { errors: [{ path: ['phoneEvents', 'phone'], extensions: { code: 'FORBIDDEN', scope: 'phones:read' } }] },
    { errors: [{ path: ['phoneEvents', 'phone'], extensions: { code: 'FORBIDDEN', scope: 'phones:read' } }] },
  ]);
  for (const client of clients) await client.dispose();
});

test('what has to be waited for comes in the order of the log, to each as often as it subscribed', {
  timeout: 20_000,
}, async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const client = await clientOf(running, {});
  const document =
    'subscription { phoneEvents { __typename ... on CallEvent { call { remote { number } } variables { name value } } } }';
  const streams = await Promise.all(range(5).map(() => subscribe(client, document)));
  const numbers = range(40).map(String);
  for (const n of numbers) await running.report(desk, 'incoming', `n=${n}&id=${n}&remote=${n}`);
  for (const next of streams) {
    const told: unknown[] = [];
    for (const _ of numbers) told.push((await next()).data);
    const text = JSON.stringify(told);
    expect([...text.matchAll(/"name":"n","value":"(\d+)"/g)].map(([, n]) => n)).toEqual(numbers);
    expect([...text.matchAll(/"remote":\{"number":"(\d+)"/g)].map(([, n]) => n)).toEqual(numbers);
  }
  await client.dispose();
});

test('a phone that changes its tags meanwhile is told of to those who may see it from then on', {
  timeout: 20_000,
}, async () => {
  await using running = await testGateway();
  const desk = await running.addPhone({ name: 'Desk', tags: ['sales'] });
  const [sales, office] = [await clientOf(running, { tags: ['sales'] }), await clientOf(running, { tags: ['office'] })];
  const [toSales, toOffice] = [await subscribe(sales), await subscribe(office)];
  await running.report(desk, 'hello', 'n=1');
  await running.application.phones.update(desk.id, { tags: ['office'] }, running.caller);
  await running.report(desk, 'hello', 'n=2');
  await running.application.phones.update(desk.id, { tags: ['sales'] }, running.caller);
  await running.report(desk, 'hello', 'n=3');
  const valueIn = (answer: Answer): string | undefined => /"value":"(\d)"/.exec(JSON.stringify(answer))?.[1];
  expect([valueIn(await toSales()), valueIn(await toSales()), valueIn(await toOffice())]).toEqual(['1', '3', '2']);
  await sales.dispose();
  await office.dispose();
});
