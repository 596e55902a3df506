import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryDirectory } from '../store/temporary.ts';
import { type GatewayProcess, startProcess } from './process.ts';

const KEY = 'key-of-the-tests-0123456789';

async function directory(): Promise<string> {
  const made = await temporaryDirectory();
  onTestFinished(() => made[Symbol.asyncDispose]());
  return made.path;
}

function start(environment: Readonly<Record<string, string>>): GatewayProcess {
  const started = startProcess(environment);
  onTestFinished(async () => {
    started.child.kill('SIGKILL');
    await started.exit;
  });
  return started;
}

async function query(url: string, text: string, key = KEY): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: text }),
  });
  const { data } = (await response.json()) as { readonly data: unknown };
  return data;
}

describe('the process', () => {
  test('tells every fault of its configuration on standard error and exits with 1', async () => {
    const { exit, errors, output } = start({
      HOOKSWITCH_PORT: 'many',
      HOOKSWITCH_ALLOWED_TARGETS: 'all',
      HOOKSWITCH_CONFIG: '',
    });
    expect(await exit).toBe(1);
    expect(errors()).toMatch(
      /^Hookswitch cannot start:\n {2}- HOOKSWITCH_PORT: .*\n {2}- HOOKSWITCH_ALLOWED_TARGETS: .*\n$/,
    );
    expect(output()).toBe('');
  });

  test('tells that the configuration file is not there', async () => {
    const { exit, errors } = start({ HOOKSWITCH_CONFIG: join(await directory(), 'none.yaml') });
    expect(await exit).toBe(1);
    expect(errors()).toContain('HOOKSWITCH_CONFIG: ENOENT');
  });

  test('refuses a driver of another contract with both versions named, and one that is not there', async () => {
    const folder = await directory();
    const file = join(folder, 'hookswitch.yaml');
    await writeFile(file, "drivers: ['./future.mjs', '@hookswitch/driver-none']\n");
    await writeFile(join(folder, 'future.mjs'), futureDriver);
    const { exit, errors } = start({ HOOKSWITCH_CONFIG: file, HOOKSWITCH_DATA_DIR: join(folder, 'data') });
    expect(await exit).toBe(1);
    expect(errors()).toMatch(/\.\/future\.mjs: .*7\.3\.0.*1\.0\.0/);
    expect(errors()).toContain('@hookswitch/driver-none: there is no such package');
  });

  test('makes an admin key once, prints it once, and opens with it', async () => {
    const HOOKSWITCH_DATA_DIR = join(await directory(), 'data');
    const first = start({ HOOKSWITCH_DATA_DIR });
    const url = await first.url;
    await expect.poll(() => first.output()).toMatch(/API key/);
    const key = /hsk_[\w-]+/.exec(first.output())?.[0] ?? '';
    expect(await query(url, '{ drivers { vendor } }', key)).toEqual({
      drivers: [{ vendor: 'snom' }, { vendor: 'yealink' }],
    });
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    const second = start({ HOOKSWITCH_DATA_DIR });
    expect(await query(await second.url, '{ drivers { vendor } }', key)).not.toBeNull();
    expect(second.output()).not.toContain('hsk_');
  });

  test('refuses a data directory that another process has', async () => {
    const HOOKSWITCH_DATA_DIR = join(await directory(), 'data');
    await start({ HOOKSWITCH_DATA_DIR }).url;
    const { exit, errors } = start({ HOOKSWITCH_DATA_DIR });
    expect(await exit).toBe(1);
    expect(errors()).toMatch(/in use by another Hookswitch gateway/);
  });

  test('exits with 0 on SIGTERM while a subscription is open and a command waits for its phone', async () => {
    const dead = createServer(() => {});
    await new Promise<void>((resolve) => dead.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      dead.closeAllConnections();
      dead.close();
    });
    const address = `http://127.0.0.1:${(dead.address() as AddressInfo).port}`;
    const folder = await directory();
    const HOOKSWITCH_CONFIG = join(folder, 'hookswitch.yaml');
    await writeFile(HOOKSWITCH_CONFIG, 'policy: { replyTimeoutSeconds: 1 }\n');
    const started = start({
      HOOKSWITCH_CONFIG,
      HOOKSWITCH_DATA_DIR: join(folder, 'data'),
      HOOKSWITCH_ADMIN_KEY: KEY,
      HOOKSWITCH_ALLOWED_TARGETS: '127.0.0.0/8',
    });
    const url = await started.url;
    const added = (await query(
      url,
      `mutation { addPhone(input: { name: "Dead", vendor: "snom", model: "D785", address: "${address}" }) { ... on Phone { id } } }`,
    )) as {
      readonly addPhone: { readonly id: string };
    };
    const closed = Promise.withResolvers<number>();
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: KEY },
      retryAttempts: 0,
      on: { closed: (event) => closed.resolve((event as CloseEvent).code) },
    });
    const events = client.iterate({ query: 'subscription { phoneEvents { __typename } }' });
    expect(await events.next()).toMatchObject({ value: { data: { phoneEvents: { __typename: 'CaughtUp' } } } });
    const arrived = new Promise((resolve) => dead.once('request', resolve));
    const reply = query(
      url,
      `mutation { pressKeys(phoneId: "${added.addPhone.id}", command: { keys: [{ key: "1" }] }) { status } }`,
    );
    await arrived;
    started.child.kill('SIGTERM');
    expect(await reply).toEqual({ pressKeys: { status: 'UNKNOWN' } });
    expect(await closed.promise).toBe(1012);
    expect(await started.exit).toBe(0);
  });
});

const futureDriver = `
export const driver = {
  vendor: 'future', name: 'Future', version: '1.0.0', contractVersion: '7.3.0', models: [],
  options: { schema: { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } }, descriptions: {} },
  probes: [], identify: () => ({ score: 0, reasons: [], model: null, firmware: null, mac: null }),
  capabilitiesFor: () => ({}), actionUrls: { maxUrlLength: null, settingsFor: () => [], parse: () => null },
  provisioning: () => null, diagnose: async () => [], isCommandKey: () => false,
};
`;
