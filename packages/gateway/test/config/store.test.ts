import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { postgresOptionsOf } from '../../src/store/open-configured.ts';

const parsed = (store: string) => parseConfig({}, { text: `store: ${store}`, name: 'hookswitch.yaml', folder: '/etc' });
const storeOf = (store: string) => {
  const result = parsed(store);
  return 'config' in result ? result.config.store : result.faults;
};

test('a URL is enough', () => {
  expect(storeOf('{ postgres: "postgres://hook%40a:p%2Fw@db.example/switch" }')).toEqual({
    kind: 'postgres',
    ...{ host: 'db.example', port: 5432, user: 'hook@a', password: 'p/w', database: 'switch' },
    ...{ passwordFile: null, tls: null, connections: 10, statementTimeoutMs: 10_000 },
  });
  expect(storeOf('{ kind: postgres, postgres: "postgresql://h@[::1]:5433/switch" }')).toMatchObject({
    ...{ host: '::1', port: 5433, user: 'h', password: null },
  });
  expect(storeOf('{ kind: sqlite }')).toEqual({ kind: 'sqlite' });
  expect(storeOf('{}')).toEqual({ kind: 'sqlite' });
});

test('further hosts stand beside the one of the URL', () => {
  const otherHosts = '["db-2", "db-3:5433", "[::1]:5434"]';
  expect(storeOf(`{ postgres: { url: "postgres://h@db/switch", otherHosts: ${otherHosts} } }`)).toMatchObject({
    otherHosts: [
      { host: 'db-2', port: 5432 },
      { host: 'db-3', port: 5433 },
      { host: '::1', port: 5434 },
    ],
  });
});

test('the rest stands beside it', () => {
  const store = `{ postgres: { url: "postgres://h@db/switch", passwordFile: pw, tls: { ca: ca.pem }, connections: 4,
    statementTimeoutSeconds: 2.5 } }`;
  expect(storeOf(store)).toMatchObject({
    ...{ passwordFile: 'pw', tls: { ca: 'ca.pem' }, connections: 4, statementTimeoutMs: 2500 },
  });
});

test.each([
  ['{ postgres: "mysql://h@db/switch" }', 'store.postgres: it must be a URL such as'],
  ['{ postgres: "postgres://db/switch" }', 'store.postgres: it must be a URL such as'],
  ['{ postgres: "postgres://h:geheim@db/switch?sslmode=disable" }', 'without a query'],
  ['{ postgres: { url: "postgres://h@db/switch", connections: 0 } }', 'connections'],
  ['{ postgres: { url: "postgres://h@db/switch", ssl: true } }', 'ssl'],
  ['{ postgres: { url: "postgres://h@db/switch", otherHosts: ["h@db-2"] } }', 'it must be a host such as'],
  ['{ postgres: { url: "postgres://h@db/switch", otherHosts: ["db-2:port"] } }', 'it must be a host such as'],
  ['{ kind: postgres }', '`kind: postgres` needs one'],
  ['{ kind: sqlite, postgres: "postgres://h@db/switch" }', '`kind: sqlite` has no `postgres`'],
])('%s is refused, and no password repeated', (store, fault) => {
  const faults = storeOf(store);
  expect(faults).toEqual([expect.stringContaining(fault)]);
  expect(JSON.stringify(faults)).not.toContain('geheim');
});

test('files are read beside the configuration: the password for each connection anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-test-'));
  try {
    await writeFile(join(folder, 'pw'), 'first\n');
    await writeFile(join(folder, 'ca.pem'), 'PEM');
    const config = {
      ...{ host: 'db', port: 5432, user: 'h', database: 'switch', password: null, passwordFile: 'pw' },
      ...{ tls: { ca: 'ca.pem' }, connections: 10, statementTimeoutMs: 10_000 },
    };
    const { password, tls } = await postgresOptionsOf(config, { configDir: folder });
    expect(await password?.()).toBe('first');
    await writeFile(join(folder, 'pw'), 'second');
    expect(await password?.()).toBe('second');
    expect(tls).toEqual({ host: 'db', rejectUnauthorized: true, ca: 'PEM' });
    const missing = postgresOptionsOf({ ...config, passwordFile: 'none' }, { configDir: folder });
    await expect(missing).rejects.toThrow(/^store\.postgres\.passwordFile: .*none/);
    const noCa = postgresOptionsOf({ ...config, tls: { ca: 'none' } }, { configDir: folder });
    await expect(noCa).rejects.toThrow(/^store\.postgres\.tls\.ca: .*none/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a bus stands beside a PostgreSQL, and nowhere else', () => {
  const bus = (text: string, store = 'store: { postgres: "postgres://h@db/switch" }') => {
    const result = parseConfig({}, { text: `${store}\nbus: ${text}`, name: 'hookswitch.yaml', folder: '/etc' });
    return 'config' in result ? result.config.bus : result.faults;
  };
  const defaults = { stream: 'hookswitch', replicas: 1, credentialsFile: null, tls: null };
  expect(bus('{ nats: ["nats://a:4222", "tls://b"] }')).toEqual({ ...defaults, servers: ['nats://a:4222', 'tls://b'] });
  expect(
    bus('{ nats: ["nats://a"], stream: office, replicas: 3, credentialsFile: x.creds, tls: { ca: ca.pem } }'),
  ).toEqual({
    ...{ servers: ['nats://a'], stream: 'office', replicas: 3, credentialsFile: 'x.creds' },
    tls: { ca: 'ca.pem' },
  });
  expect(bus('{ nats: ["nats://a"], monitoring: ["http://a:8222"] }')).toMatchObject({ monitoring: ['http://a:8222'] });
  expect(bus('{ nats: ["nats://a"], domain: hub, site: berlin }')).toMatchObject({ domain: 'hub', site: 'berlin' });
  expect(bus('{ nats: ["nats://a"], domain: "a.b" }')).toEqual([expect.stringContaining('bus.domain: it must be')]);
  expect(bus('{ nats: ["nats://a"], monitoring: ["nats://a"] }')).toEqual([
    expect.stringContaining('bus.monitoring.0'),
  ]);
  expect(bus('{ nats: ["nats://a"] }', '')).toEqual([expect.stringContaining('bus: it needs `store: { postgres')]);
  expect(bus('{ nats: ["http://a"] }')).toEqual([expect.stringContaining('bus.nats.0: it must be a URL such as')]);
  expect(bus('{ nats: ["nats://a"], stream: "a.b" }')).toEqual([expect.stringContaining('bus.stream: it must be')]);
});
