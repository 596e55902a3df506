import type { CommandName } from '@hookswitch/core';
import { expect, test } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import type { Phone } from '../../src/model.ts';
import { acmeWith, CALL_CAPABILITIES } from '../support/driver.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { resets, scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled } from '../support/wait.ts';

// It cannot be asked for its calls: what it reports is all there is.
const acme = acmeWith(CALL_CAPABILITIES, ['CALL_SNAPSHOT']);
const command = (name: CommandName, given: CommandRequest['arguments'] = {}): CommandRequest => ({
  name,
  arguments: given,
});
const DIAL = command('dial', { to: '102' });
const BLIND = command('transfer', { to: '102', kind: 'BLIND' });
const CONSULT = command('transfer', { to: '102', kind: 'ATTENDED' });
const HOLD = command('setHold', { held: true });
const DTMF = command('sendDtmf', { digits: '1' });
const [ANSWER, HANG_UP, REJECT] = [command('answer'), command('hangUp'), command('reject')];
const [COMPLETE, CANCEL, CONFERENCE] = [command('completeTransfer'), command('cancelTransfer'), command('conference')];
const DEFLECT = command('deflect', { to: '102' });

/** It was heard of a call before, so that its calls are known. */
const NO_CALL = ['incoming?id=9&remote=109', 'ended?id=9'];
const RINGS = ['incoming?id=1&remote=101'];
const TALKS = [...RINGS, 'connected?id=1&remote=101'];
const HOLDS = [...TALKS, 'held?id=1&remote=101'];
const CONSULTS = [...HOLDS, 'outgoing?id=2&remote=102', 'connected?id=2&remote=102'];
const RINGS_BESIDE = [...TALKS, 'incoming?id=2&remote=102'];

const [SENT, WITHHELD, REFUSED] = ['sent', 'refused until the first is settled', 'refused'] as const;

/** What the phone reported, the command that it took and reports nothing of, the next one and what becomes of it. */
const PAIRS: readonly (readonly [readonly string[], CommandRequest, CommandRequest, string])[] = [
  [NO_CALL, DIAL, HANG_UP, SENT],
  [NO_CALL, DIAL, BLIND, REFUSED],
  [NO_CALL, DIAL, ANSWER, REFUSED],
  [NO_CALL, DIAL, DTMF, REFUSED],
  // Whether there is a consultation to end, or the caller's call alone.
  [TALKS, DIAL, COMPLETE, WITHHELD],
  [TALKS, DIAL, HANG_UP, WITHHELD],
  [RINGS, ANSWER, BLIND, SENT],
  [RINGS, ANSWER, DTMF, SENT],
  [RINGS, ANSWER, HANG_UP, SENT],
  [RINGS, ANSWER, ANSWER, WITHHELD],
  [RINGS, ANSWER, REJECT, WITHHELD],
  [RINGS, ANSWER, DEFLECT, WITHHELD],
  [RINGS, HANG_UP, ANSWER, WITHHELD],
  [RINGS, REJECT, ANSWER, WITHHELD],
  [RINGS, REJECT, REJECT, WITHHELD],
  [RINGS, DEFLECT, ANSWER, WITHHELD],
  [RINGS, REJECT, HANG_UP, SENT],
  [TALKS, HANG_UP, HANG_UP, SENT],
  [TALKS, HANG_UP, BLIND, WITHHELD],
  [TALKS, HANG_UP, HOLD, WITHHELD],
  [TALKS, HANG_UP, DTMF, WITHHELD],
  [TALKS, HANG_UP, DIAL, SENT],
  [TALKS, command('hangUpAll'), BLIND, WITHHELD],
  [TALKS, BLIND, BLIND, WITHHELD],
  [TALKS, BLIND, CONSULT, WITHHELD],
  [TALKS, BLIND, DTMF, WITHHELD],
  [TALKS, BLIND, HANG_UP, SENT],
  [TALKS, HOLD, DTMF, WITHHELD],
  [TALKS, HOLD, BLIND, SENT],
  [HOLDS, command('setHold', { held: false }), DTMF, SENT],
  [TALKS, CONSULT, CANCEL, WITHHELD],
  [TALKS, CONSULT, COMPLETE, WITHHELD],
  [CONSULTS, COMPLETE, COMPLETE, WITHHELD],
  [CONSULTS, COMPLETE, CANCEL, WITHHELD],
  [CONSULTS, COMPLETE, CONFERENCE, WITHHELD],
  // A second one would end the caller's call.
  [CONSULTS, CANCEL, CANCEL, WITHHELD],
  [CONSULTS, CANCEL, BLIND, WITHHELD],
  // Asked for twice by one click too many: the held caller stays.
  [CONSULTS, HANG_UP, HANG_UP, WITHHELD],
  [RINGS_BESIDE, REJECT, ANSWER, WITHHELD],
  [RINGS_BESIDE, REJECT, BLIND, SENT],
  [RINGS_BESIDE, ANSWER, HOLD, WITHHELD],
];

async function deskWith(running: TestGateway, address: string, reports: readonly string[]): Promise<Phone> {
  const desk = await running.addPhone({ address });
  for (const report of reports) await running.report(desk, ...(report.split('?') as [string, string]));
  return desk;
}

