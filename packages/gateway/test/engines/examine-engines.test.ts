import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { installed } from '@hookswitch/sip-peers/vitest';
import { expect, test } from 'vitest';
import { examineEngines } from '../../src/command-line/examine-engines.ts';
import { parseConfig } from '../../src/config/config.ts';
import { examineClock, isOlder } from '../../src/engines/finding.ts';
import { examineMonitoring } from '../../src/engines/nats-monitoring.ts';
import { freePort } from './engine-process.ts';
import { NATS, startNats } from './nats.ts';
import { POSTGRESQL, startPostgres } from './postgres.ts';

const placeOf = (text: string) => {
  const result = parseConfig({}, { text, name: 'hookswitch.yaml', folder: '/etc' });
  if ('faults' in result) throw new Error(result.faults.join('\n'));
  return result.config;
};
const foundIn = async (text: string) =>
  (await examineEngines(placeOf(text))).map(({ code, severity, fix }) => {
    expect(fix === null).toBe(severity === 'OK');
    return `${severity} ${code}`;
  });

test('clocks are told apart by what the question took', () => {
  const at = (told: number) => examineClock('NATS', told, { asked: 100_000, answered: 101_000 });
  expect(at(100_500)).toMatchObject({ severity: 'OK', message: "its clock is the same as this machine's." });
  expect(at(103_000)).toMatchObject({ severity: 'OK', message: "its clock is 2.0 s from this machine's." });
  expect(at(69_000)).toMatchObject({ severity: 'PROBLEM', message: "its clock is -31.0 s from this machine's." });
  expect(at(131_500)).toMatchObject({ severity: 'PROBLEM' });
});

test('versions are compared by their numbers', () => {
  expect(['2.9.10', '2.10.0', '3.0.0-dev', '13.4', '14beta1'].map((version) => isOlder(version, [2, 10]))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(['13.22 (Debian)', '14beta1', '15.3'].map((version) => isOlder(version, [14, 0]))).toEqual([
    true,
    false,
    false,
  ]);
});

async function monitoring(config: object, version = '2.10.22'): Promise<AsyncDisposable & { readonly url: string }> {
  const varz = { server_name: 'n1', version, now: new Date().toISOString(), jetstream: { config } };
  const server: Server = createServer((_, response) => response.end(JSON.stringify(varz))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

test.each([
  { config: { sync_interval: 120_000_000_000 }, version: '2.10.22', code: 'NATS_DOES_NOT_SYNC', said: 'every 120 s' },
  {
    config: { sync_interval: 120_000_000_000, sync_always: true },
    version: '2.11.0',
    code: 'NATS_SYNCS',
    said: 'n1 syncs',
  },
  { config: {}, version: '2.9.10', code: 'NATS_DOES_NOT_SYNC', said: 'no setting for that' },
])('what a server of version $version says of its syncs: $code', async ({ config, version, code, said }) => {
  await using server = await monitoring(config, version);
  const [sync, clock] = await examineMonitoring([server.url]);
  expect(sync).toMatchObject({ code, message: expect.stringContaining(said) });
  expect(clock).toMatchObject({ code: 'ENGINE_CLOCK_FINE' });
});

test.runIf(installed(POSTGRESQL, NATS))(
  'engines as they are in Debian, and as they should not be',
  { timeout: 60_000 },
  async () => {
    await using postgres = await startPostgres(['fsync=off', 'full_page_writes=off']);
    await using nats = await startNats();
    const [login, nobody] = [`postgres://postgres:${postgres.password}@127.0.0.1`, await freePort()];
    const database = (more = '') => `store: { postgres: { url: "${login}:${postgres.port}/postgres"${more} } }`;
    expect(await foundIn('{}')).toEqual([]);
    const lossy = ['OK POSTGRES_REACHED', 'PROBLEM POSTGRES_DOES_NOT_SYNC', 'PROBLEM POSTGRES_DOES_NOT_SYNC'];
    expect(await foundIn(database())).toEqual([...lossy, 'OK ENGINE_CLOCK_FINE']);
    expect(await foundIn(database(`, otherHosts: ["127.0.0.1:${nobody}"]`))).toEqual([
      ...[...lossy, 'NOTICE POSTGRES_ASYNCHRONOUS', 'OK ENGINE_CLOCK_FINE'],
    ]);
    expect(await foundIn(`store: { postgres: "${login}:${nobody}/postgres" }`)).toEqual([
      'PROBLEM POSTGRES_UNREACHABLE',
    ]);
    const bus = (more: string) => `${database()}\nbus: { nats: ["${nats.url}"]${more} }`;
    expect((await foundIn(bus(''))).slice(4)).toEqual([
      'OK NATS_REACHED',
      'OK STREAM_NOT_THERE',
      'NOTICE NATS_SYNC_UNKNOWN',
    ]);
    const monitored = await foundIn(bus(`, monitoring: ["${nats.monitoring}", "http://127.0.0.1:${nobody}"]`));
    expect(monitored.slice(6)).toEqual([
      ...[expect.stringMatching(/NATS_(SYNCS|DOES_NOT_SYNC)/), 'OK ENGINE_CLOCK_FINE'],
      'NOTICE NATS_MONITORING_UNREACHABLE',
    ]);
    expect((await foundIn(`${database()}\nbus: { nats: ["nats://127.0.0.1:${nobody}"] }`)).slice(4)).toEqual([
      'PROBLEM NATS_UNREACHABLE',
    ]);
  },
);
