import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { apiConfig } from '../../src/config/api.ts';
import type { FilePhone } from '../../src/config/file-schema.ts';
import { sipConfig } from '../../src/config/sip.ts';
import { createGateway } from '../../src/gateway.ts';
import { StartError } from '../../src/start-error.ts';
import { acme } from '../support/driver.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';

/** Restarts the gateway with other phones in its file. */
async function restartWith(
  running: TestGateway,
  config: { phones: readonly FilePhone[] },
  phones: readonly FilePhone[],
): Promise<void> {
  config.phones = phones;
  await running.restart();
}

async function gatewayWith(
  phones: readonly FilePhone[],
): Promise<{ readonly running: TestGateway; readonly config: { phones: readonly FilePhone[] } }> {
  const config = { phones };
  const running = await testGateway({
    get config() {
      return { phones: config.phones };
    },
  });
  return { running, config };
}

const names = ({ application }: TestGateway): readonly string[] =>
  application.phones.list({}, { first: 50 }).items.map(({ node }) => node.name);

const desk: FilePhone = {
  name: 'Desk',
  vendor: 'acme',
  address: '127.0.0.7',
  mac: '00-04-13-00-00-01',
  username: 'admin',
  password: 'x',
  tags: ['a'],
};

test('phones of the file are added, changed, and keep what they are known by', async () => {
  const { running, config } = await gatewayWith([desk, { name: 'Second', vendor: 'acme' }]);
  await using _ = running;
  const api = await running.addPhone({ name: 'By API' });
  const before = running.application.phones.byMac('00:04:13:00:00:01');
  expect(before).toMatchObject({
    name: 'Desk',
    origin: 'file',
    address: 'http://127.0.0.7',
    username: 'admin',
    tags: ['a'],
  });
  const path = running.actionUrlPath(before ?? api);

  await restartWith(running, config, [
    { name: 'Renamed', vendor: 'acme', mac: '00:04:13:00:00:01' },
    { name: 'Second', vendor: 'acme', mac: '00:04:13:00:00:02' },
  ]);
  const after = running.application.phones.byMac('00:04:13:00:00:01');
  expect(after).toEqual({ ...before, name: 'Renamed', address: null, username: null, tags: [] });
  expect(running.actionUrlPath(after ?? api)).toBe(path);
  expect(names(running)).toEqual(['By API', 'Renamed', 'Second']);
});

test('what the file names no more is removed, and its address free for another', async () => {
  const { running, config } = await gatewayWith([{ name: 'Old', vendor: 'acme', address: '127.0.0.7' }]);
  await using _ = running;
  await running.addPhone({ name: 'By API' });
  await restartWith(running, config, [{ name: 'New', vendor: 'acme', address: '127.0.0.7' }]);
  expect(names(running)).toEqual(['By API', 'New']);
  await restartWith(running, config, []);
  expect(names(running)).toEqual(['By API']);
});

test('with another vendor it is another phone', async () => {
  const twin = { ...acme, vendor: 'twin' };
  const config: { phones: readonly FilePhone[] } = { phones: [desk] };
  await using running = await testGateway({
    drivers: [acme, twin],
    get config() {
      return { phones: config.phones };
    },
  });
  const before = running.application.phones.byMac('00:04:13:00:00:01');
  await restartWith(running, config, [{ ...desk, vendor: 'twin' }]);
  const after = running.application.phones.byMac('00:04:13:00:00:01');
  expect(after).toMatchObject({ vendor: 'twin', address: 'http://127.0.0.7' });
  expect(after?.id).not.toBe(before?.id);
});

test('everything that is wrong with them is told at once, and the gateway does not start', async () => {
  await using running = await testGateway();
  await running.gateway.stop();
  const phones: readonly FilePhone[] = [
    { name: 'A', vendor: 'none' },
    { name: 'B', vendor: 'acme', address: '8.8.8.8' },
    { name: 'C', vendor: 'acme', address: '127.0.0.7' },
    { name: 'D', vendor: 'acme', address: '127.0.0.7' },
    { name: 'E', vendor: 'acme', options: { color: 'red' } },
  ];
  const start = (given: readonly FilePhone[]) =>
    createGateway({
      config: {
        host: '127.0.0.1',
        port: 0,
        dataDir: running.dataDir,
        publicUrl: null,
        adminKey: null,
        secretKey: null,
        configDir: null,
        allowedPorts: ['1-65535'],
        allowedUrlHosts: null,
        tlsCa: null,
        actionUrls: { bindAddress: false, refusedPerMinute: 60 },
        allowedTargets: ['127.0.0.0/8'],
        allowedOrigins: [],
        drivers: [],
        phones: given,
        logLevel: 'error',
        spool: { dir: join(running.dataDir, 'spool'), maxBytes: 1024 * 1024 },
        auth: { jwt: null },
        api: apiConfig({}),
        maskNumbersInLog: true,
        sip: sipConfig(() => undefined, undefined, []),
        eventPath: { actionUrlDrift: 'report', actionUrlCheckMs: 0 },
        policy: { deny: [], commandTimeoutMs: 1_000, replyTimeoutMs: 1_000, screening: 'allow' },
        calls: { askMs: 10_000, ringMs: 180_000, callMs: 43_200_000 },
      },
      drivers: [acme],
      log: pino({ level: 'silent' }),
    });
  const error: unknown = await start(phones).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartError);
  expect((error as StartError).faults).toEqual([
    expect.stringMatching(/^phones\.0 \("A"\): No driver serves "none"/),
    expect.stringMatching(/^phones\.1 \("B"\): 8\.8\.8\.8 is not in the networks/),
    expect.stringMatching(/^phones\.3 \("D"\): "C" has that address/),
    expect.stringMatching(/^phones\.4 \("E"\): .*no such option/),
  ]);
  await running.restart();
  await running.gateway.stop();
  await expect(
    start([
      { name: 'C', vendor: 'acme' },
      { name: 'C', vendor: 'acme' },
    ]),
  ).rejects.toThrow('phones.1 ("C"): it stands in the file twice');
  await running.restart();
});
