import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import { acme, acmeWith } from '../support/driver.ts';
import { testGateway } from '../support/gateway.ts';
import { mumbles, resets, says, scriptedPhone, staysSilent } from '../support/scripted-phone.ts';
import { commandWhen, isSettled, range } from '../support/wait.ts';

const dial = (to: string): CommandRequest => ({ name: 'dial', arguments: { to } });
const HANG_UP: CommandRequest = { name: 'hangUp', arguments: {} };
const PRESS: CommandRequest = { name: 'pressKeys', arguments: { keys: [{ key: 'OK' }] } };

test('a command reaches the phone as the request that the driver gives, and is ACCEPTED', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const command = await running.run(desk, PRESS);
  expect(phone.requests).toMatchObject([{ method: 'GET', target: '/keys?OK' }]);
  expect(command).toMatchObject({ name: 'pressKeys', status: 'ACCEPTED', transport: 'HTTP', failure: null });
  expect(command).toMatchObject({ requestedBy: 'admin', sentAt: expect.any(Number), repliedAt: expect.any(Number) });
  expect(await running.application.commands.get(command.id)).toEqual(command);
});

test('it is on disk as SENT before the phone sees a byte of it', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const seen: unknown[] = [];
  phone.script = (_request, response) => {
    const database = new DatabaseSync(join(running.dataDir, 'hookswitch.db'), { readOnly: true });
    seen.push(...database.prepare('SELECT name, status FROM commands').all());
    database.close();
    response.end();
  };
  await running.run(desk, PRESS);
  expect(seen).toEqual([{ name: 'pressKeys', status: 'SENT' }]);
});

test.each([
  ['reset', resets],
  ['malformed', mumbles],
  ['no reply', staysSilent],
])('a lost reply (%s) is UNKNOWN, and the command is not sent again', async (_what, script) => {
  await using phone = await scriptedPhone(script);
  await using running = await testGateway({
    config: { policy: { deny: [], commandTimeoutMs: 2_000, replyTimeoutMs: 100, screening: 'allow' } },
  });
  const desk = await running.addPhone({ address: phone.origin });
  const command = await running.run(desk, PRESS);
  expect(command).toMatchObject({ status: 'UNKNOWN', failure: null, repliedAt: null, settledAt: expect.any(Number) });
  expect(phone.requests).toHaveLength(1);
});

test('a phone that is not there: FAILED, no reply came', async () => {
  await using running = await testGateway({ config: { allowedPorts: ['1'] } });
  const desk = await running.addPhone({ address: 'http://127.0.0.1:1' });
  const command = await running.run(desk, PRESS);
  expect(command).toMatchObject({ status: 'FAILED', repliedAt: null, failure: { code: 'PHONE_UNREACHABLE' } });
});

test('a phone that says no: FAILED, with what it said', async () => {
  await using phone = await scriptedPhone((_request, response) => void response.writeHead(503).end());
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const command = await running.run(desk, PRESS);
  expect(command).toMatchObject({ status: 'FAILED', failure: { code: 'PHONE_REJECTED', phoneStatus: 503 } });
  expect(command.repliedAt).not.toBeNull();
});

test('an earlier step that was taken makes the whole UNKNOWN where a later one fails', async () => {
  await using phone = await scriptedPhone();
  phone.script = ({ target }, response) => {
    // The phone takes the first step and is gone.
    if (target === '/hold') phone.refuseMore();
    response.setHeader('connection', 'close').end();
  };
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'connected', 'id=1&remote=101');
  const command = await running.run(desk, { name: 'transfer', arguments: { to: '102', kind: 'BLIND' } });
  expect(command).toMatchObject({ status: 'UNKNOWN' });
  expect(phone.requests.map(({ target }) => target)).toEqual(['/hold']);
});

test('already as asked: CONFIRMED, unchanged', async () => {
  await using phone = await scriptedPhone(says('on'));
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const command = await running.run(desk, { name: 'setDoNotDisturb', arguments: { enabled: true } });
  expect(command).toMatchObject({ status: 'CONFIRMED', changed: false, settledAt: expect.any(Number) });
  expect(phone.requests.map(({ target }) => target)).toEqual(['/dnd']);
});

