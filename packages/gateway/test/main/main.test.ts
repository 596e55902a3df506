import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryDirectory } from '../store/temporary.ts';
import { ADMIN_KEY } from '../support/gateway.ts';
import { ACME_CONFIG, addPhone, startProcess } from '../support/process.ts';
import { scriptedPhone, staysSilent } from '../support/scripted-phone.ts';

// Each starts processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

async function withConfig(text: string = ACME_CONFIG) {
  const directory = await temporaryDirectory();
  const config = join(directory.path, 'hookswitch.yaml');
  await writeFile(config, text);
  return {
    environment: { HOOKSWITCH_DATA_DIR: join(directory.path, 'data'), HOOKSWITCH_CONFIG: config },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

/** Reads until it holds what is wanted. */
async function readUntil(body: ReadableStream<Uint8Array> | null, wanted: string): Promise<void> {
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes(wanted)) return;
  }
  throw new Error(`it ended before "${wanted}": ${text}`);
}

test('all faults of the configuration stand on stderr, with exit code 1', async () => {
  await using setup = await withConfig('prot: 1\n');
  await using gateway = startProcess({ ...setup.environment, HOOKSWITCH_PORT: 'http', HOOKSWITCH_SECRET_KEY: 'x' });
  expect(await gateway.ended).toEqual({ code: 1, signal: null });
  expect(gateway.errors()).toMatch(/^Hookswitch cannot start:\n( {2}- .*\n){3}$/);
  expect(gateway.errors()).toMatch(/HOOKSWITCH_PORT[\s\S]*HOOKSWITCH_SECRET_KEY/);
  expect(gateway.errors()).toContain('"prot"');
});

test('a configuration file that cannot be read is one fault among the others', async () => {
  await using gateway = startProcess({ HOOKSWITCH_CONFIG: '/no/such/file.yaml', HOOKSWITCH_PORT: 'http' });
  expect(await gateway.ended).toEqual({ code: 1, signal: null });
  expect(gateway.errors()).toMatch(/HOOKSWITCH_CONFIG: [\s\S]*HOOKSWITCH_PORT: /);
});

test('a driver that cannot be loaded keeps the gateway from nothing; it is listed with what is wrong with it', async () => {
  await using setup = await withConfig(
    `drivers: [./new.mjs, driver-that-is-not-there]\nphones: [{ name: Desk, vendor: gone, address: 'http://127.0.0.9' }]\n`,
  );
  await writeFile(
    join(setup.environment.HOOKSWITCH_CONFIG, '..', 'new.mjs'),
    `export const driver = { vendor: 'new', contractVersion: '2.3.0', capabilitiesFor: () => ({}), actionUrls: {}, options: {} };`,
  );
  await using gateway = startProcess(setup.environment);
  const url = await gateway.url;
  const { drivers, phones } = (await gateway.graphql(
    '{ drivers { vendor health { state fault } } phones { nodes { id name vendor capabilities { capability } } } }',
  )) as { readonly drivers: unknown; readonly phones: { readonly nodes: readonly { readonly id: string }[] } };
  const fault = (text: RegExp) => ({ state: 'BROKEN', fault: expect.stringMatching(text) as string });
  expect(drivers).toEqual([
    { vendor: 'generic', health: { state: 'RUNNING', fault: null } },
    { vendor: 'new.mjs', health: fault(/^it is written for version 2\.3\.0 .* has 1\.4\.0/) },
    { vendor: 'driver-that-is-not-there', health: fault(/^there is no such package/) },
  ]);
  const ready = await fetch(`${url}/health/ready`);
  expect([ready.status, await ready.text()]).toEqual([
    200,
    'ready\nstore: ok\nspool: ok, empty\ndriver new.mjs: BROKEN\ndriver driver-that-is-not-there: BROKEN\n',
  ]);
  // Its phone is known, and says why nothing can be done with it.
  expect(phones.nodes).toMatchObject([{ name: 'Desk', vendor: 'gone', capabilities: [] }]);
  const { dial } = await gateway.graphql(
    'mutation ($id: ID!) { dial(phoneId: $id, command: { to: "1" }) { status failure { code message retryable } } }',
    { id: phones.nodes[0]?.id },
  );
  expect(dial).toMatchObject({ status: 'FAILED', failure: { code: 'DRIVER_FAILED', retryable: false } });
});

