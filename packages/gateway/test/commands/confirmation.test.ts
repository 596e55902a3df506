import type { SnapshotCall } from '@hookswitch/core';
import { expect, test } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import { testGateway } from '../support/gateway.ts';
import { resets, type Script, says, scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled } from '../support/wait.ts';

const DIAL: CommandRequest = { name: 'dial', arguments: { to: '102' } };
const VERIFY: CommandRequest = { name: 'verifyEventPath', arguments: {} };

test('ACCEPTED becomes CONFIRMED by the event that proves it', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const { application } = running;
  const desk = await running.addPhone({ address: phone.origin });
  const accepted = await running.run(desk, DIAL);
  expect(accepted).toMatchObject({ status: 'ACCEPTED', settledAt: null });
  await running.report(desk, 'hello');
  await running.report(desk, 'outgoing', 'id=1&remote=102');
  const settled = await commandWhen(application, accepted.id, isSettled);
  expect(settled).toMatchObject({ status: 'CONFIRMED', changed: true, settledAt: expect.any(Number) });
  const proof = await application.events.get(settled.confirmedBySequence ?? 0);
  expect(proof?.event).toMatchObject({ type: 'CALL', callEventKind: 'OUTGOING' });
});

test('an event that comes before the phone’s reply proves it too', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  phone.script = async (_request, response) => {
    await running.report(desk, 'outgoing', 'id=1&remote=102');
    response.end();
  };
  expect(await running.run(desk, DIAL)).toMatchObject({ status: 'CONFIRMED', settledAt: expect.any(Number) });
});

test('UNKNOWN becomes CONFIRMED where the event shows that the phone had acted', async () => {
  await using phone = await scriptedPhone(resets);
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const lost = await running.run(desk, DIAL);
  expect(lost).toMatchObject({ status: 'UNKNOWN', settledAt: null });
  await running.report(desk, 'outgoing', 'id=1&remote=102');
  expect(await commandWhen(running.application, lost.id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
});

test('an event about another call proves nothing, one event proves one command', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const { application } = running;
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'incoming', 'id=2&remote=102');
  const [first, second] = application.calls.active(desk.id);
  const hangUp = (callId: string | undefined): CommandRequest => ({ name: 'hangUp', arguments: { callId } });
  const one = await running.run(desk, hangUp(first?.id));
  const two = await running.run(desk, hangUp(second?.id));
  expect([one.callId, two.callId]).toEqual([first?.id, second?.id]);
  await running.report(desk, 'ended', 'id=2');
  expect(await commandWhen(application, two.id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
  expect(await application.commands.get(one.id)).toMatchObject({ status: 'ACCEPTED', settledAt: null });
  await running.report(desk, 'ended', 'id=1');
  expect(await commandWhen(application, one.id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
});

test('verifyEventPath: CONFIRMED by the test event; broken with the hop named', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  phone.script = async (_request, response) => {
    response.end();
    await running.report(desk, 'test');
  };
  expect(await running.run(desk, VERIFY)).toMatchObject({ status: 'CONFIRMED' });
  phone.script = says('');
  const silent = await running.run(desk, { name: 'verifyEventPath', arguments: { timeoutSeconds: 1 } });
  expect(silent).toMatchObject({ status: 'FAILED', failure: { code: 'EVENT_PATH_BROKEN', hop: 'PHONE_TO_GATEWAY' } });
  await phone.stop();
  expect(await running.run(desk, VERIFY)).toMatchObject({
    status: 'FAILED',
    failure: { code: 'EVENT_PATH_BROKEN', hop: 'GATEWAY_TO_PHONE' },
  });
});

const PARTY = { number: null, uri: null, displayName: null };

function snapshot(
  ...calls: readonly (Pick<SnapshotCall, 'state'> & { readonly id: string; readonly number: string })[]
): Script {
  return says(
    JSON.stringify(
      calls.map(({ id, number, state }) => ({
        vendorIds: { id },
        state,
        direction: 'INCOMING',
        remote: { ...PARTY, number },
        local: PARTY,
      })),
    ),
  );
}

test('refreshCalls corrects the picture through the log', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const { application } = running;
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'incoming', 'id=2&remote=102');
  await running.report(desk, 'incoming', 'id=3&remote=103');
  const [gone] = application.calls.active(desk.id);
  phone.script = snapshot(
    { id: '2', number: '102', state: 'CONNECTED' },
    { id: '3', number: '103', state: 'RINGING' },
    { id: '4', number: '104', state: 'HELD' },
  );
  const command = await running.run(desk, { name: 'refreshCalls', arguments: {} });
  expect(command).toMatchObject({ status: 'ACCEPTED', settledAt: expect.any(Number) });
  expect(application.calls.active(desk.id).map(({ remote, state }) => [remote.number, state])).toEqual([
    ['102', 'CONNECTED'],
    ['103', 'RINGING'],
    ['104', 'HELD'],
  ]);
  expect(await application.calls.get(gone?.id ?? '')).toMatchObject({
    state: 'ENDED',
    endInferred: true,
    endReason: null,
  });
  const { items } = await application.events.list({ phoneIds: [desk.id] }, { first: 50 });
  expect(
    items.slice(3).map(({ vendorEvent, event }) => [vendorEvent, 'callEventKind' in event && event.callEventKind]),
  ).toEqual([
    [null, 'ENDED'],
    [null, 'CONNECTED'],
    [null, 'HELD'],
  ]);
  // What is right already is not told again.
  await running.run(desk, { name: 'refreshCalls', arguments: {} });
  expect((await application.events.list({}, { first: 50 })).items).toHaveLength(items.length);
});

test('what the phone reports while it is asked counts, and not the snapshot', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  phone.script = async (request, response) => {
    await running.report(desk, 'connected', 'id=1&remote=101');
    await running.report(desk, 'incoming', 'id=2&remote=102');
    await snapshot({ id: '1', number: '101', state: 'RINGING' })(request, response);
  };
  await running.run(desk, { name: 'refreshCalls', arguments: {} });
  expect(running.application.calls.active(desk.id).map(({ remote, state }) => [remote.number, state])).toEqual([
    ['101', 'CONNECTED'],
    ['102', 'RINGING'],
  ]);
});