test.each<[string, CommandRequest, object]>([
  [
    'a capability that the phone has not',
    { name: 'touch', arguments: { touches: [{ xPx: 1, yPx: 1 }] } },
    { code: 'CAPABILITY_UNSUPPORTED', capability: 'TOUCH', alternatives: ['PRESS_KEYS'] },
  ],
  ['no keys', { name: 'pressKeys', arguments: { keys: [] } }, { code: 'INVALID_ARGUMENT', argument: 'keys' }],
  [
    'too many keys',
    { name: 'pressKeys', arguments: { keys: range(101).map(() => ({ key: '1' })) } },
    { code: 'INVALID_ARGUMENT', argument: 'keys' },
  ],
  [
    'another vendor’s key',
    { name: 'pressKeys', arguments: { keys: [{ key: '1' }, { key: 'other:KEY' }] } },
    { code: 'INVALID_ARGUMENT', argument: 'keys.1.key' },
  ],
  [
    'a key that is a command',
    { name: 'pressKeys', arguments: { keys: [{ key: 'acme:Reset' }] } },
    { code: 'INVALID_ARGUMENT', argument: 'keys.0.key' },
  ],
  [
    'a pause of an hour',
    { name: 'pressKeys', arguments: { keys: [{ key: '1', pauseMs: 3_600_000 }] } },
    { code: 'INVALID_ARGUMENT', argument: 'keys.0.pauseMs' },
  ],
  ['nobody to dial', { name: 'dial', arguments: { to: ' ' } }, { code: 'INVALID_ARGUMENT', argument: 'to' }],
  [
    'a line break in a number',
    { name: 'dial', arguments: { to: '1\r\nX: y' } },
    { code: 'INVALID_ARGUMENT', argument: 'to' },
  ],
  [
    'broken XML',
    { name: 'pushXml', arguments: { document: '<a>' } },
    { code: 'INVALID_ARGUMENT', argument: 'document' },
  ],
  [
    'a document type',
    { name: 'pushXml', arguments: { document: '<!DOCTYPE a [<!ENTITY b "c">]><a/>' } },
    { code: 'INVALID_ARGUMENT', argument: 'document' },
  ],
  [
    'a MAC address that is not the phone’s',
    { name: 'factoryReset', arguments: { confirmMac: '00:04:13:00:00:02' } },
    { code: 'INVALID_ARGUMENT', argument: 'confirmMac' },
  ],
  [
    'a setting without a name',
    { name: 'writeSettings', arguments: { settings: [{ name: ' ', value: '' }] } },
    { code: 'INVALID_ARGUMENT', argument: 'settings.0' },
  ],
  [
    'an action URL that the phone has not',
    { name: 'configureActionUrls', arguments: { settings: ['url_hello', 'url_none'] } },
    { code: 'INVALID_ARGUMENT', argument: 'settings.1' },
  ],
  [
    'a wait without end',
    { name: 'verifyEventPath', arguments: { timeoutSeconds: 2_147_483 } },
    { code: 'INVALID_ARGUMENT', argument: 'timeoutSeconds' },
  ],
  ['what policy forbids', { name: 'reboot', arguments: {} }, { code: 'POLICY_DENIED', rule: 'deny:reboot' }],
])('refused and recorded before any traffic: %s', async (_what, request, failure) => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({
    config: { policy: { deny: ['reboot'], commandTimeoutMs: 5_000, replyTimeoutMs: 1_000, screening: 'allow' } },
  });
  const desk = await running.addPhone({ address: phone.origin, mac: '00:04:13:00:00:01' });
  const command = await running.run(desk, request);
  expect(command).toMatchObject({ status: 'FAILED', failure, sentAt: null, repliedAt: null });
  expect(await running.application.commands.get(command.id)).toEqual(command);
  expect(phone.requests).toEqual([]);
});

test('factoryReset with the phone’s own MAC address is sent', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin, mac: '00:04:13:00:00:01' });
  expect(
    await running.run(desk, { name: 'factoryReset', arguments: { confirmMac: '00:04:13:00:00:01' } }),
  ).toMatchObject({ status: 'ACCEPTED' });
  expect(phone.requests).toMatchObject([{ method: 'POST', target: '/reset' }]);
});

