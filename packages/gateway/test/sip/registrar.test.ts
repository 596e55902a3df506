import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createFreeSwitchRegistrar } from '../../src/sip/registrar/freeswitch.ts';
import { createKamailioRegistrar } from '../../src/sip/registrar/kamailio.ts';
import { parseUserForm, type Registrar } from '../../src/sip/registrar/registrar.ts';
import { createRegistrars } from '../../src/sip/registrar/registrars.ts';
import { type Script, says, scriptedPhone } from '../support/scripted-phone.ts';

const signal = new AbortController().signal;
const ada = { user: '101', domain: 'pbx.example', profile: null };

const kamailio = (port: number, login: { username?: string; password?: string } = {}) =>
  createKamailioRegistrar({
    url: `http://127.0.0.1:${port}/RPC`,
    table: 'location',
    domains: ['pbx.example'],
    ...login,
  });

const CONTACT = {
  Address: 'sip:101@10.0.0.5:5060;line=x1',
  Expires: 3_571,
  Q: -1,
  'Call-ID': 'abc',
  CSeq: 4,
  'User-Agent': 'snom',
  Received: 'sip:127.0.0.7:1024',
  Path: '[not set]',
  State: 'CS_NEW',
};
const contacts = (...all: readonly object[]): Script =>
  says(
    JSON.stringify({ jsonrpc: '2.0', id: 1, result: { AoR: '101', Contacts: all.map((Contact) => ({ Contact })) } }),
  );

