import { writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { ACME_CONFIG, addPhone, type GatewayProcess, startProcess } from '../support/process.ts';
import { resets, scriptedPhone, staysSilent } from '../support/scripted-phone.ts';
import { range } from '../support/wait.ts';

async function withConfig(text: string = ACME_CONFIG) {
  const directory = await temporaryDirectory();
  const dataDir = join(directory.path, 'data');
  const config = join(directory.path, 'hookswitch.yaml');
  await writeFile(config, text);
  return {
    dataDir,
    environment: { HOOKSWITCH_DATA_DIR: dataDir, HOOKSWITCH_CONFIG: config },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

const DIAL = `mutation ($id: ID!, $to: String!, $key: String) {
  dial(phoneId: $id, command: { to: $to }, idempotencyKey: $key) { id status }
}`;
const COMMANDS = '{ commands { nodes { id arguments status settledAt failure { code } } } }';

test('killed between the request and the reply: what was sent is UNKNOWN, what waited has expired', {
  timeout: 30_000,
}, async () => {
  await using setup = await withConfig();
  await using phone = await scriptedPhone(staysSilent);
  await using gateway = startProcess(setup.environment);
  const { id } = await addPhone(gateway, { name: 'Desk', address: phone.origin });
  const answers = range(3).map((n) => gateway.graphql(DIAL, { id, to: `10${n}`, key: `key ${n}` }).catch(() => 'cut'));
  await phone.received(1);
  await expect.poll(async () => (await recorded(gateway)).length).toBe(3);
  gateway.kill('SIGKILL');
  expect(await Promise.all(answers)).toEqual(['cut', 'cut', 'cut']);

  phone.script = (_request, response) => void response.end();
  await using next = startProcess(setup.environment);
  const nodes = await recorded(next);
  const sent = nodes.filter(({ status }) => status === 'UNKNOWN');
  expect(sent).toHaveLength(1);
  expect(nodes.filter(({ failure }) => failure?.code === 'COMMAND_EXPIRED')).toHaveLength(2);
  expect(nodes.every(({ settledAt }) => settledAt !== null)).toBe(true);
  // The same key gives the same answer, and nothing is sent again.
  const to = sent[0]?.arguments.to ?? '';
  expect(await next.graphql(DIAL, { id, to, key: `key ${to.slice(-1)}` })).toEqual({
    dial: { id: sent[0]?.id, status: 'UNKNOWN' },
  });
  expect(phone.requests).toHaveLength(1);
});

interface RecordedCommand {
  readonly id: string;
  readonly status: string;
  readonly settledAt: string | null;
  readonly arguments: { readonly to: string };
  readonly failure: { readonly code: string } | null;
}

async function recorded(gateway: GatewayProcess): Promise<readonly RecordedCommand[]> {
  const { commands } = await gateway.graphql(COMMANDS);
  return (commands as { readonly nodes: readonly RecordedCommand[] }).nodes;
}

test('a command that was answered UNKNOWN is so after a kill', { timeout: 30_000 }, async () => {
  await using setup = await withConfig();
  await using phone = await scriptedPhone(resets);
  await using gateway = startProcess(setup.environment);
  const { id } = await addPhone(gateway, { name: 'Desk', address: phone.origin });
  await gateway.graphql(DIAL, { id, to: '101' });
  gateway.kill('SIGKILL');
  await gateway.ended;
  await using next = startProcess(setup.environment);
  expect(await recorded(next)).toMatchObject([{ status: 'UNKNOWN', settledAt: expect.any(String) }]);
});

const ROUNDS = 6;
const CLIENTS = 16;

/** Reports one event after the other on connections of its own, until the gateway is gone. */
async function reportForEver(base: string, name: string, told: (event: string) => void): Promise<void> {
  const agent = new Agent({ keepAlive: false });
  for (let n = 0; ; n += 1) {
    const event = `${name}-${n}`;
    const status = await new Promise<number | null>((resolve) => {
      request(`${base}/incoming?id=${event}&remote=101&n=${event}`, { agent }, (response) => {
        response.resume();
        resolve(response.statusCode ?? null);
      })
        .on('error', () => resolve(null))
        .end();
    });
    if (status !== 200) return;
    told(event);
  }
}

test('killed under load, round after round: every event that was answered 200 is in the log, once', {
  timeout: 60_000,
}, async () => {
  await using setup = await withConfig();
  const answered = new Set<string>();
  for (const round of range(ROUNDS)) {
    await using gateway = startProcess(setup.environment);
    const { base } = await addPhone(gateway, { name: `Desk ${round}` });
    const enough = Promise.withResolvers<void>();
    const before = answered.size;
    const clients = range(CLIENTS).map((client) =>
      reportForEver(base, `${round}-${client}`, (event) => {
        answered.add(event);
        // A different moment each round.
        if (answered.size - before === 50 + round * 37) enough.resolve();
      }),
    );
    await enough.promise;
    gateway.kill('SIGKILL');
    await Promise.all([gateway.ended, ...clients]);
  }
  const store = await openSqliteStore({ dataDir: setup.dataDir });
  const logged: string[] = [];
  for (let after = 0; ; ) {
    const page = await store.events.read({}, { after, limit: 1_000 });
    logged.push(...page.map(({ variables }) => variables.find(({ name }) => name === 'n')?.value ?? ''));
    after = page.at(-1)?.sequence ?? after;
    if (page.length === 0) break;
  }
  await store.close();
  expect(new Set(logged).size).toBe(logged.length);
  const kept = new Set(logged);
  expect([...answered].filter((event) => !kept.has(event))).toEqual([]);
  expect(answered.size).toBeGreaterThan(ROUNDS * 50);

  // The calls that were derived fit the log: each of these events began one.
  await using gateway = startProcess(setup.environment);
  const { calls } = await gateway.graphql('{ calls(first: 500) { nodes { state } } }');
  expect((calls as { readonly nodes: readonly unknown[] }).nodes).toHaveLength(Math.min(500, logged.length));
});
