import { type DemoOffice, startDemoOffice, WEB_LOGIN } from '@hookswitch/demo';
import { createVirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { createVirtualYealinkPhone, openTo } from '@hookswitch/driver-yealink/virtual';
import { createLog } from '@hookswitch/gateway';
import { expect, vi } from 'vitest';

/** What the gateway answered. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

const HOST = '127.0.0.1';

/** A wait ends here only where something never happens. */
const PATIENCE = { timeout: 60_000, interval: 20 } as const;

/** An office on a free port, as the demo starts it; its phones are reached without a registrar. */
export function openOffice(): Promise<DemoOffice> {
  return startDemoOffice({ log: createLog('silent'), registrar: false, environment: { HOOKSWITCH_PORT: '0' } });
}

/** Gives an operation over HTTP. */
export async function ask(
  office: DemoOffice,
  operation: {
    readonly query: string;
    readonly variables?: Readonly<Record<string, unknown>>;
    readonly operationName?: string | undefined;
  },
): Promise<Answer> {
  const response = await fetch(`${office.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${office.apiKey}` },
    body: JSON.stringify(operation),
  });
  return (await response.json()) as Answer;
}

/** Has a person's phone do something, and fails where it does not. */
async function give(office: DemoOffice, number: string, command: string): Promise<void> {
  const [name, argument = ''] = command.split(/(?=\{)/);
  const query = `mutation ($id: ID!) { ${name}(phoneId: $id${argument === '' ? '' : `, command: ${argument}`}) { status failure { message } } }`;
  const { data, errors } = await ask(office, { query, variables: { id: office.phone(number).id } });
  expect({ errors, result: Object.values(data ?? {}) }).toMatchObject({ result: [{ failure: null }] });
}

/** Waits until the gateway knows that the phone has calls in these states, in any order. */
async function untilCalls(office: DemoOffice, number: string, states: readonly string[]): Promise<void> {
  const query = `query ($id: ID!) { phone(by: { id: $id }) { activeCalls { state } } }`;
  const read = async (): Promise<unknown> => {
    const { data } = await ask(office, { query, variables: { id: office.phone(number).id } });
    const phone = data?.['phone'] as { readonly activeCalls: readonly { readonly state: string }[] };
    return phone.activeCalls.map(({ state }) => state).sort();
  };
  await vi.waitFor(async () => expect(await read()).toEqual([...states].sort()), PATIENCE);
}

/** Waits until the gateway knows that the phone has a call. */
export async function untilBusy(office: DemoOffice, number: string): Promise<void> {
  const query = `query ($id: ID!) { phone(by: { id: $id }) { activeCalls { id } } }`;
  await vi.waitFor(async () => {
    const { data } = await ask(office, { query, variables: { id: office.phone(number).id } });
    expect(data).not.toMatchObject({ phone: { activeCalls: [] } });
  }, PATIENCE);
}

/** Who calls a phone, and who is asked in its consultations. */
const CALLER = '201';
const COLLEAGUE = '203';

/** What may be going on at a block's phone before it is run, by the word in the mark. */
export const SCENES: Readonly<Record<string, (office: DemoOffice, number: string) => Promise<void>>> = {
  async ringing(office, number) {
    await give(office, callerOf(number), `dial{ to: "${number}" }`);
    await untilCalls(office, number, ['RINGING']);
  },
  async talking(office, number) {
    await SCENES['ringing']?.(office, number);
    await give(office, number, 'answer');
    await untilCalls(office, number, ['CONNECTED']);
  },
  async consulting(office, number) {
    await SCENES['talking']?.(office, number);
    await give(office, number, `transfer{ to: "${COLLEAGUE}", kind: ATTENDED }`);
    await untilCalls(office, number, ['HELD', 'DIALING']);
    await untilCalls(office, COLLEAGUE, ['RINGING']);
    await give(office, COLLEAGUE, 'answer');
    await untilCalls(office, number, ['HELD', 'CONNECTED']);
  },
  async missed(office, number) {
    await SCENES['ringing']?.(office, number);
    await give(office, callerOf(number), 'hangUp');
    await untilCalls(office, number, []);
  },
};

function callerOf(number: string): string {
  return number === CALLER ? '202' : CALLER;
}

/** Lets happen at a phone what that text subscribes to: a call comes and goes; where it names switches, one is turned over. */
export async function stir(office: DemoOffice, number: string, text: string): Promise<void> {
  await SCENES['missed']?.(office, number);
  // A switch that is turned over ever again is refused by the gateway.
  if (!text.includes('FEATURE')) return;
  await give(office, number, 'setDoNotDisturb{ enabled: true }');
  await give(office, number, 'setDoNotDisturb{ enabled: false }');
}

/** Ends all calls, so that the next block finds the office as it was. */
export async function clearCalls(office: DemoOffice): Promise<void> {
  const busy = office.phones.filter(({ phone }) => phone.calls.length > 0);
  for (const { person } of busy) {
    await ask(office, {
      query: 'mutation ($id: ID!) { hangUpAll(phoneId: $id) { status } }',
      variables: { id: office.phone(person.number).id },
    });
  }
  await vi.waitFor(() => expect(office.exchange.calls()).toEqual([]), PATIENCE);
  for (const { person } of office.phones) await untilCalls(office, person.number, []);
}

/** A phone that the gateway does not know yet. */
export interface SparePhone extends AsyncDisposable {
  readonly address: string;
  readonly mac: string;
}

/** Starts a phone that is no one's: `snom D735 10.1.33.33`. It is stopped with {@link AsyncDisposable}. */
export async function spare(office: DemoOffice, words: readonly string[]): Promise<SparePhone> {
  const [vendor, model = '', firmware = ''] = words;
  const common = { model, firmware, exchange: office.exchange, host: HOST };
  const { username: user, password } = WEB_LOGIN;
  const phone =
    vendor === 'snom'
      ? createVirtualSnomPhone({
          ...common,
          mac: '000413100199',
          identities: [{ number: '199', displayName: 'Spare' }],
          login: { user, password },
          settings: { use_hidden_tags: 'off' },
        })
      : createVirtualYealinkPhone({
          ...common,
          mac: '805ec0100299',
          number: '299',
          displayName: 'Spare',
          credentials: WEB_LOGIN,
          settings: openTo(HOST),
        });
  await phone.start();
  return { address: phone.address, mac: phone.mac, [Symbol.asyncDispose]: () => phone.stop() };
}
