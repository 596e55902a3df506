import { type DocumentNode, Kind, OperationTypeNode, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DemoOffice } from '../src/office.ts';
import { openOffice } from './support/open-office.ts';

describe('GraphiQL', () => {
  test('opens with a query, mutations and a subscription, and with the key', async () => {
    const office = await openOffice();
    const page = await fetch(`${office.gateway.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    const html = await page.text();
    for (const { query } of office.tabs) expect(html).toContain(JSON.stringify(query).slice(1, 40));
    expect(html).toContain(`Bearer ${office.apiKey}`);
    expect(html).toContain(office.phone('101').id);
    const kinds = office.tabs.map(({ query }) => new Set(operationsIn(parse(query)).map(({ operation }) => operation)));
    expect(kinds).toEqual([
      new Set([OperationTypeNode.QUERY]),
      new Set([OperationTypeNode.MUTATION]),
      new Set([OperationTypeNode.SUBSCRIPTION]),
    ]);
  });

  test('every operation of every tab runs as it is, in its order', async () => {
    const office = await openOffice();
    const [query, mutations, subscription] = office.tabs.map((tab) => tab.query);
    const told = follow(office, subscription ?? '');
    onTestFinished(() => told.client.dispose());
    expect((await told.updates.next()).value).toMatchObject({ data: { phoneEvents: { __typename: 'CaughtUp' } } });

    const [, phones] = await run(office, query ?? '');
    expect(phones).toMatchObject({ data: { phones: { totalCount: office.phones.length } } });

    const names = operationsIn(parse(mutations ?? '')).map(({ name }) => name?.value ?? '');
    expect(names).toEqual(['Dial', 'Answer', 'Hold', 'Resume', 'HangUp']);
    // Told by whom: the next operation is given to a phone that has told where its own call stands.
    const proofs = [
      'David Cohen INCOMING',
      ...['CONNECTED', 'HELD', 'RESUMED', 'ENDED'].map((kind) => `Anna Ritter ${kind}`),
    ];
    for (const [index, proof] of proofs.entries()) {
      const [status, answer] = await run(office, mutations ?? '', names[index]);
      expect(status).toBe(200);
      expect(Object.values(answer.data ?? {}), names[index] ?? '').toMatchObject([
        { status: expect.stringMatching(/^(ACCEPTED|CONFIRMED)$/), failure: null },
      ]);
      for (let event = ''; event !== proof; ) {
        const { value, done } = await told.updates.next();
        expect(done, `the subscription ended before ${proof}`).not.toBe(true);
        const { phone, callEventKind } = value?.data?.phoneEvents ?? {};
        event = `${phone?.name} ${callEventKind}`;
      }
    }
  });

  test('has no key in it where other machines reach the page', async () => {
    const environment = { HOOKSWITCH_HOST: '0.0.0.0', HOOKSWITCH_PUBLIC_URL: 'http://127.0.0.1:9' };
    const office = await openOffice({ people: [], environment });
    expect(office.graphiqlHasKey).toBe(false);
    const { port } = new URL(office.gateway.url);
    const page = await fetch(`http://127.0.0.1:${port}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain(office.apiKey);
  });
});

function operationsIn(document: DocumentNode) {
  return document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

type Answer = { readonly data?: Readonly<Record<string, unknown>>; readonly errors?: unknown };

async function run(office: DemoOffice, query: string, operationName?: string): Promise<readonly [number, Answer]> {
  const response = await fetch(`${office.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${office.apiKey}` },
    body: JSON.stringify({ query, operationName }),
  });
  return [response.status, (await response.json()) as Answer];
}

function follow(office: DemoOffice, query: string) {
  const client = createClient({
    url: `${office.gateway.url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${office.apiKey}` },
  });
  type Update = {
    readonly phoneEvents: { readonly phone?: { readonly name: string }; readonly callEventKind?: string };
  };
  return { client, updates: client.iterate<Update>({ query }) };
}
