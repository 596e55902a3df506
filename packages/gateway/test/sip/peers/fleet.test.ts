import type { SipRequest } from '@hookswitch/sip';
import { expect, test } from 'vitest';
import { createRandom } from '../../support/random.ts';
import { type ScriptedSipPhone, scriptedSipPhone } from '../../support/sip-phone.ts';
import { range } from '../../support/wait.ts';
import { D862, sipGateway } from './support/sip-gateway.ts';

const PHONES = 1000;
const LOSS = 0.05;
/** One in a hundred hears everything and answers nothing: all retransmissions are lost on it. */
const SILENT = 100;
/** Requests leave at 0, 0.5 and 1.5 seconds (RFC 3261, T1 = 500 ms). */
const REPLY_SECONDS = 3;

/** A phone behind a network that loses datagrams. */
interface LossyPhone extends AsyncDisposable {
  readonly sip: ScriptedSipPhone;
  /** One of its answers was not lost. */
  answered(): boolean;
  /** The different requests that it took. */
  taken(): number;
}

async function lossyPhone(number: number, isLost: () => boolean): Promise<LossyPhone> {
  const taken = new Set<string>();
  let answered = false;
  const answer = ({ callId, sequence, via }: SipRequest) => {
    if (isLost()) return null;
    taken.add(`${callId} ${sequence.number} ${via.parameters.get('branch')}`);
    if (number % SILENT === 0 || isLost()) return null;
    answered = true;
    return { status: 200 };
  };
  const sip = await scriptedSipPhone(answer, `127.1.${Math.floor(number / 250)}.${(number % 250) + 1}`);
  return {
    sip,
    answered: () => answered,
    taken: () => taken.size,
    [Symbol.asyncDispose]: () => sip[Symbol.asyncDispose](),
  };
}

const RUN = `mutation ($command: CommandInput!) {
  runOnPhones(filter: { tags: ["fleet"] }, command: $command) { id total }
}`;
const PENDING = 'query ($id: ID!) { node(id: $id) { ... on CommandBatch { pending } } }';
const COMMANDS = `query ($id: ID!, $after: String) {
  node(id: $id) {
    ... on CommandBatch {
      commands(first: 200, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { status transport phone { name } }
      }
    }
  }
}`;

interface Page {
  readonly node: {
    readonly commands: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      readonly nodes: readonly {
        readonly status: string;
        readonly transport: string;
        readonly phone: { name: string };
      }[];
    };
  };
}

test('1,000 NOTIFYs to 1,000 phones of both vendors with 5 % loss each way: each ends in the right outcome, none is taken twice', async () => {
  const random = createRandom(5);
  let lost = 0;
  const isLost = (): boolean => {
    const now = random() < LOSS;
    lost += now ? 1 : 0;
    return now;
  };
  await using stack = new AsyncDisposableStack();
  const phones = await Promise.all(range(PHONES).map((number) => lossyPhone(number, isLost)));
  for (const phone of phones) stack.use(phone);
  await using gateway = await sipGateway('{}', REPLY_SECONDS);
  for (const [number, { sip }] of phones.entries()) {
    const vendor = number % 2 === 0 ? D862 : ({ vendor: 'yealink', model: 'T54W', firmware: '96.86.0.70' } as const);
    await gateway.running.addPhone({ ...vendor, name: String(number), sipUri: sip.uri, tags: ['fleet'] });
  }
  const command = { pressKeys: { keys: [{ key: 'VOLUME_UP' }] } };
  const { runOnPhones: batch } = await gateway.ask<{ runOnPhones: { id: string; total: number } }>(RUN, { command });
  expect(batch.total).toBe(PHONES);
  const pending = async () =>
    (await gateway.ask<{ node: { pending: number } }>(PENDING, { id: batch.id })).node.pending;
  await expect.poll(pending, { timeout: 40_000, interval: 100 }).toBe(0);

  const outcomes = new Map<string, string>();
  for (let after: string | null = null, more = true; more; ) {
    const { node }: Page = await gateway.ask<Page>(COMMANDS, { id: batch.id, after });
    for (const { status, transport, phone } of node.commands.nodes) outcomes.set(phone.name, `${status} ${transport}`);
    ({ hasNextPage: more, endCursor: after } = node.commands.pageInfo);
  }
  const expected = phones.map((phone) => (phone.answered() ? 'ACCEPTED SIP_NOTIFY' : 'UNKNOWN SIP_NOTIFY'));
  expect(range(PHONES).map((number) => outcomes.get(String(number)))).toEqual(expected);
  expect(expected.filter((outcome) => outcome.startsWith('UNKNOWN')).length).toBeGreaterThanOrEqual(PHONES / SILENT);
  expect(phones.filter((phone) => phone.taken() > 1)).toEqual([]);
  expect(phones.filter((phone) => phone.taken() === 1).length).toBeGreaterThan(PHONES - 5);
  expect(lost).toBeGreaterThan(50);
  // Timer K holds an answered transaction for five seconds more.
  const transactions = () => gateway.metric('hookswitch_sip_transactions{side="client"}');
  await expect.poll(transactions, { timeout: 20_000, interval: 100 }).toBe(0);
}, 60_000);
