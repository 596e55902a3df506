import type { CommandName } from '@hookswitch/core';
import { expect, test } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import type { Config } from '../../src/config/config.ts';
import { acmeWith, CALL_CAPABILITIES } from '../support/driver.ts';
import { testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled } from '../support/wait.ts';

const acme = acmeWith(CALL_CAPABILITIES);
const command = (name: CommandName, given: CommandRequest['arguments'] = {}): CommandRequest => ({
  name,
  arguments: given,
});
const refusedAs = (actual: string | null) => ({
  status: 'FAILED',
  sentAt: null,
  failure: { code: 'INVALID_CALL_STATE', actual, retryable: false },
});

const TRANSFER = command('transfer', { to: '102', kind: 'BLIND' });
const CONSULT = command('transfer', { to: '102', kind: 'ATTENDED' });
const HOLD = command('setHold', { held: true });
const DTMF = command('sendDtmf', { digits: '1' });
const MUTE = command('setMuted', { muted: true });

/** What the phone reported; the commands that its calls do not allow, and what the answer names as the state. */
const CASES: readonly (readonly [string, readonly string[], readonly CommandRequest[], string | null])[] = [
  [
    'no call',
    ['incoming?id=9&remote=109', 'ended?id=9'],
    [
      ...[TRANSFER, CONSULT, HOLD, DTMF, MUTE],
      ...(['answer', 'reject', 'hangUp', 'completeTransfer', 'cancelTransfer', 'conference'] as const).map((name) =>
        command(name),
      ),
      command('deflect', { to: '102' }),
    ],
    null,
  ],
  [
    'a call that rings',
    ['incoming?id=1&remote=101'],
    [TRANSFER, CONSULT, HOLD, DTMF, MUTE, command('completeTransfer'), command('conference')],
    'RINGING',
  ],
  ['a call that is being placed', ['outgoing?id=1&remote=101'], [command('answer'), TRANSFER, DTMF, HOLD], 'DIALING'],
  [
    'one call that is connected',
    ['incoming?id=1&remote=101', 'connected?id=1&remote=101'],
    [
      ...(['answer', 'reject', 'completeTransfer', 'cancelTransfer', 'conference'] as const).map((name) =>
        command(name),
      ),
    ],
    'CONNECTED',
  ],
  [
    'one call that is held',
    ['incoming?id=1&remote=101', 'connected?id=1&remote=101', 'held?id=1&remote=101'],
    [DTMF, command('completeTransfer'), command('cancelTransfer')],
    'HELD',
  ],
];

test.each(CASES)('%s', async (...[_name, reports, commands, actual]) => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  for (const report of reports) await running.report(desk, ...(report.split('?') as [string, string]));
  for (const request of commands) {
    expect(await running.run(desk, request), request.name).toMatchObject(refusedAs(actual));
    const { allowed, failure } = await running.application.commands.explain(desk.id, request, running.caller);
    expect([allowed, failure?.code]).toEqual([false, 'INVALID_CALL_STATE']);
  }
  expect(phone.requests).toEqual([]);
});

const PRESS: Config['policy'] = {
  deny: [],
  commandTimeoutMs: 15_000,
  replyTimeoutMs: 5_000,
  screening: 'allow',
  unknownState: 'press',
};
const withoutSnapshot = acmeWith(CALL_CAPABILITIES, ['CALL_SNAPSHOT']);

test('a phone that never told of a call and cannot be asked: what does no harm is sent, what might dial is not', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [withoutSnapshot] });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'hello');
  const risky = [TRANSFER, CONSULT, DTMF, command('reject'), command('deflect', { to: '102' }), command('conference')];
  for (const request of [...risky, command('completeTransfer'), command('cancelTransfer')]) {
    expect(await running.run(desk, request), request.name).toMatchObject({
      status: 'FAILED',
      sentAt: null,
      failure: { code: 'STATE_UNKNOWN', retryable: false },
    });
    const { allowed, failure } = await running.application.commands.explain(desk.id, request, running.caller);
    expect([allowed, failure?.code], request.name).toEqual([false, 'STATE_UNKNOWN']);
  }
  expect(phone.requests).toEqual([]);
  for (const request of [command('answer'), command('hangUp')]) {
    expect(await running.run(desk, request)).toMatchObject({ status: 'ACCEPTED' });
  }
  expect(phone.requests.map(({ target }) => target)).toEqual(['/answer', '/hangup']);
});

