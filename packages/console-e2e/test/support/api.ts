import type { DemoOffice } from '@hookswitch/demo';
import { expect } from 'vitest';

/**
 * Runs an operation at the office's gateway, as a program beside the console would.
 * @throws Error where the gateway refuses it or a command fails
 */
export async function ask<Data>(
  { gateway, apiKey }: DemoOffice,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

const TOLD = '{ status failure { message } }';

/** Gives a command without arguments, or `dial`, to the phone with that number. */
export async function command(
  office: DemoOffice,
  [name, number]: readonly [name: 'answer' | 'dial' | 'hangUp', number: string],
  to?: string,
): Promise<void> {
  const { id } = office.phone(number);
  const argument = to === undefined ? '' : `, command: { to: ${JSON.stringify(to)} }`;
  const data = await ask<{ told: { failure: { message: string } | null } }>(
    office,
    `mutation { told: ${name}(phoneId: ${JSON.stringify(id)}${argument}) ${TOLD} }`,
  );
  if (data.told.failure !== null) throw new Error(data.told.failure.message);
}

const STATES = 'query ($id: ID!) { phone(by: { id: $id }) { activeCalls { state } } }';

/** Waits until the gateway knows the calls of the phone with that number to be in these states. */
export async function callStates(office: DemoOffice, number: string, states: readonly string[]): Promise<void> {
  const { id } = office.phone(number);
  await expect
    .poll(async () => {
      const { phone } = await ask<{ phone: { activeCalls: { state: string }[] } }>(office, STATES, { id });
      return phone.activeCalls.map(({ state }) => state);
    })
    .toEqual(states);
}

/** One calls the other, who answers. */
export async function talk(office: DemoOffice, from: string, to: string): Promise<void> {
  await command(office, ['dial', from], to);
  await callStates(office, to, ['RINGING']);
  await command(office, ['answer', to]);
  await callStates(office, from, ['CONNECTED']);
}