test('calls: one that never was, one of another phone, one that is over; a reboot in a call', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const { application } = running;
  const desk = await running.addPhone({ address: phone.origin });
  const other = await running.addPhone({ name: 'Other' });
  await expect(running.run(desk, { name: 'hangUp', arguments: { callId: 'nothing' } })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(running.run({ ...desk, id: 'nothing' }, HANG_UP)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await running.report(other, 'incoming', 'id=1&remote=101');
  const [foreign] = application.calls.active(other.id);
  const onForeign = { name: 'hangUp', arguments: { callId: foreign?.id } } as const;
  expect(await running.run(desk, onForeign)).toMatchObject({
    failure: { code: 'INVALID_ARGUMENT', argument: 'callId' },
  });

  await running.report(desk, 'incoming', 'id=2&remote=101');
  const [own] = application.calls.active(desk.id);
  expect(await running.run(desk, { name: 'reboot', arguments: {} })).toMatchObject({
    failure: { code: 'INVALID_CALL_STATE', actual: 'RINGING' },
  });
  await running.report(desk, 'ended', 'id=2');
  const over = await running.run(desk, { name: 'hangUp', arguments: { callId: own?.id } });
  expect(over).toMatchObject({ failure: { code: 'INVALID_CALL_STATE', actual: 'ENDED' } });
  expect(phone.requests).toEqual([]);
  expect(await running.run(desk, { name: 'reboot', arguments: {} })).toMatchObject({ status: 'ACCEPTED' });
});

test('commands of one phone go out one at a time, hanging up first; another phone does not wait', async () => {
  const gate = Promise.withResolvers<void>();
  await using slow = await scriptedPhone(async (_request, response) => {
    await gate.promise;
    response.end();
  });
  await using other = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: slow.origin });
  const second = await running.addPhone({ name: 'Second', address: other.origin });
  const first = running.run(desk, dial('1'));
  await slow.received(1);
  const rest = [running.run(desk, dial('2')), running.run(desk, dial('3'))];
  // Each is in its place once it is recorded.
  for (const count of [2, 3]) await recorded(count);
  const hangUp = running.run(desk, HANG_UP);
  await recorded(4);
  expect(await running.run(second, dial('4'))).toMatchObject({ status: 'ACCEPTED' });
  expect(slow.requests).toHaveLength(1);
  gate.resolve();
  await Promise.all([first, hangUp, ...rest]);
  expect(slow.requests.map(({ target }) => target)).toEqual(['/dial?to=1', '/hangup', '/dial?to=2', '/dial?to=3']);

  async function recorded(count: number): Promise<void> {
    for (;;) {
      const page = await running.application.commands.list({ phoneIds: [desk.id] }, { first: 10 });
      if (page.items.length >= count) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
});

test('what waits longer than its time expires, and is never sent', async () => {
  await using phone = await scriptedPhone(staysSilent);
  await using running = await testGateway({
    config: { policy: { deny: [], commandTimeoutMs: 150, replyTimeoutMs: 60_000, screening: 'allow' } },
  });
  const desk = await running.addPhone({ address: phone.origin });
  const [first, second] = await Promise.all([running.run(desk, dial('1')), running.run(desk, dial('2'))]);
  expect([first.status, second.status].sort()).toEqual(['FAILED', 'UNKNOWN']);
  expect([first, second].find(({ status }) => status === 'FAILED')).toMatchObject({
    failure: { code: 'COMMAND_EXPIRED' },
    sentAt: null,
  });
  expect(phone.requests).toHaveLength(1);
});

test('a driver that does not heed its time does not hold up the phone', async () => {
  await using phone = await scriptedPhone();
  let wake = (): void => {};
  const stubborn = acmeWith({
    HANG_UP: [
      {
        transport: 'HTTP',
        evidence: 'ASSUMED',
        source: null,
        async hangUp(_command, { http }) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          await http.send({ method: 'GET', target: '/too-late' });
          return { status: 'ACCEPTED', value: undefined };
        },
      },
    ],
  });
  await using running = await testGateway({
    drivers: [stubborn],
    config: { policy: { deny: [], commandTimeoutMs: 100, replyTimeoutMs: 100, screening: 'allow' } },
  });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  const given = await running.run(desk, HANG_UP);
  expect(given).toMatchObject({ status: 'UNKNOWN', sentAt: null });
  wake();
  expect(await running.run(desk, PRESS)).toMatchObject({ status: 'ACCEPTED' });
  expect(phone.requests.map(({ target }) => target)).toEqual(['/keys?OK']);
  expect(await running.application.commands.get(given.id)).toEqual(given);
});

