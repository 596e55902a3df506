import { once } from 'node:events';
import { connect } from 'node:net';
import { type CallEventKind, type CallState, type Driver, splitRawQuery } from '@hookswitch/core';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Phone } from '../../src/model.ts';
import { acme } from '../support/driver.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { sendRaw, statusOf } from '../support/raw-http.ts';

const STATES: Readonly<Record<string, readonly [CallEventKind, CallState | null]>> = {
  ringing: ['INCOMING', 'RINGING'],
  connected: ['CONNECTED', 'CONNECTED'],
  hold: ['HELD', 'HELD'],
  held: ['REMOTE_HELD', null],
};

/** Its phones post `call=…&state=…` to one URL: where the call stands, never the step that led there. */
const posting: Driver = {
  ...acme,
  actionUrls: {
    maxUrlLength: null,
    settingsFor: () => [
      { setting: 'url', path: 'event', query: '', isPosted: true },
      { setting: 'other', path: 'fetched', query: '' },
    ],
    parse({ path, body }) {
      if (body === 'throw') throw new Error('no luck');
      const variables = splitRawQuery(body ?? 'nothing');
      const value = (wanted: string): string => variables.find(({ name }) => name === wanted)?.value ?? '';
      const [callEventKind, callState] = STATES[value('state')] ?? [];
      const party = { number: '101', uri: null, displayName: null };
      const call = { vendorIds: { call: value('call') }, direction: null, remote: party, local: party, target: null };
      return {
        event:
          callEventKind === undefined || callState === undefined
            ? { type: 'OTHER' }
            : { type: 'CALL', callEventKind, callState, call },
        vendorEvent: path,
        variables,
        device: { mac: null, model: null, firmware: null },
        tellsState: true,
      };
    },
  },
};

async function post(
  { gateway, actionUrlPath }: TestGateway,
  phone: Phone,
  body: string | Buffer<ArrayBuffer>,
): Promise<number> {
  const response = await fetch(`${gateway.url}${actionUrlPath(phone)}/event`, { method: 'POST', body });
  expect(await response.text()).toBe('');
  return response.status;
}

async function variablesOf({ application }: TestGateway): Promise<readonly string[]> {
  const { items } = await application.events.list({}, { first: 100 });
  return items.map(({ variables }) => variables.map(({ name, value }) => `${name}=${value}`).join(' '));
}

async function kindsOf({ application }: TestGateway): Promise<readonly string[]> {
  const { items } = await application.events.list({}, { first: 100 });
  return items.map(({ event }) => (event.type === 'CALL' ? event.callEventKind : event.type));
}

test('what a phone posts reaches its driver, as UTF-8 or else as Latin-1', async () => {
  await using running = await testGateway({ drivers: [posting] });
  const desk = await running.addPhone();
  expect(await post(running, desk, 'name=Zoë')).toBe(200);
  expect(await post(running, desk, Buffer.from('name=Zoë', 'latin1'))).toBe(200);
  expect(await post(running, desk, '')).toBe(200);
  expect((await running.report(desk, 'event')).status).toBe(200);
  expect(await variablesOf(running)).toEqual(['name=Zoë', 'name=Zoë', '', 'nothing=']);
});

test('a driver that throws costs nothing of what was posted', async () => {
  await using running = await testGateway({ drivers: [posting] });
  const desk = await running.addPhone();
  expect(await post(running, desk, 'throw')).toBe(200);
  expect(await variablesOf(running)).toEqual(['body=throw']);
});

test('what is too large for a report, cut short, or sent elsewhere is none', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
  await using running = await testGateway({ drivers: [posting], log });
  const desk = await running.addPhone();
  const target = `${running.actionUrlPath(desk)}/event`;
  const large = `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(100_000)}`;
  expect(statusOf(await sendRaw(running.gateway.url, [large]))).toBe(413);
  expect(await post(running, desk, 'x'.repeat(64 * 1024))).toBe(200);
  const { hostname, port } = new URL(running.gateway.url);
  const socket = connect(Number(port), hostname);
  socket.end(`POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ncall=1&state=ringing`).resume();
  await once(socket, 'close');
  for (const [method, where] of [
    ['POST', '/a/nobodysTokenAtAll/event'],
    ['PUT', target],
    ['POST', `${running.actionUrlPath(desk)}/fetched`],
  ] as const) {
    const response = await fetch(`${running.gateway.url}${where}`, { method, body: 'state=ringing' });
    await response.text();
    expect([method, response.status]).toEqual([method, 404]);
  }
  expect(await kindsOf(running)).toEqual(['OTHER']);
  expect(lines).toEqual([]);
});

test('of a phone that tells states, CONNECTED after a hold is the end of the hold', async () => {
  await using running = await testGateway({ drivers: [posting] });
  const desk = await running.addPhone();
  const states = ['ringing', 'connected', 'hold', 'connected', 'held', 'connected', 'connected'];
  for (const state of states) expect(await post(running, desk, `call=1&state=${state}`)).toBe(200);
  expect(await kindsOf(running)).toEqual([
    ...['INCOMING', 'CONNECTED', 'HELD', 'RESUMED'],
    ...['REMOTE_HELD', 'REMOTE_RESUMED', 'CONNECTED'],
  ]);
  expect(running.application.calls.active(desk.id)).toMatchObject([{ state: 'CONNECTED', heldByRemote: false }]);
});

test('states that come at once are read one after the other', async () => {
  await using running = await testGateway({ drivers: [posting] });
  const desk = await running.addPhone();
  expect(await post(running, desk, 'call=1&state=connected')).toBe(200);
  const target = `${running.actionUrlPath(desk)}/event`;
  const request = (body: string, connection: string): string =>
    `POST ${target} HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  // The second is there while the first is not on disk yet.
  await sendRaw(running.gateway.url, [
    request('call=1&state=hold', 'keep-alive') + request('call=1&state=connected', 'close'),
  ]);
  expect(await kindsOf(running)).toEqual(['CONNECTED', 'HELD', 'RESUMED']);
});
