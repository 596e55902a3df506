import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Screen, VirtualExchange, VirtualHttpServer } from '@hookswitch/driver-kit/virtual';
import { describe, expect, test } from 'vitest';
import { driver } from '../../src/index.ts';
import { VirtualPolyPhone, type VirtualPolyPhoneOptions } from '../../src/virtual/index.ts';
import { stateOf } from '../../src/virtual/notifications.ts';
import { answerPush } from '../../src/virtual/push.ts';
import { profile } from '../support/context.ts';

const LOGIN = { username: 'Polycom', password: 'virtual-web' };
const BASIC = { authorization: `Basic ${Buffer.from('Polycom:virtual-web').toString('base64')}` };

interface Posted {
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

/** A phone in an exchange with 1002, and a server that takes its notifications. */
async function office(options: Partial<VirtualPolyPhoneOptions> = {}) {
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posted.push({ contentType: request.headers['content-type'], body: Buffer.concat(chunks) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const exchange = new VirtualExchange();
  const other = exchange.addParty({ number: '1002', displayName: 'Zoë & Söhne' });
  const phone = new VirtualPolyPhone({
    exchange,
    model: 'VVX 450',
    firmware: '6.4.0.9608',
    mac: '0004f20c0de5',
    number: '1001',
    displayName: 'Anna',
    credentials: LOGIN,
    now: () => Date.UTC(2026, 10, 22, 9, 30),
    ...options,
    settings: {
      'apps.telNotification.URL': `http://127.0.0.1:${(server.address() as AddressInfo).port}/event`,
      'apps.telNotification.callStateChangeEvent': '1',
      'apps.telNotification.offhookEvent': '1',
      'apps.telNotification.onhookEvent': '1',
      ...options.settings,
    },
  });
  await phone.start();
  const quiet = async () => {
    await exchange.settled();
    await phone.actionUrls.idle();
  };
  const rest = async (path: string, data?: unknown) => {
    const init = data === undefined ? {} : { method: 'POST', body: JSON.stringify({ data }) };
    const response = await fetch(`${phone.address}/api/${path}`, { ...init, headers: BASIC });
    return `${response.status} ${await response.text()}`;
  };
  return {
    ...{ exchange, phone, other, posted, quiet, rest },
    async [Symbol.asyncDispose]() {
      await phone.stop();
      exchange[Symbol.dispose]();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a call that comes in is posted as the guide shows it', async () => {
  await using one = await office();
  one.other.dial('1001');
  await one.quiet();
  expect(one.posted.map(({ body }) => body.toString())).toEqual([
    `<?xml version="1.0" encoding="UTF-8"?>
<PolycomIPPhone><CallStateChangeEvent CallReference="41aa9da8" CallState="Offering"><PhoneIP>127.0.0.1</PhoneIP><MACAddress>0004f20c0de5</MACAddress><LineNumber>1</LineNumber><TimeStamp>2026-11-22T09:30:00-00:00</TimeStamp><CallLineInfo><LineKeyNum>1</LineKeyNum><LineDirNum>1001</LineDirNum><LineState>Active</LineState><CallInfo><CallState>Offering</CallState><CallType>Incoming</CallType><UIAppearanceIndex>1</UIAppearanceIndex><CalledPartyName>Anna</CalledPartyName><CalledPartyDirNum>sip:1001@pbx.example</CalledPartyDirNum><CallingPartyName>Zoë &amp; Söhne</CallingPartyName><CallingPartyDirNum>sip:1002@pbx.example</CallingPartyDirNum><CallReference>41aa9da8</CallReference><CallDuration>0</CallDuration></CallInfo></CallLineInfo></CallStateChangeEvent></PolycomIPPhone>
`,
  ]);
  expect(one.posted[0]?.contentType).toBe('text/xml');
});

test('the states of a call’s life, of both ends’ holds, and the handset', async () => {
  await using one = await office();
  const { phone, other, quiet } = one;
  other.dial('1001');
  await quiet();
  phone.answerByHand();
  phone.holdByHand();
  await quiet();
  const [leg] = phone.calls;
  await one.rest('v1/callctrl/resumeCall', { Ref: leg?.id });
  await quiet();
  const [far] = other.legs;
  if (far !== undefined) other.line.hold(far);
  await quiet();
  if (far !== undefined) other.line.resume(far);
  await quiet();
  phone.hangUpByHand();
  await quiet();
  const told = one.posted.map(({ body }) => / CallState="(\w+)"|<(O\w+HookEvent)>/.exec(body.toString()));
  expect(told.map((found) => found?.[1] ?? found?.[2])).toEqual([
    ...['Offering', 'OffHookEvent', 'Connected', 'Hold', 'Connected'],
    ...['Held', 'Connected', 'OnHookEvent', 'Disconnected'],
  ]);
});

test.each([
  ['names as they are', { rawNames: true }, 'Zoë & Söhne'],
  ['Latin-1', { latin1: true }, 'Zoë &amp; Söhne'],
  ['no root and no type', { bareEvents: true, contentType: '' }, 'Zoë &amp; Söhne'],
  ['words of lines', { stateWords: 'lines' }, 'Zoë &amp; Söhne'],
] as const)('%s: the driver reads it all the same', async (_, quirks, name) => {
  await using one = await office({ quirks });
  one.other.dial('1001');
  await one.quiet();
  const [first] = one.posted;
  const isLatin1 = 'latin1' in quirks;
  const body = first?.body.toString(isLatin1 ? 'latin1' : 'utf8') ?? '';
  expect(body).toContain(name);
  expect(body.includes('<PolycomIPPhone>')).toBe(!('bareEvents' in quirks));
  expect(driver.actionUrls.parse({ path: 'event', rawQuery: '', body }, profile())?.event).toMatchObject({
    callEventKind: 'INCOMING',
    call: { remote: { number: '1002', displayName: 'Zoë & Söhne' } },
  });
});

test('a call is told twice where both settings are on, the second time without its name', async () => {
  await using one = await office({
    quirks: { tellsTwice: true },
    settings: { 'apps.telNotification.incomingEvent': '1' },
  });
  one.other.dial('1001');
  await one.quiet();
  const bodies = one.posted.map(({ body }) => body.toString());
  expect(bodies.filter((body) => body.includes('<IncomingCallEvent>'))).toHaveLength(1);
  expect(bodies.filter((body) => body.includes('<CallReference>'))).toHaveLength(1);
});

test('so is a call that goes out, and neither where the setting is off', async () => {
  await using one = await office({
    quirks: { tellsTwice: true },
    settings: { 'apps.telNotification.outgoingEvent': '1' },
  });
  one.phone.dialByHand('1002');
  one.other.dial('1001');
  await one.quiet();
  const names = one.posted.map(({ body }) => /<(\w+CallEvent)>/.exec(body.toString())?.[1]);
  expect(names.filter((name) => name !== undefined)).toEqual(['OutgoingCallEvent']);
});

test('without a URL nothing is posted', async () => {
  await using one = await office();
  one.phone.settings.delete('apps.telNotification.URL');
  one.phone.answerByHand();
  await one.quiet();
  expect([one.posted, one.phone.actionUrls.history.all]).toEqual([[], []]);
});

test('all calls of the line are told with each one’s own state', async () => {
  await using one = await office();
  const { phone, other, exchange, quiet, rest } = one;
  const third = exchange.addParty({ number: '1003' });
  const outgoing = { Type: 'Outgoing', Ringing: '0' };
  // Nobody has been told of it yet.
  expect(stateOf(phone.line.dial('1002'))).toBe('Setup');
  await quiet();
  expect((await rest('v1/webCallControl/callStatus')).slice(4)).toContain('"CallState":"Ringback"');
  const [far] = other.legs;
  if (far !== undefined) other.line.answer(far);
  await quiet();
  if (far !== undefined) other.line.hold(far);
  third.dial('1001');
  await quiet();
  const states = (text: string) => [...text.matchAll(/<CallState>(\w+)</g)].map(([, state]) => state);
  expect(states(one.posted.at(-1)?.body.toString() ?? '')).toEqual(['Held', 'Offering']);
  const { data } = JSON.parse((await rest('v2/webCallControl/callStatus')).slice(4));
  expect(data).toMatchObject([
    { ...outgoing, CallState: 'Held', UIAppearanceIndex: '1*', RemotePartyName: 'Zoë & Söhne' },
    { Type: 'Incoming', Ringing: '1', CallState: 'Offering', RemotePartyName: '1003' },
  ]);
  phone.answerByHand();
  await quiet();
  expect((await rest('v2/webCallControl/callStatus')).match(/"CallState":"\w+"/g)).toEqual([
    ...['"CallState":"Hold"', '"CallState":"Connected"'],
  ]);
});

test('a line that is not registered is told by its bare user', async () => {
  await using one = await office({ settings: { 'apps.telNotification.lineRegistrationEvent': '1' } });
  expect(await one.rest('v1/mgmt/lineInfo')).toContain('"RegistrationStatus":"registered"');
  one.phone.register(false);
  await one.quiet();
  expect(one.posted.at(-1)?.body.toString()).toContain('<LineUnregistrationEvent>');
  expect(await one.rest('v1/mgmt/lineInfo')).toContain('"unregistered","LineType":"private","SIPAddress":"1001"');
});

describe('a configuration file', () => {
  /** What the phone makes of a file that a server answers with this. */
  async function provisioned(status: number, body: string): Promise<VirtualPolyPhone> {
    const server = new VirtualHttpServer({ handle: () => ({ status, body }) });
    await server.start();
    await using one = await office();
    try {
      await one.phone.provision(`${server.address}/phone.cfg`);
    } finally {
      await server.stop();
    }
    return one.phone;
  }

  test('has its settings taken over', async () => {
    const file = '<ALL\n  apps.a.b="1"\n  apps.c="&lt;&quot;&amp;lt;&gt;"\n  other="2" />';
    const { settings } = await provisioned(200, file);
    expect([settings.get('apps.a.b'), settings.get('apps.c'), settings.get('other')]).toEqual([
      ...['1', '<"&lt;>', undefined],
    ]);
  });

  test.each([
    ['without settings', 200, '<ALL/>'],
    ['that is refused', 404, '<ALL apps.a="1"/>'],
  ])('%s is an error', async (_, status, body) => {
    await expect(provisioned(status, body)).rejects.toThrow('There are no settings at');
  });

  test('that cannot be fetched is an error', async () => {
    await using one = await office();
    await expect(one.phone.provision('http://127.0.0.1:9/x.cfg')).rejects.toThrow('There are no settings at');
    await expect(one.phone.provision('')).rejects.toThrow('There are no settings at');
  });
});

test('what the API refuses, with HTTP 200', async () => {
  await using one = await office();
  expect(await one.rest('v1/callctrl/dial', { Dest: '', Line: '1' })).toBe('200 {"Status":"4000"}');
  expect(await one.rest('v1/callctrl/dial', { Dest: '1002', Line: '2' })).toBe('200 {"Status":"4005"}');
  expect(await one.rest('v1/callctrl/endCall', {})).toBe('200 {"Status":"4000"}');
  expect(await one.rest('v1/callctrl/endCall', { Ref: '0xdead' })).toBe('200 {"Status":"4007"}');
  expect(await one.rest('v1/callctrl/mute', { state: '1' })).toBe('200 {"Status":"4007"}');
  expect(await one.rest('v1/callctrl/mute', { state: 'on' })).toBe('200 {"Status":"4000"}');
  expect(await one.rest('v1/callctrl/sendDTMF', { Digits: '1' })).toBe('200 {"Status":"4007"}');
  expect(await one.rest('v1/callctrl/sendDTMF', { Digits: 'A' })).toBe('200 {"Status":"4000"}');
  const many = Array.from({ length: 21 }, (_, at) => `a.${at}`);
  expect(await one.rest('v1/mgmt/config/get', many)).toBe('200 {"Status":"4009"}');
  expect(await one.rest('v1/mgmt/config/get', [])).toBe('200 {"Status":"4000"}');
  expect(await one.rest('v1/mgmt/config/get', [7, 'apps.push.username', 'apps.restapi.enabled'])).toBe(
    '200 {"data":{"apps.push.username":{"Value":"","Source":"default"},"apps.restapi.enabled":{"Value":"1","Source":"web"}},"Status":"2000"}',
  );
  expect(await one.rest('v1/callctrl/endCall', 'x')).toBe('200 {"Status":"4000"}');
  expect(await one.rest('v1/constructor', {})).toMatch(/^404 /);
  const noJson = await fetch(`${one.phone.address}/api/v1/mgmt/config/set`, {
    method: 'POST',
    body: '[]',
    headers: BASIC,
  });
  expect(await noJson.text()).toBe('{"Status":"4000"}');
  expect(await one.rest('v1/mgmt/config/set', Object.fromEntries(many.map((name) => [name, '1'])))).toBe(
    '200 {"Status":"4009"}',
  );
  expect(await one.rest('v1/mgmt/config/set', {})).toBe('200 {"Status":"4000"}');
  expect(await one.rest('v1/webCallControl/callStatus')).toBe('200 {"Status":"4007"}');
  expect(await one.rest('v1/nothing')).toMatch(/^404 /);
  expect(await one.rest('v1/nothing', {})).toMatch(/^404 /);
  one.other.dial('1001');
  await one.quiet();
  const [leg] = one.phone.calls;
  expect(await one.rest('v1/callctrl/endCall', { Ref: leg?.id })).toBe('200 {"Status":"4003"}');
  expect(await one.rest('v1/callctrl/holdCall', { Ref: `0x${leg?.id}` })).toBe('200 {"Status":"4003"}');
  expect(await one.rest('v1/webCallControl/callStatus')).toContain('"CallState":"Offering"');
});

test('reports that contradict the manual: no call control, a default password, no API', async () => {
  await using one = await office();
  one.phone.quirks.refusesWith = '4010';
  expect(await one.rest('v1/callctrl/dial', { Dest: '1002', Line: '1' })).toBe('200 {"Status":"4010"}');
  one.phone.quirks.noCallControl = true;
  expect(await one.rest('v1/callctrl/dial', { Dest: '1002', Line: '1' })).toMatch(/^404 /);
  one.phone.settings.set('apps.restapi.enabled', '0');
  expect(await one.rest('v1/mgmt/device/info')).toMatch(/^404/);
});

test('it restarts at once without a call, else when the last one has ended', async () => {
  await using one = await office({ settings: { 'apps.telNotification.lineRegistrationEvent': '1' } });
  const restarted = one.phone.actionUrls.history;
  expect(await one.rest('v1/mgmt/safeReboot', {})).toBe('200 {"Status":"2000"}');
  await restarted.waitFor(({ event }) => event === 'LineRegistrationEvent');
  expect(one.phone.reboots).toBe(1);
  one.phone.dialByHand('1002');
  await one.quiet();
  await one.rest('v1/mgmt/safeReboot', {});
  expect(one.phone.reboots).toBe(1);
  await one.rest('v1/callctrl/endCall', { Ref: one.phone.calls[0]?.id });
  await expect.poll(() => one.phone.reboots, { timeout: 10_000 }).toBe(2);
});

test('a push needs its own user, and shows what its priority lets through', async () => {
  await using one = await office();
  const { phone } = one;
  const push = async (body: string, type = 'application/xhtml+xml') => {
    const response = await fetch(`${phone.address}/push`, { method: 'POST', body, headers: { 'content-type': type } });
    await response.text();
    return response.status;
  };
  const page = '<PolycomIPPhone><Data priority="High"><p>Fire &amp; drill</p></Data></PolycomIPPhone>';
  expect(await push(page)).toBe(403);
  phone.settings.assign({ 'apps.push.username': 'pusher', 'apps.push.password': 'secret' });
  expect(await push(page)).toBe(401);
  expect(phone.screen.content.lines).toEqual(['VVX 450', '1001']);
});

test.each([
  ['0', 'Critical', false],
  ['1', undefined, true],
  ['2', 'Normal', false],
  ['2', 'Important', true],
  ['3', 'High', true],
  ['4', 'critical', true],
  ['5', 'High', true],
] as const)('apps.push.messageType %s, priority %s: shown %s', (messageType, priority, isShown) => {
  const screen = new Screen(100, 50);
  const body = `<PolycomIPPhone><Data${priority === undefined ? '' : ` priority="${priority}"`}><p>a &lt; b</p></Data></PolycomIPPhone>`;
  const push = { method: 'POST', headers: { 'content-type': 'application/xhtml+xml' }, body };
  expect(answerPush(push, { screen, messageType })).toEqual({ status: 200 });
  expect(screen.content.lines).toEqual(isShown ? ['a < b'] : []);
});

test('what is no push is refused, and an action is no page', () => {
  const screen = new Screen(100, 50);
  const push = (body: string, type = 'application/xhtml+xml', method = 'POST') =>
    answerPush({ method, headers: { 'content-type': type }, body }, { screen, messageType: '5' }).status;
  const page = '<PolycomIPPhone><Data>x</Data></PolycomIPPhone>';
  expect([push(page, '', 'GET'), push('x'), push(page.replace('x', 'x'.repeat(2048)))]).toEqual([405, 400, 413]);
  expect(push(page, 'application/x-com-polycom-spipx')).toBe(200);
  expect(screen.content.lines).toEqual([]);
  expect(answerPush({ method: 'POST', headers: {}, body: page }, { screen, messageType: '5' }).status).toBe(200);
  expect(screen.content.lines).toEqual(['x']);
});