test('a driver that throws: UNKNOWN, and the next command goes on', async () => {
  await using phone = await scriptedPhone();
  const broken = acmeWith({
    HANG_UP: [
      {
        transport: 'HTTP',
        evidence: 'ASSUMED',
        source: null,
        hangUp: () => {
          throw new TypeError('a bug');
        },
      },
    ],
  });
  await using running = await testGateway({ drivers: [broken] });
  const desk = await running.addPhone({ address: phone.origin });
  expect(await running.run(desk, HANG_UP)).toMatchObject({ status: 'UNKNOWN' });
  expect(await running.run(desk, PRESS)).toMatchObject({ status: 'ACCEPTED' });
});

test('a command that waited goes to the phone as it is now, or nowhere where it was removed', async () => {
  const gate = Promise.withResolvers<void>();
  await using old = await scriptedPhone(async (_request, response) => {
    await gate.promise;
    response.end();
  });
  await using moved = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: old.origin });
  const first = running.run(desk, dial('1'));
  await old.received(1);
  const second = running.run(desk, dial('2'));
  const updated = await running.application.phones.update(desk.id, { address: moved.origin }, running.caller);
  expect(updated.ok).toBe(true);
  gate.resolve();
  await Promise.all([first, second]);
  expect([old, moved].map(({ requests }) => requests.map(({ target }) => target))).toEqual([
    ['/dial?to=1'],
    ['/dial?to=2'],
  ]);
  await running.application.phones.remove(desk.id, running.caller);
  expect(await running.run(desk, dial('3'))).toMatchObject({
    status: 'FAILED',
    failure: { code: 'PHONE_UNREACHABLE', retryable: false },
  });
});

test('three silences open the circuit; a changed phone is asked again', async () => {
  await using phone = await scriptedPhone(resets);
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  for (const _ of range(3)) expect(await running.run(desk, PRESS)).toMatchObject({ status: 'UNKNOWN' });
  expect(await running.run(desk, PRESS)).toMatchObject({
    status: 'FAILED',
    sentAt: null,
    failure: { code: 'PHONE_UNREACHABLE' },
  });
  expect(running.application.phones.reachability(desk.id)).toBe('UNREACHABLE');
  expect(phone.requests).toHaveLength(3);
  phone.script = says('');
  await running.application.phones.update(desk.id, { name: 'Same desk' }, running.caller);
  expect(await running.run(desk, PRESS)).toMatchObject({ status: 'ACCEPTED' });
  expect(running.application.phones.reachability(desk.id)).toBe('ONLINE');
});

test('one refused login and the phone is left alone, whoever asks, until its time is over', async () => {
  let now = Date.now();
  await using phone = await scriptedPhone((_request, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="phone"' }).end();
  });
  await using running = await testGateway({ now: () => now });
  const desk = await running.addPhone({ address: phone.origin, username: 'admin', password: 'wrong' });
  const refused = { status: 'FAILED', failure: { code: 'PHONE_UNAUTHORIZED' } };
  expect(await running.run(desk, PRESS)).toMatchObject(refused);
  expect(running.application.phones.reachability(desk.id)).toBe('UNAUTHORIZED');
  now += 200_000;
  expect(await running.run(desk, PRESS)).toMatchObject(refused);
  expect(await running.application.readings.phoneInfo(desk.id, running.caller)).toMatchObject({
    ok: false,
    failure: refused.failure,
  });
  const findings = await running.application.readings.diagnosis(desk.id, running.caller);
  expect(findings.map(({ code }) => code)).toContain('PHONE_UNAUTHORIZED');
  expect(phone.requests).toHaveLength(2);
  // Being refused by the gateway itself does not make it longer.
  now += 100_000;
  await running.run(desk, PRESS);
  expect(phone.requests).toHaveLength(4);
});

test('a diagnosis with refused credentials costs one login', async () => {
  await using phone = await scriptedPhone((_request, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="phone"' }).end();
  });
  const curious = {
    ...acme,
    async diagnose({ http }: Parameters<typeof acme.diagnose>[0]) {
      for (const target of ['/a', '/b', '/c'])
        await http.send({ method: 'GET', target, readOnly: true }).catch(() => {});
      return [];
    },
  };
  await using running = await testGateway({ drivers: [curious] });
  const desk = await running.addPhone({ address: phone.origin, username: 'admin', password: 'wrong' });
  await running.application.readings.diagnosis(desk.id, running.caller);
  expect(phone.requests.map(({ target }) => target)).toEqual(['/a', '/a']);
});