test('where the operator wants it pressed anyway, it is sent', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [withoutSnapshot], config: { policy: PRESS } });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'hello');
  for (const request of [TRANSFER, DTMF]) {
    const { allowed } = await running.application.commands.explain(desk.id, request, running.caller);
    expect(allowed, request.name).toBe(true);
    expect(await running.run(desk, request), request.name).toMatchObject({ status: 'ACCEPTED' });
  }
  expect(phone.requests.map(({ target }) => target)).toEqual(['/hold', '/dial?to=102', '/dtmf']);
});

test('a phone that never told of a call is asked, and refused by its own word', async () => {
  await using phone = await scriptedPhone(says('[]'));
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  for (const request of [TRANSFER, CONSULT, command('completeTransfer'), command('hangUp')]) {
    expect(await running.run(desk, request), request.name).toMatchObject(refusedAs(null));
  }
  expect(new Set(phone.requests.map(({ target }) => target))).toEqual(new Set(['/calls']));
  const nobody = { number: null, uri: null, displayName: null };
  const there = { vendorIds: { id: '1' }, direction: 'INCOMING', state: 'CONNECTED', remote: nobody, local: nobody };
  phone.script = (request, response) =>
    says(request.target === '/calls' ? JSON.stringify([there]) : '')(request, response);
  expect(await running.run(desk, TRANSFER)).toMatchObject({ status: 'ACCEPTED' });
  expect(phone.requests.slice(-3).map(({ target }) => target)).toEqual(['/calls', '/hold', '/dial?to=102']);
});

test('a phone that cannot say which calls it has is not locked out either', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  expect(await running.run(desk, command('hangUp'))).toMatchObject({ status: 'ACCEPTED' });
  expect(phone.requests.map(({ target }) => target)).toEqual(['/calls', '/hangup']);
  // It might dial: it was asked for its calls and gave none.
  expect(await running.run(desk, TRANSFER)).toMatchObject({ status: 'FAILED', failure: { code: 'STATE_UNKNOWN' } });
  expect(phone.requests.map(({ target }) => target).slice(2)).toEqual(['/calls']);
});

test('a phone that had no call is not taken for silent because it told of none', { timeout: 20_000 }, async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [withoutSnapshot] });
  const desk = await running.addPhone({ address: phone.origin });
  const early = await running.run(desk, command('hangUp'));
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await commandWhen(running.application, early.id, isSettled);
  expect(await running.run(desk, TRANSFER)).toMatchObject(refusedAs('RINGING'));
});

test('what it told before a restart counts', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'ended', 'id=1');
  await running.restart();
  expect(await running.run(desk, TRANSFER)).toMatchObject(refusedAs(null));
});

test('a phone whose call is on the way is not refused: hang up right after dial', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'ended', 'id=1');
  await running.run(desk, command('dial', { to: '102' }));
  expect(await running.run(desk, command('hangUp'))).toMatchObject({ status: 'ACCEPTED' });
});

test('a phone that kept silent on a command is not locked out by what it told before', {
  timeout: 20_000,
}, async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [withoutSnapshot] });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'ended', 'id=1');
  expect(await running.run(desk, command('hangUp'))).toMatchObject(refusedAs(null));
  // Somebody took its action URLs away: it dials, and tells nothing.
  const dial = await running.run(desk, command('dial', { to: '102' }));
  expect(await commandWhen(running.application, dial.id, isSettled)).toMatchObject({ unproven: 'NOT_REPORTED' });
  expect(await running.run(desk, command('hangUp'))).toMatchObject({ status: 'ACCEPTED' });
  await running.report(desk, 'ended', 'id=2');
  expect(await running.run(desk, command('answer'))).toMatchObject(refusedAs(null));
});

test('a call that ends while a command waits for its turn', async () => {
  const gate = Promise.withResolvers<void>();
  await using phone = await scriptedPhone(async (_request, response) => {
    await gate.promise;
    response.end();
  });
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'connected', 'id=1&remote=101');
  const [call] = running.application.calls.active(desk.id);
  const busy = running.run(desk, command('pressKeys', { keys: [{ key: '1' }] }));
  await phone.received(1);
  const held = running.run(desk, command('setHold', { held: true, callId: call?.id }));
  const digits = running.run(desk, DTMF);
  await running.report(desk, 'ended', 'id=1');
  gate.resolve();
  expect(await held).toMatchObject(refusedAs('ENDED'));
  expect(await digits).toMatchObject(refusedAs(null));
  expect(await busy).toMatchObject({ status: 'ACCEPTED' });
  expect(phone.requests).toHaveLength(1);
});
