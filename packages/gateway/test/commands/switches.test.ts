import type { CommandName } from '@hookswitch/core';
import { expect, test } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import type { Config } from '../../src/config/config.ts';
import type { Phone } from '../../src/model.ts';
import { acmeWith, CALL_CAPABILITIES } from '../support/driver.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled } from '../support/wait.ts';

const acme = acmeWith(CALL_CAPABILITIES, ['CALL_SNAPSHOT']);
const command = (name: CommandName, given: CommandRequest['arguments'] = {}): CommandRequest => ({
  name,
  arguments: given,
});
const HOLD = command('setHold', { held: true });
const MUTE = command('setMuted', { muted: true });
const DND = command('setDoNotDisturb', { enabled: true });
const FORWARD = command('setForwarding', { kind: 'ALWAYS', enabled: true, target: '300' });
const ALREADY = { status: 'CONFIRMED', changed: false, sentAt: null };
const NOT_KNOWN = { status: 'FAILED', sentAt: null, failure: { code: 'STATE_UNKNOWN' } };

const PRESS: Config['policy'] = {
  deny: [],
  commandTimeoutMs: 15_000,
  replyTimeoutMs: 5_000,
  screening: 'allow',
  unknownState: 'press',
};

async function talking(running: TestGateway, desk: Phone): Promise<void> {
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'connected', 'id=1&remote=101');
}

/** Gives a command, has the phone report, and waits for the proof. */
async function proven(
  running: TestGateway,
  desk: Phone,
  [request, ...report]: readonly [CommandRequest, string, string],
): Promise<void> {
  const { id } = await running.run(desk, request);
  await running.report(desk, ...report);
  expect(await commandWhen(running.application, id, isSettled)).toMatchObject({ status: 'CONFIRMED', changed: true });
}

test.each<[string, CommandRequest, readonly [string, string]]>([
  ['hold', HOLD, ['held', 'id=1&remote=101']],
  ['mute', MUTE, ['muted', 'id=1&remote=101']],
  ['do not disturb', DND, ['dnd', 'on=1']],
  ['forwarding', FORWARD, ['forward', 'on=1']],
])('asked twice, the second sends nothing: %s', async (_name, request, report) => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme], config: { policy: PRESS } });
  const desk = await running.addPhone({ address: phone.origin });
  await talking(running, desk);
  await proven(running, desk, [request, ...report]);
  const sent = phone.requests.length;
  expect(await running.run(desk, request)).toMatchObject(ALREADY);
  // The same report again is its echo.
  await running.report(desk, ...report);
  expect(await running.run(desk, request)).toMatchObject(ALREADY);
  expect(phone.requests).toHaveLength(sent);
});

test('asked twice at once: the second waits for what the first comes to', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await talking(running, desk);
  const first = await running.run(desk, HOLD);
  const second = running.run(desk, HOLD);
  await expect
    .poll(async () => (await running.application.commands.list({}, { first: 9 })).items.map(({ node }) => node.status))
    .toEqual(['QUEUED', 'ACCEPTED']);
  await running.report(desk, 'held', 'id=1&remote=101');
  expect(await second).toMatchObject(ALREADY);
  expect(await commandWhen(running.application, first.id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
  expect(phone.requests).toHaveLength(1);
});

test('somebody turned it at the phone: it is sent again', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await proven(running, desk, [FORWARD, 'forward', 'on=1']);
  await running.report(desk, 'forward', 'on=0');
  expect(await running.run(desk, command('setForwarding', { kind: 'ALWAYS', enabled: false }))).toMatchObject(ALREADY);
  expect(await running.run(desk, FORWARD)).toMatchObject({ status: 'ACCEPTED' });
  expect(phone.requests).toHaveLength(2);
});

test('another target is another wish', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await proven(running, desk, [FORWARD, 'forward', 'on=1']);
  const other = command('setForwarding', { kind: 'ALWAYS', enabled: true, target: '301' });
  expect(await running.run(desk, other)).toMatchObject({ status: 'ACCEPTED' });
});

test('a toggle of which nothing is known is refused, typed; policy may have it pressed', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await talking(running, desk);
  expect(await running.run(desk, MUTE)).toMatchObject(NOT_KNOWN);
  const { allowed, failure } = await running.application.commands.explain(desk.id, MUTE, running.caller);
  expect([allowed, failure?.code]).toEqual([false, 'STATE_UNKNOWN']);
  expect(phone.requests).toEqual([]);
  await using pressing = await testGateway({ drivers: [acme], config: { policy: PRESS } });
  const other = await pressing.addPhone({ address: phone.origin });
  await talking(pressing, other);
  expect(await pressing.run(other, MUTE)).toMatchObject({ status: 'ACCEPTED' });
  expect(phone.requests.map(({ target }) => target)).toEqual(['/mute']);
});

test('pressed, and nothing proves that it moved: nobody knows any more', { timeout: 40_000 }, async () => {
  await using phone = await scriptedPhone();
  await using other = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  await using pressing = await testGateway({ drivers: [acme], config: { policy: PRESS } });
  const desk = await running.addPhone({ address: phone.origin });
  const second = await pressing.addPhone({ address: other.origin });
  const unproven = async (gateway: TestGateway, at: Phone, request: CommandRequest): Promise<void> => {
    await talking(gateway, at);
    const { id } = await gateway.run(at, request);
    const done = await commandWhen(gateway.application, id, isSettled);
    expect(done).toMatchObject({ status: 'ACCEPTED', unproven: 'NOT_REPORTED' });
  };
  await Promise.all([unproven(running, desk, HOLD), unproven(pressing, second, MUTE)]);
  expect(await running.run(desk, HOLD)).toMatchObject(NOT_KNOWN);
  expect(phone.requests).toHaveLength(1);
  // The next report tells.
  await running.report(desk, 'held', 'id=1&remote=101');
  expect(await running.run(desk, HOLD)).toMatchObject(ALREADY);
  // Where it is to be pressed without knowing, what the phone took is not undone by asking twice.
  expect(await pressing.run(second, MUTE)).toMatchObject(ALREADY);
  expect(await pressing.run(second, command('setMuted', { muted: false }))).toMatchObject({ status: 'ACCEPTED' });
  expect(other.requests).toHaveLength(2);
});

test('after a start nobody knows what the phone has kept: a wish is sent again', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'forward', 'on=0');
  const off = command('setForwarding', { kind: 'ALWAYS', enabled: false });
  expect(await running.run(desk, off)).toMatchObject(ALREADY);
  await running.report(desk, 'started');
  expect(await running.run(desk, off)).toMatchObject({ status: 'ACCEPTED' });
});