test('explain tells the exact requests and sends none; secrets are masked in it and in the record', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const { commands } = running.application;
  const steps = await commands.explain(
    desk.id,
    { name: 'transfer', arguments: { to: '102', kind: 'BLIND' } },
    running.caller,
  );
  const { host } = new URL(phone.origin);
  expect(steps).toEqual({
    allowed: true,
    failure: null,
    transport: 'HTTP',
    evidence: 'DOCUMENTED',
    source: 'a test',
    skippedTransports: [],
    exchanges: ['/hold', '/dial?to=102'].map(
      (target) => `POST ${target} HTTP/1.1\nHost: ${host}\nConnection: keep-alive\n\n`,
    ),
  });
  const secret = {
    name: 'writeSettings',
    arguments: {
      settings: [
        { name: 'user_pass1', value: 'sörcret' },
        { name: 'lang', value: 'de' },
      ],
    },
  } as const;
  const masked = await commands.explain(desk.id, secret, running.caller);
  expect(masked.exchanges[0]).toContain('GET /set?user_pass1=***&lang=de HTTP/1.1');
  const urls = await commands.explain(desk.id, { name: 'configureActionUrls', arguments: {} }, running.caller);
  expect(urls.exchanges.join()).toContain('/a/***/incoming?id=$id');
  expect(urls.exchanges.join()).not.toContain(running.actionUrlPath(desk));
  const shown = await commands.explain(desk.id, { name: 'pushXml', arguments: { document: '<a/>' } }, running.caller);
  expect(shown.exchanges.join()).toContain('/d/***');
  expect(await commands.explain(desk.id, { name: 'dial', arguments: { to: '' } }, running.caller)).toMatchObject({
    allowed: false,
    failure: { code: 'INVALID_ARGUMENT' },
    exchanges: [],
  });
  expect(phone.requests).toEqual([]);
  expect((await commands.list({}, { first: 5 })).items).toEqual([]);

  const command = await running.run(desk, secret);
  expect(command.arguments).toEqual({
    settings: [
      { name: 'user_pass1', value: '***' },
      { name: 'lang', value: 'de' },
    ],
  });
  expect(phone.requests).toMatchObject([{ target: '/set?user_pass1=s%C3%B6rcret&lang=de' }]);
});

test('a document is fetched by the phone at its short-lived address, with its length', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  await running.run(desk, { name: 'pushXml', arguments: { document: '<ä/>' } });
  const url = phone.requests[0]?.target.slice('/show?'.length) ?? '';
  const response = await fetch(url);
  expect([response.status, response.headers.get('content-type'), response.headers.get('content-length')]).toEqual([
    200,
    'text/xml',
    '5',
  ]);
  expect(await response.text()).toBe('<ä/>');
  expect((await fetch(`${url.slice(0, -1)}~`)).status).toBe(404);
});

test('a light is noted as it was wished', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const command = await running.run(desk, {
    name: 'setLed',
    arguments: { key: 'FUNCTION_1', light: 'BLINK_FAST', color: 'RED' },
  });
  await running.gateway.stop();
  await running.restart();
  expect(await running.application.phones.leds(desk.id)).toEqual([
    { key: 'FUNCTION_1', light: 'BLINK_FAST', color: 'RED', label: null, onPress: null, appliedAt: command.repliedAt },
  ]);
});

test('who watches a command sees it settle; one that never was is not found', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const { id } = await running.run(desk, PRESS);
  expect(await commandWhen(running.application, id, isSettled)).toMatchObject({ status: 'ACCEPTED' });
  await expect(commandWhen(running.application, 'nothing', isSettled)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('why nobody knows what became of a command stands in the log', async () => {
  await using phone = await scriptedPhone(resets);
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  await using running = await testGateway({ log });
  const { id } = await running.run(await running.addPhone({ address: phone.origin }), PRESS);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { command: id, name: 'pressKeys', reason: expect.stringContaining('may have acted') },
  ]);
});
