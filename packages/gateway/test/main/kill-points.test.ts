import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../store/temporary.ts';
import type { Arm } from '../support/dies-at.ts';
import { ACME_CONFIG, addPhone, type GatewayProcess, startProcess } from '../support/process.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

const PRELOAD = fileURLToPath(new URL('../support/dies-at.ts', import.meta.url));
const DIAL = `mutation ($id: ID!, $to: String!) {
  dial(phoneId: $id, command: { to: $to }, idempotencyKey: $to) { id }
}`;
const COMMANDS = '{ commands { nodes { arguments status settledAt failure { code } } } }';

/** Lines on which the gateway awaits something on a dial's way from its mutation to its proof. */
const LEAST_PLACES = 35;

interface Recorded {
  readonly arguments: { readonly to: string };
  readonly status: string;
  readonly settledAt: string | null;
  readonly failure: { readonly code: string } | null;
}

async function recorded(gateway: GatewayProcess, to: string): Promise<Recorded | undefined> {
  const { commands } = (await gateway.graphql(COMMANDS)) as { commands: { nodes: readonly Recorded[] } };
  return commands.nodes.find((command) => command.arguments.to === to);
}

/**
 * Dials, and resolves when the command is settled: the phone has answered and reported the call. Where the process dies
 * on the way, when it is gone.
 */
async function dial(gateway: GatewayProcess, id: string, to: string): Promise<void> {
  const settled = async (): Promise<void> => {
    await gateway.graphql(DIAL, { id, to });
    while ((await recorded(gateway, to))?.settledAt === null);
  };
  // A process that has died refuses connections.
  await Promise.race([settled().catch(() => gateway.ended), gateway.ended]);
}

test('killed at every place where a dial awaits something: the phone has seen at most one, and nobody is told it failed', {
  timeout: 400_000,
}, async () => {
  await using directory = await temporaryDirectory();
  const config = join(directory.path, 'hookswitch.yaml');
  await writeFile(config, ACME_CONFIG);
  const environment = { HOOKSWITCH_DATA_DIR: join(directory.path, 'data'), HOOKSWITCH_CONFIG: config };
  const start = () => startProcess(environment, { preload: PRELOAD });
  const dials: string[] = [];
  let reportTo = '';
  await using phone = await scriptedPhone(async ({ target }, response) => {
    const to = /^\/dial\?to=(\w+)$/.exec(target)?.[1] ?? '';
    dials.push(to);
    response.end();
    await fetch(`${reportTo}/outgoing?id=${to}&remote=${to}`).catch(() => undefined);
  });

  let places: readonly string[] = [];
  let id = '';
  let token = '';
  {
    await using gateway = start();
    const desk = await addPhone(gateway, { name: 'Desk', address: phone.origin });
    id = desk.id;
    token = new URL(desk.base).pathname;
    reportTo = desk.base;
    await dial(gateway, id, 'warmup');
    await gateway.tell({ diesAt: null } satisfies Arm);
    await dial(gateway, id, 'nobody');
    places = (await gateway.tell('places')) as readonly string[];
  }
  expect(places.length).toBeGreaterThanOrEqual(LEAST_PLACES);
  expect(places.some((place) => place.includes('command-execution'))).toBe(true);

  const outcomes = new Map<string, number>();
  let running = start();
  await using gateways = new AsyncDisposableStack();
  gateways.defer(() => running[Symbol.asyncDispose]());
  for (const [index, diesAt] of places.entries()) {
    const to = `n${index}`;
    reportTo = `${await running.url}${token}`;
    await running.tell({ diesAt } satisfies Arm);
    await dial(running, id, to);
    expect((await running.ended).signal, diesAt).toBe('SIGKILL');

    running = start();
    reportTo = `${await running.url}${token}`;
    const left = await recorded(running, to);
    const sent = dials.filter((one) => one === to).length;
    expect(sent, `dials of ${diesAt}`).toBeLessThanOrEqual(1);
    const { status = 'NOT_RECORDED', failure = null, settledAt = '' } = left ?? {};
    expect(settledAt, diesAt).not.toBeNull();
    // What the phone has seen is never told to have failed; what it has not seen may be.
    const allowed = sent === 1 ? ['UNKNOWN', 'ACCEPTED', 'CONFIRMED'] : ['NOT_RECORDED', 'FAILED', 'UNKNOWN'];
    expect(allowed, diesAt).toContain(status);
    if (status === 'FAILED') expect(failure?.code).toBe('COMMAND_EXPIRED');
    // The client asks again with its key: what was recorded is not sent again.
    await running.graphql(DIAL, { id, to });
    const again = dials.filter((one) => one === to);
    expect(again, `dials of ${diesAt}, asked again`).toHaveLength(left === undefined ? 1 : sent);
    outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
  }
  // Places before it is recorded, before it is sent, and behind that.
  expect([...outcomes.keys()].toSorted()).toEqual(expect.arrayContaining(['FAILED', 'NOT_RECORDED', 'UNKNOWN']));
  expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(places.length);
});
