import type { CommandName } from '@hookswitch/core';
import { createClient } from 'graphql-ws';
import { createGraphqlClient } from '../../src/graphql-client.ts';
import type { DemoOffice } from '../../src/office.ts';

/** What became of a command. */
export interface CommandView {
  readonly id: string;
  readonly status: string;
  readonly transport: string | null;
  readonly changed: boolean | null;
  readonly settledAt: string | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

const FIELDS = 'id status transport changed settledAt failure { code message }';

/** Gives an operation over HTTP. */
export function ask<Data>(
  office: DemoOffice,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  return createGraphqlClient(office.gateway.url, office.apiKey).request<Data>(query, variables);
}

/** Gives a command by its own mutation over HTTP. */
export async function give(
  office: DemoOffice,
  number: string,
  [name, command]: readonly [CommandName, Readonly<Record<string, unknown>>],
): Promise<CommandView> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Command`;
  const query = `mutation ($id: ID!, $command: ${type}!) { result: ${name}(phoneId: $id, command: $command) { ${FIELDS} } }`;
  const variables = { id: office.phone(number).id, command };
  return (await ask<{ result: CommandView }>(office, query, variables)).result;
}

/** The command once it is settled: proofs are waited for so long as the gateway waits. Over WebSocket. */
export async function settledCommand(office: DemoOffice, id: string): Promise<CommandView> {
  const client = createClient({
    url: `${office.gateway.url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${office.apiKey}` },
    retryAttempts: 0,
  });
  const query = `subscription ($id: ID!) { command(id: $id) { ${FIELDS} } }`;
  try {
    let last: CommandView | undefined;
    for await (const { data } of client.iterate<{ command: CommandView }>({ query, variables: { id } }))
      last = data?.command;
    if (last === undefined || last.settledAt === null)
      throw new Error(`The subscription to ${id} ended before it was settled.`);
    return last;
  } finally {
    await client.dispose();
  }
}