test('the first API key is made and shown once; the port that was chosen is logged', async () => {
  await using setup = await withConfig();
  const environment = { ...setup.environment, HOOKSWITCH_ADMIN_KEY: '' };
  await using first = startProcess(environment);
  const url = await first.url;
  expect(new URL(url).port).not.toBe('0');
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  await expect.poll(() => first.output()).toMatch(/API key .*: hsk_/);
  const key = /hsk_[\w-]+/.exec(first.output())?.[0];
  const ask = (bearer = '') =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: '{"query":"{ phones { totalCount } }"}',
    }).then((response) => response.json());
  expect(await ask(key)).toEqual({ data: { phones: { totalCount: 0 } } });
  expect(await ask(ADMIN_KEY)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  first.kill('SIGTERM');
  expect(await first.ended).toEqual({ code: 0, signal: null });
  await using second = startProcess(environment);
  await second.url;
  second.kill('SIGINT');
  expect(await second.ended).toEqual({ code: 0, signal: null });
  expect(second.output()).not.toContain('hsk_');
});

test('a second gateway on the same data directory is refused, in words', async () => {
  await using setup = await withConfig();
  await using first = startProcess(setup.environment);
  await first.url;
  await using second = startProcess(setup.environment);
  expect(await second.ended).toEqual({ code: 1, signal: null });
  expect(second.errors()).toMatch(/in use by another Hookswitch gateway \(process \d+\)/);
  expect((await fetch(`${await first.url}/health/ready`)).status).toBe(200);
});

test('so is a port that is taken', async () => {
  await using setup = await withConfig();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const environment = { ...setup.environment, HOOKSWITCH_ADMIN_KEY: '' };
  await using gateway = startProcess({ ...environment, HOOKSWITCH_PORT: String(port) });
  expect(await gateway.ended).toEqual({ code: 1, signal: null });
  expect(gateway.errors()).toContain(`${port}`);
  expect(gateway.output()).not.toContain('hsk_');
  server.close();
  // The first key was not spent on it.
  await using next = startProcess(environment);
  await next.url;
  await expect.poll(() => next.output()).toContain('hsk_');
});

test('SIGTERM ends it with 0 while a subscription and a command are open', { timeout: 30_000 }, async () => {
  await using setup = await withConfig(
    `${ACME_CONFIG}policy: { replyTimeoutSeconds: 60, commandTimeoutSeconds: 60 }\n`,
  );
  await using phone = await scriptedPhone(staysSilent);
  await using gateway = startProcess(setup.environment);
  const { id } = await addPhone(gateway, { name: 'Desk', address: phone.origin });
  const subscription = await fetch(`${await gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ADMIN_KEY}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
    },
    body: JSON.stringify({ query: 'subscription { phoneEvents { ... on CaughtUp { cursor } } }' }),
  });
  await readUntil(subscription.body, 'cursor');
  const closed = Promise.withResolvers<unknown>();
  const client = createClient({
    url: `${(await gateway.url).replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: ADMIN_KEY },
    retryAttempts: 0,
    on: { closed: (event) => closed.resolve(event) },
  });
  const updates = client.iterate({ query: 'subscription { phoneEvents { __typename } }' });
  expect(await updates.next()).toMatchObject({ value: { data: { phoneEvents: { __typename: 'CaughtUp' } } } });
  const command = gateway.graphql('mutation ($id: ID!) { reboot(phoneId: $id) { id status } }', { id });
  await phone.received(1);
  gateway.kill('SIGTERM');
  expect(await command).toMatchObject({ reboot: { status: 'UNKNOWN' } });
  expect(await closed.promise).toMatchObject({ code: 1012 });
  expect(await gateway.ended).toEqual({ code: 0, signal: null });
  expect(gateway.errors()).toBe('');

  await using next = startProcess(setup.environment);
  const { commands } = await next.graphql('{ commands { nodes { name status settledAt } } }');
  expect(commands).toMatchObject({ nodes: [{ name: 'reboot', status: 'UNKNOWN', settledAt: expect.any(String) }] });
});

test('one that listens everywhere wants to be told where phones find it', async () => {
  await using setup = await withConfig();
  await using gateway = startProcess({ ...setup.environment, HOOKSWITCH_HOST: '0.0.0.0' });
  await gateway.url;
  expect(gateway.output()).toContain('HOOKSWITCH_PUBLIC_URL');
});