test('Kamailio is asked by ul.lookup, and tells the contact and the address that it saw', async () => {
  await using server = await scriptedPhone(contacts(CONTACT));
  const found = await kamailio(server.port, { username: 'rpc', password: 'pw' }).find(ada, signal);
  expect(found).toEqual([{ contact: CONTACT.Address, seen: 'sip:127.0.0.7:1024', path: null }]);
  const [request] = server.requests;
  expect(request).toMatchObject({ method: 'POST', target: '/RPC' });
  expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('rpc:pw').toString('base64')}`);
  expect(JSON.parse(request?.body ?? '')).toEqual({
    jsonrpc: '2.0',
    method: 'ul.lookup',
    params: ['location', '101@pbx.example'],
    id: 1,
  });
});

test('the best contact comes first, expired ones not at all, and a Path is the way', async () => {
  const path = { Path: '<sip:127.0.0.8:5060;lr;received=sip:1.2.3.4>,<sip:far.example;lr>', Received: '[not set]' };
  await using server = await scriptedPhone(
    contacts(
      { ...CONTACT, Address: 'sip:101@10.0.0.1', Q: 0.5 },
      { ...CONTACT, ...path, Q: 1 },
      {
        ...CONTACT,
        Expires: 'expired',
      },
    ),
  );
  expect(await kamailio(server.port).find(ada, signal)).toEqual([
    { contact: CONTACT.Address, seen: null, path: 'sip:127.0.0.8:5060;lr;received=sip:1.2.3.4' },
    { contact: 'sip:101@10.0.0.1', seen: 'sip:127.0.0.7:1024', path: null },
  ]);
});

test.each([
  { answer: '{"error":{"code":404,"message":"AOR not found"}}', expected: [] },
  // Before 5.0.
  { answer: '{"error":{"code":500,"message":"AOR has no contacts"}}', status: 500, expected: [] },
  { answer: `{"result":{"Contact":${JSON.stringify(CONTACT)}}}`, expected: [CONTACT.Address] },
  { answer: '{"error":{"code":500,"message":"Domain not found"}}', status: 500, expected: 'REFUSED' },
  { answer: 'no', status: 401, expected: 'REFUSED' },
  { answer: '<html>', expected: 'MALFORMED' },
  { answer: '{"result":{"Contacts":[{}]}}', expected: 'MALFORMED' },
])('Kamailio answers $answer', async ({ answer, status = 200, expected }) => {
  await using server = await scriptedPhone((_request, response) => void response.writeHead(status).end(answer));
  const asked = kamailio(server.port).find(ada, signal);
  if (typeof expected === 'string') await expect(asked).rejects.toMatchObject({ code: expected });
  else expect((await asked).map(({ contact }) => contact)).toEqual(expected);
});

test('a Kamailio that is not there is a typed failure', async () => {
  const server = await scriptedPhone();
  await server.stop();
  await expect(kamailio(server.port).find(ada, signal)).rejects.toMatchObject({ code: 'UNREACHABLE' });
});

/** An event socket that plays its side of the talk. */
class EventSocket implements AsyncDisposable {
  readonly server: Server;
  readonly commands: string[] = [];
  readonly #sockets = new Set<Socket>();

  constructor(answer: (command: string) => readonly string[] | null, greeting = 'Content-Type: auth/request\n\n') {
    this.server = createServer((socket) => {
      this.#sockets.add(socket);
      let rest = '';
      socket.on('error', () => {});
      socket.write(greeting);
      socket.on('data', (chunk: Buffer) => {
        rest += chunk.toString();
        const [...whole] = rest.split('\n\n');
        rest = whole.pop() ?? '';
        for (const command of whole) {
          this.commands.push(command);
          const parts = answer(command);
          if (parts === null) socket.end();
          // In pieces: a stream has no borders.
          else for (const part of parts) socket.write(part);
        }
      });
    });
  }

  async open(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

const ROW = {
  reg_user: '101',
  realm: 'pbx.example',
  token: 'abc',
  url: 'sofia/internal/sip:101@10.0.0.5:5060;transport=udp;fs_nat=yes;fs_path=sip%3A101%40127.0.0.7%3A1024',
  expires: '1600000000',
  network_ip: '127.0.0.7',
  network_port: '1024',
  network_proto: 'udp',
  hostname: 'fs',
};
const rows = (...all: readonly object[]): string => JSON.stringify({ row_count: all.length, rows: all });

/** @param list what `show registrations as json` prints */
const freeSwitchSays = (list: string) => (command: string) => {
  if (command === 'auth ClueCon') return ['Content-Type: command/reply\nReply-Text: +OK accepted\n\n'];
  if (command.startsWith('auth')) return ['Content-Type: command/reply\nReply-Text: -ERR invalid\n\n'];
  if (command !== 'api show registrations as json') return null;
  const half = Math.floor(list.length / 2);
  return [
    `Content-Type: api/resp`,
    `onse\nContent-Length: ${Buffer.byteLength(list)}\n\n${list.slice(0, half)}`,
    list.slice(half),
  ];
};
const freeSwitch = (port: number, extra: { password?: string; profile?: string } = {}) =>
  createFreeSwitchRegistrar({ host: '127.0.0.1', port, password: 'ClueCon', domains: ['pbx.example'], ...extra });

test('FreeSWITCH is asked over its event socket, and tells contact and network address', async () => {
  const list = rows(
    ROW,
    { ...ROW, reg_user: '102' },
    { ...ROW, realm: 'other.example' },
    { ...ROW, url: 'sofia/external/sip:101@10.0.0.6:5060', network_proto: 'TCP', network_ip: '::1', network_port: 7 },
  );
  await using socket = new EventSocket(freeSwitchSays(list));
  const port = await socket.open();
  const internal = {
    contact: 'sip:101@10.0.0.5:5060;transport=udp',
    seen: 'sip:127.0.0.7:1024;transport=udp',
    path: null,
  };
  const external = { contact: 'sip:101@10.0.0.6:5060', seen: 'sip:[::1]:7;transport=tcp', path: null };
  expect(await freeSwitch(port).find(ada, signal)).toEqual([internal, external]);
  expect(await freeSwitch(port, { profile: 'internal' }).find(ada, signal)).toEqual([internal]);
  expect(await freeSwitch(port, { profile: 'internal' }).find({ ...ada, profile: 'external' }, signal)).toEqual([
    external,
  ]);
  expect(socket.commands.slice(0, 2)).toEqual(['auth ClueCon', 'api show registrations as json']);
});

test.each([
  ['nobody', { list: '{"row_count":0}\n' }, []],
  ['a wrong password', { list: '', password: 'wrong' }, 'REFUSED'],
  ['no JSON', { list: '0 total.\n' }, 'MALFORMED'],
  ['an error', { list: '-ERR command not found\n' }, 'REFUSED'],
  [
    'that this host may not',
    { list: '', greeting: 'Content-Type: text/rude-rejection\nContent-Length: 0\n\n' },
    'REFUSED',
  ],
  ['as another protocol', { list: '', greeting: 'HTTP/1.1 400 Bad Request\nContent-Type: text/html\n\n' }, 'MALFORMED'],
] as const)('FreeSWITCH answers %s', async (_what, { list, ...how }, expected) => {
  await using socket = new EventSocket(freeSwitchSays(list), 'greeting' in how ? how.greeting : undefined);
  const registrar = freeSwitch(await socket.open(), 'password' in how ? { password: how.password } : {});
  const asked = registrar.find(ada, signal);
  if (typeof expected === 'string') await expect(asked).rejects.toMatchObject({ code: expected });
  else expect(await asked).toEqual(expected);
});

test('FreeSWITCH tells all who are registered, of the profile that counts', async () => {
  const list = rows(ROW, { ...ROW, url: 'sofia/external/sip:101@10.0.0.6:5060' }, { ...ROW, reg_user: '102' });
  await using socket = new EventSocket(freeSwitchSays(list));
  const all = await freeSwitch(await socket.open(), { profile: 'internal' }).everybody(signal);
  expect(all.map(({ user, domain, seen, userAgent }) => [user, domain, seen, userAgent])).toEqual([
    ['101', 'pbx.example', 'sip:127.0.0.7:1024;transport=udp', null],
    ['102', 'pbx.example', 'sip:127.0.0.7:1024;transport=udp', null],
  ]);
});

test('a registrar that does not say who is registered is named, and keeps no other back', async () => {
  await using socket = new EventSocket(freeSwitchSays(rows(ROW)));
  const [port, gone] = [await socket.open(), await scriptedPhone()];
  await gone.stop();
  const asked: string[] = [];
  const registrars = createRegistrars({
    registrars: [freeSwitch(port), kamailio(gone.port)],
    now: () => 1_000,
    onAnswer: (kind, result) => asked.push(`${kind} ${result}`),
  });
  const { devices, faults } = await registrars.everybody(signal);
  expect(devices.map(({ user }) => user)).toEqual(['101']);
  expect(faults).toEqual([expect.stringMatching(/^kamailio: Kamailio gave no answer/)]);
  expect(asked.toSorted()).toEqual(['freeswitch found', 'kamailio failed']);
  // Kept for a moment.
  expect(await registrars.everybody(signal)).toEqual({ devices, faults });
  expect(asked).toHaveLength(2);
});

test('an event socket that closes, and one that is not there, are typed failures', async () => {
  let port = 0;
  {
    await using socket = new EventSocket(() => null);
    port = await socket.open();
    await expect(freeSwitch(port).find(ada, signal)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  }
  await expect(freeSwitch(port).find(ada, signal)).rejects.toMatchObject({ code: 'UNREACHABLE' });
});

test.each([
  ['101', { user: '101', domain: null, profile: null }],
  ['*/101', { user: '101', domain: null, profile: null }],
  ['101@PBX.example', { user: '101', domain: 'pbx.example', profile: null }],
  ['*/101@pbx.example', { user: '101', domain: 'pbx.example', profile: null }],
  ['internal/101@pbx.example', { user: '101', domain: 'pbx.example', profile: 'internal' }],
  ['sip:101@pbx.example:5060;transport=tcp', { user: '101', domain: 'pbx.example', profile: null }],
  ['sip:pbx.example', null],
  ['a b', null],
  ['', null],
  ['101@', null],
])('%j is read as mod_snom does', (text, expected) => {
  expect(parseUserForm(text)).toEqual(expected);
});

test('answers are kept for a moment, failures and absences are not', async () => {
  let time = 1_000;
  const seen: string[] = [];
  const answers = ['fail', 'none', 'found', 'found'];
  const registration = { contact: 'sip:101@10.0.0.5', seen: null, path: null };
  const registrar: Registrar = {
    kind: 'kamailio',
    domains: ['pbx.example'],
    everybody: () => Promise.resolve([]),
    find: ({ domain }) => {
      seen.push(domain ?? '');
      const next = answers.shift();
      if (next === 'fail') return Promise.reject(new Error('gone'));
      return Promise.resolve(next === 'found' ? [registration] : []);
    },
  };
  const results: string[] = [];
  const registrars = createRegistrars({
    registrars: [registrar],
    now: () => time,
    onAnswer: (_kind, result) => results.push(result),
  });
  expect([registrars.serves('PBX.example'), registrars.serves('other')]).toEqual([true, false]);
  await expect(registrars.find(ada, signal)).rejects.toThrow('gone');
  expect(await registrars.find(ada, signal)).toEqual([]);
  expect(await registrars.find(ada, signal)).toEqual([registration]);
  expect(await registrars.find({ ...ada, domain: null }, signal)).toEqual([registration]);
  expect(seen).toHaveLength(3);
  time += 5_000;
  await registrars.find(ada, signal);
  expect(seen).toEqual(['pbx.example', 'pbx.example', 'pbx.example', 'pbx.example']);
  expect(results).toEqual(['failed', 'none', 'found', 'found']);
  expect(await registrars.find({ ...ada, domain: 'other' }, signal)).toEqual([]);
});