test.each(PAIRS)('after %j, %j and at once %j: %s', async (...[reports, first, second, expected]) => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await deskWith(running, phone.origin, reports);
  expect(await running.run(desk, first)).toMatchObject({ status: 'ACCEPTED', settledAt: null });
  const sent = phone.requests.length;
  const answer = await running.run(desk, second);
  if (expected === SENT) {
    expect(answer).toMatchObject({ status: 'ACCEPTED' });
    expect(phone.requests.length).toBeGreaterThan(sent);
    return;
  }
  const retryable = expected === WITHHELD;
  expect(answer).toMatchObject({
    status: 'FAILED',
    sentAt: null,
    failure: { code: 'INVALID_CALL_STATE', retryable },
  });
  expect(phone.requests).toHaveLength(sent);
  const { failure } = await running.application.commands.explain(desk.id, second, running.caller);
  expect(failure).toMatchObject({ code: 'INVALID_CALL_STATE', retryable });
});

test('calls that come after it are none of its affair', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await deskWith(running, phone.origin, CONSULTS);
  expect(await running.run(desk, COMPLETE)).toMatchObject({ status: 'ACCEPTED' });
  for (const report of ['ended?id=1', 'ended?id=2', 'incoming?id=3&remote=103', 'connected?id=3&remote=103']) {
    await running.report(desk, ...(report.split('?') as [string, string]));
  }
  expect(await running.run(desk, BLIND)).toMatchObject({ status: 'ACCEPTED' });
});

test('a lost reply counts as much as one that came: it may have happened', async () => {
  await using phone = await scriptedPhone(resets);
  await using running = await testGateway({ drivers: [acme] });
  const desk = await deskWith(running, phone.origin, RINGS);
  expect(await running.run(desk, REJECT)).toMatchObject({ status: 'UNKNOWN' });
  expect(await running.run(desk, ANSWER)).toMatchObject({ failure: { code: 'INVALID_CALL_STATE', retryable: true } });
});

test('once the first is proven, or has failed, nothing is withheld', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await deskWith(running, phone.origin, TALKS);
  const consult = await running.run(desk, CONSULT);
  await running.report(desk, 'outgoing', 'id=2&remote=102');
  expect(await commandWhen(running.application, consult.id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
  phone.script = (_request, response) => void response.writeHead(500).end();
  expect(await running.run(desk, COMPLETE)).toMatchObject({ status: 'FAILED', sentAt: expect.any(Number) });
  phone.script = (_request, response) => void response.end();
  expect(await running.run(desk, CANCEL)).toMatchObject({ status: 'ACCEPTED' });
});

test('once its time is over without a proof, the calls count as the phone told them', { timeout: 20_000 }, async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await deskWith(running, phone.origin, RINGS);
  const first = await running.run(desk, ANSWER);
  await commandWhen(running.application, first.id, isSettled);
  expect(await running.run(desk, ANSWER)).toMatchObject({ status: 'ACCEPTED' });
});

test('a transfer that the phone reports as failed leaves the call to be transferred again', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await deskWith(running, phone.origin, TALKS);
  await running.run(desk, BLIND);
  expect(await running.run(desk, BLIND)).toMatchObject({ failure: { code: 'INVALID_CALL_STATE', retryable: true } });
  await running.report(desk, 'notransfer', 'id=1&remote=101');
  expect(await running.run(desk, BLIND)).toMatchObject({ status: 'ACCEPTED' });
});

test('what names no call is bound to the one in focus, and proven by that one alone', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const { application } = running;
  const desk = await deskWith(running, phone.origin, CONSULTS);
  const [caller, colleague] = application.calls.active(desk.id);
  const hangUp = await running.run(desk, HANG_UP);
  expect(hangUp).toMatchObject({ status: 'ACCEPTED', callId: colleague?.id });
  // The held caller gives up in the meantime.
  await running.report(desk, 'ended', 'id=1');
  expect(await application.commands.get(hangUp.id)).toMatchObject({ status: 'ACCEPTED', settledAt: null });
  await running.report(desk, 'ended', 'id=2');
  expect(await commandWhen(application, hangUp.id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
  expect(caller?.remote.number).toBe('101');
});

test('a transfer is bound too; where several calls could be meant, it is refused', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const { application } = running;
  const desk = await deskWith(running, phone.origin, [...CONSULTS, 'held?id=2&remote=102']);
  const [caller, colleague] = application.calls.active(desk.id);
  expect(await running.run(desk, BLIND)).toMatchObject({
    status: 'FAILED',
    failure: { code: 'INVALID_CALL_STATE', message: expect.stringContaining('callId'), retryable: false },
  });
  expect(phone.requests).toEqual([]);
  await running.report(desk, 'resumed', 'id=1&remote=101');
  const transfer = await running.run(desk, BLIND);
  expect(transfer).toMatchObject({ callId: caller?.id });
  await running.report(desk, 'blind', 'id=2&remote=102');
  expect(await application.commands.get(transfer.id)).toMatchObject({ settledAt: null });
  await running.report(desk, 'blind', 'id=1&remote=101');
  expect(await commandWhen(application, transfer.id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
  expect(colleague?.remote.number).toBe('102');
});
