import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Driver, type DriverContext, type Ladders, type Outcome, TransportError } from '@hookswitch/core';
import { bodyText, createSipUserAgent } from '@hookswitch/sip';
import { directDriver } from '../../src/drivers/direct-driver.ts';
import { checkOptions } from '../../src/phones/options.ts';
import type { SipLine } from '../../src/sip/sip-line.ts';
import { createSipTransport } from '../../src/sip/sip-transport.ts';
import { createAddressPolicy } from '../../src/transport/address-policy.ts';
import { createHttpAgent } from '../../src/transport/http-agent.ts';
import { createHttpTransport } from '../../src/transport/http-transport.ts';
import { scriptedSipPhone } from '../support/sip-phone.ts';
import type { Slot } from './slots.table.ts';
import type { Seen } from './wire-view.ts';

/** A kind of phone that values are tried on. */
export interface Kind {
  readonly driver: Driver;
  readonly model: string;
  readonly firmware: string;
  readonly options: Readonly<Record<string, string>>;
}

/** A member of a rung of a driver. */
export interface Member {
  readonly title: string;
  readonly run: (command: Readonly<Record<string, unknown>>, context: DriverContext) => Promise<Outcome<unknown>>;
}

/** What a command came to, and what was seen of it on the wire. */
export interface Attempt {
  readonly outcome: Outcome<unknown>;
  readonly seen: readonly Seen[];
}

/** A phone that writes down what it is sent, by HTTP and SIP, behind the gateway's own transports. */
export interface Stand extends AsyncDisposable {
  members(slot: Slot): readonly Member[];
  attempt(member: Member, slot: Slot, value: string): Promise<Attempt>;
}

/** Headers of SIP that a driver writes; the others are the user agent's. */
const SIP_HEADERS = ['Event', 'Subscription-State', 'Refer-To', 'Content-Disposition', 'Alert-Info'];
const LOGIN = { username: 'admin', password: 'stand-password' };

export async function createStand(kind: Kind): Promise<Stand> {
  const seen: Seen[] = [];
  const web = await webServer(seen);
  const sip = await scriptedSipPhone((request) => {
    if (request.method === 'ACK' || request.method === 'BYE') return { status: 200 };
    const headers = SIP_HEADERS.flatMap((name) => {
      const value = request.headers.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    seen.push({
      line: `${request.method} ${request.uri} SIP/2.0`,
      headers: Object.fromEntries(headers),
      contentType: request.headers.get('Content-Type') ?? '',
      body: bodyText(request),
    });
    // What is within a dialog is refused: nothing is waited for.
    return { status: request.method === 'INFO' || request.method === 'REFER' ? 480 : 200 };
  });
  const policy = createAddressPolicy({ networks: ['127.0.0.0/8'] });
  const http = createHttpAgent({ policy });
  const agent = await createSipUserAgent({ host: '127.0.0.1', port: 0, transports: ['udp'], udpLimit: 60_000 });
  const line: SipLine = {
    agent: () => Promise.resolve(agent),
    trustOf: () => ({}),
    family: 4,
    statistics: () => null,
    listening: [],
    close: () => agent.close(),
  };
  const checked = await checkOptions(directDriver(kind.driver), kind.options);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  const profile = {
    model: kind.model,
    firmware: kind.firmware,
    mac: '00:04:13:aa:bb:cc',
    options: checked.value,
    reachableBy: { http: true, sip: true },
  };
  const contextOf = (slot: Slot, value: string): DriverContext => {
    const { signal } = new AbortController();
    const registrars = { serves: () => false, find: () => Promise.resolve([]) };
    return {
      phone: profile,
      calls: slot.call === undefined ? [] : [slot.call(value)],
      features: [],
      http: createHttpTransport(
        {
          origin: web.origin,
          credentials: () =>
            new Map([
              ['web', LOGIN],
              ['push', LOGIN],
            ]),
        },
        { agent: http, sessions: new Map(), signal, timeoutMs: 5_000, observe: () => {} },
      ),
      sip: createSipTransport(
        { uri: sip.uri, host: null },
        {
          line,
          way: { policy, registrars, proxy: null },
          credentials: () => undefined,
          signal,
          timeoutMs: 5_000,
          observe: () => {},
        },
      ),
      documents: {
        publish({ mediaType, body }) {
          seen.push({ line: 'GET /document HTTP/1.1', headers: {}, contentType: mediaType, body });
          return Promise.resolve({ url: 'http://127.0.0.1/d/token' });
        },
      },
      clock: { now: () => 0, sleep: () => Promise.resolve() },
      log: { debug: () => {}, warn: () => {} },
      signal,
    };
  };
  const ladders = kind.driver.capabilitiesFor(profile);
  return {
    members: (slot) => membersOf(ladders, slot.command),
    async attempt(member, slot, value) {
      seen.length = 0;
      const outcome = await settled(() => member.run(slot.arguments(value), contextOf(slot, value)));
      return { outcome, seen: [...seen] };
    },
    async [Symbol.asyncDispose]() {
      await agent.close();
      await http.close();
      await web.close();
      await sip[Symbol.asyncDispose]();
    },
  };
}

async function settled(run: () => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> {
  try {
    return await run();
  } catch (error) {
    if (TransportError.is(error)) return error.outcome;
    throw error;
  }
}

/** Every rung that has the command, whatever its capability is called. */
function membersOf(ladders: Ladders, command: string): readonly Member[] {
  return Object.entries(ladders).flatMap(([capability, ladder]) =>
    (ladder ?? []).flatMap((rung, index) => {
      const member: unknown = Reflect.get(rung, command);
      if (typeof member !== 'function') return [];
      return [
        {
          title: `${capability} ${index} over ${rung.transport}`,
          run: async (given, context) => outcomeIn(await Reflect.apply(member, rung, [given, context])),
        } satisfies Member,
      ];
    }),
  );
}

function outcomeIn(value: unknown): Outcome<unknown> {
  if (!isOutcome(value)) throw new Error('the driver gave no outcome');
  return value;
}

function isOutcome(value: unknown): value is Outcome<unknown> {
  return typeof value === 'object' && value !== null && 'status' in value;
}

/** As liberal as a phone: what a client sends comes through as it is. */
async function webServer(seen: Seen[]): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer({ insecureHTTPParser: true, maxHeaderSize: 512 * 1024 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, httpVersion } = request;
      seen.push({
        line: `${method} ${url} HTTP/${httpVersion}`,
        headers: {},
        contentType: request.headers['content-type'] ?? '',
        body: Buffer.concat(chunks).toString(),
      });
      response.end();
    });
  });
  server.on('clientError', (error: Error) =>
    seen.push({ line: '', headers: {}, contentType: '', body: String(error) }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
