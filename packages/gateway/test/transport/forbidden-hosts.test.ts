import { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type Server, Socket } from 'node:net';
import { createSipUserAgent, parseSipUri } from '@hookswitch/sip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseOrigin } from '../../src/phones/origin.ts';
import { findWay, type SipWay } from '../../src/sip/sip-way.ts';
import { createAddressPolicy, type Resolver } from '../../src/transport/address-policy.ts';
import { createHttpAgent, type Exchange } from '../../src/transport/http-agent.ts';
import { CONFUSING_HOSTS, FORBIDDEN_HOSTS, NAMES } from './forbidden-hosts.table.ts';

/** The one address where phones may be. */
const PHONE = '127.0.0.8';

/** What the system's resolver reads as an IPv4 address without asking anybody (inet_aton). */
const NUMERIC = /^(?:(?:0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)\.){0,3}(?:0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)$/i;
const LOCALHOST = /^localhost\.?$/i;

/** Names of the table, and what the system reads by itself; nothing is asked of a name server. */
const resolver: Resolver = (name, options, callback) => {
  if (NUMERIC.test(name) || LOCALHOST.test(name)) {
    lookup(name.replace(/\.$/, ''), options, callback);
    return;
  }
  const addresses = NAMES[name.toLowerCase().replace(/\.$/, '')];
  const fault = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
  if (addresses === undefined) callback(fault, []);
  else
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
};

const policy = createAddressPolicy({ networks: [`${PHONE}/32`], resolver });

/** Everything that came to this machine at the port, by the address that it came to. */
const accepted: string[] = [];
/** Every address that a socket of this process tried to connect to, as the socket itself tells. */
const attempted: string[] = [];
let server: Server;
let port = 0;
const { connect } = Socket.prototype;

beforeAll(async () => {
  server = createServer((socket) => {
    accepted.push(socket.localAddress?.replace(/^::ffff:/, '') ?? '');
    socket.on('error', () => {});
    socket.on('data', () => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'));
  }).listen(0, '::');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]): Socket {
    this.on('connectionAttempt', (ip: string) => attempted.push(ip));
    return Reflect.apply(connect, this, given);
  };
});

afterAll(async () => {
  Socket.prototype.connect = connect;
  server.close();
  await once(server, 'close');
});

async function withAgent<Value>(
  use: (exchange: (origin: string) => Promise<Exchange>) => Promise<Value>,
): Promise<Value> {
  const agent = createHttpAgent({ policy });
  const { signal } = new AbortController();
  const rest = { method: 'GET', target: '/', headers: {}, body: undefined, close: true, timeoutMs: 5_000, signal };
  try {
    return await use((origin) => agent.exchange({ ...rest, origin }));
  } finally {
    await agent.close();
  }
}

/** Where a SIP request to that URI would go; null: nowhere. */
function wayTo(uri: string): Promise<SipWay | null> {
  const registrars = { serves: () => false, find: () => Promise.resolve([]) };
  const options = { policy, registrars, proxy: null, family: 0, trustOf: () => ({}) } as const;
  return findWay({ uri, host: null }, options, new AbortController().signal).catch(() => null);
}

const hosts = [...FORBIDDEN_HOSTS.flatMap(([, all]) => all), ...CONFUSING_HOSTS];

test('the table holds more than 200 forms, each once', () => {
  expect(hosts.length).toBeGreaterThan(200);
  expect(new Set(hosts).size).toBe(hosts.length);
});

test('the phone itself is reached, by its address and by a name that has forbidden addresses too', async () => {
  accepted.length = 0;
  for (const host of [PHONE, 'phone.test', '[::ffff:127.0.0.8]', '0x7f000008']) {
    expect(await withAgent((exchange) => exchange(`http://${host}:${port}`)), host).toMatchObject({ status: 200 });
  }
  expect(accepted).toEqual([PHONE, PHONE, PHONE, PHONE]);
  expect(await wayTo(`sip:101@phone.test:${port}`)).toMatchObject({ destination: `sip:${PHONE}:${port}` });
});

/** Sends to whatever the registry and the agent make of a host: what is refused now may stand in an older database. */
async function sendTo(host: string): Promise<readonly Exchange[]> {
  const typed = [host, `${host}:${port}`, `http://${host}:${port}`, `http://${host}:${port}/`];
  const parsed = typed.map((text) => parseOrigin(text, policy));
  const url = URL.parse(`http://${host}:${port}`);
  const raw = url === null ? [] : [`http://${url.host}`];
  const origins = [...parsed.flatMap((result) => ('origin' in result ? result.origin : [])), ...raw];
  return Promise.all(origins.map((origin) => withAgent((exchange) => exchange(origin))));
}

/** Hosts that SIP requests for a host would go to. */
async function sendSipTo(host: string): Promise<readonly string[]> {
  const rests = [`${host}:${port}`, `${host}:${port};transport=tcp`, `${PHONE}:${port};maddr=${host}`];
  const ways = await Promise.all([...rests.map((rest) => wayTo(`sip:101@${rest}`)), wayTo(`sips:101@${host}:${port}`)]);
  return ways.flatMap((way) =>
    way === null ? [] : [parseSipUri(way.destination ?? way.proxy ?? way.uri)?.host ?? ''],
  );
}

test.each(FORBIDDEN_HOSTS)('HTTP, %s: no connection, none tried', async (_group, group) => {
  accepted.length = 0;
  attempted.length = 0;
  for (const host of group) {
    for (const result of await sendTo(host)) {
      expect(result, host).toMatchObject({ error: expect.any(Error), sent: false });
    }
  }
  expect({ accepted, attempted }).toEqual({ accepted: [], attempted: [] });
});

test('HTTP, what is not a host alone: no connection but to the phone', async () => {
  accepted.length = 0;
  attempted.length = 0;
  for (const host of CONFUSING_HOSTS) await sendTo(host);
  expect([...new Set([...accepted, ...attempted])]).toEqual([PHONE]);
});

test.each(FORBIDDEN_HOSTS)('SIP, %s: no way leads there', async (_group, group) => {
  expect((await Promise.all(group.map(sendSipTo))).flat()).toEqual([]);
});

test('SIP, what is not a host alone: no way but to the phone', async () => {
  const found = (await Promise.all(CONFUSING_HOSTS.map(sendSipTo))).flat();
  expect(found.filter((host) => host !== PHONE)).toEqual([]);
});

test('SIP: the user agent itself sends nothing there, whatever it is asked for', async () => {
  accepted.length = 0;
  attempted.length = 0;
  const allows = (address: string, at: number) => policy.allows(address, at);
  const agent = await createSipUserAgent({ host: '127.0.0.1', port: 0, allows });
  const literal = hosts.filter((host) => NUMERIC.test(host) || LOCALHOST.test(host) || /^\[[0-9a-f:.]+\]$/i.test(host));
  expect(literal.length).toBeGreaterThan(80);
  try {
    for (const host of literal) {
      const uri = `sip:101@${host}:${port};transport=tcp`;
      const outcome = await agent
        .request({ method: 'OPTIONS', uri, timeoutMs: 2_000 })
        .catch((error: unknown) => error);
      expect(outcome, uri).not.toMatchObject({ kind: 'answered' });
    }
  } finally {
    await agent.close();
  }
  expect({ accepted, attempted }).toEqual({ accepted: [], attempted: [] });
});
