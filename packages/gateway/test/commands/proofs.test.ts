import type { CommandName } from '@hookswitch/core';
import { expect, test } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import type { Command, Phone } from '../../src/model.ts';
import { acmeWith, CALL_CAPABILITIES } from '../support/driver.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled } from '../support/wait.ts';

const acme = acmeWith(CALL_CAPABILITIES);
const command = (name: CommandName, given: CommandRequest['arguments'] = {}): CommandRequest => ({
  name,
  arguments: given,
});
const settled = ({ application }: TestGateway, { id }: Command) => commandWhen(application, id, isSettled);

/** A call that the phone is in. */
async function talking(running: TestGateway, desk: Phone, id: string): Promise<string> {
  await running.report(desk, 'incoming', `id=${id}&remote=10${id}`);
  await running.report(desk, 'connected', `id=${id}&remote=10${id}`);
  const call = running.application.calls.active(desk.id).find(({ vendorIds }) => vendorIds['id'] === id);
  return call?.id ?? '';
}

test('each dial is proven by the call to its own number, in whichever order they come', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  const first = await running.run(desk, command('dial', { to: '+49 (30) 102' }));
  const second = await running.run(desk, command('dial', { to: 'sip:Ada@pbx.example' }));
  await running.report(desk, 'outgoing', 'id=1&remote=sip:ada%40pbx.example');
  expect(await settled(running, second)).toMatchObject({ status: 'CONFIRMED', unproven: null });
  await running.report(desk, 'outgoing', 'id=2&remote=999');
  expect(await running.application.commands.get(first.id)).toMatchObject({ status: 'ACCEPTED', settledAt: null });
  await running.report(desk, 'outgoing', 'id=3&remote=%2B4930102');
  expect(await settled(running, first)).toMatchObject({ status: 'CONFIRMED' });
});

test('where the event tells no number, one event proves one dial, the oldest', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  const first = await running.run(desk, command('dial', { to: '102' }));
  const second = await running.run(desk, command('dial', { to: '103' }));
  await running.report(desk, 'outgoing', 'id=1');
  expect(await settled(running, first)).toMatchObject({ status: 'CONFIRMED' });
  expect(await running.application.commands.get(second.id)).toMatchObject({ settledAt: null });
});

test('a call without a number that is found by asking proves no dial: anybody may have placed it', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const { application } = running;
  const desk = await running.addPhone({ address: phone.origin });
  const nobody = { number: null, uri: null, displayName: null };
  const found = { vendorIds: { id: '1' }, direction: 'OUTGOING', state: 'DIALING', remote: nobody, local: nobody };
  phone.script = (request, response) =>
    says(request.target === '/calls' ? JSON.stringify([found]) : '')(request, response);
  const dial = await running.run(desk, command('dial', { to: '102' }));
  await expect
    .poll(() => application.calls.active(desk.id), { timeout: 10_000 })
    .toMatchObject([{ direction: 'OUTGOING', remote: { number: null } }]);
  await running.report(desk, 'outgoing', 'id=1&remote=102');
  const proven = await settled(running, dial);
  expect(proven).toMatchObject({ status: 'CONFIRMED' });
  const proof = await application.events.get(proven.confirmedBySequence ?? 0);
  expect(proof).toMatchObject({ vendorEvent: 'url_outgoing', event: { call: { remote: { number: '102' } } } });
});

test('hangUpAll is proven when all calls of that time are over, and takes no proof from others', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const { application } = running;
  const desk = await running.addPhone({ address: phone.origin });
  const [one, two] = [await talking(running, desk, '1'), await talking(running, desk, '2')];
  const all = await running.run(desk, command('hangUpAll'));
  const named = await running.run(desk, command('hangUp', { callId: one }));
  const twin = await running.run(desk, command('hangUp', { callId: one }));
  const unnamed = await running.run(desk, command('hangUp'));
  await running.report(desk, 'ended', 'id=1');
  expect(await settled(running, named)).toMatchObject({ status: 'CONFIRMED', callId: one });
  // Both wished that very call to end.
  expect(await settled(running, twin)).toMatchObject({ status: 'CONFIRMED' });
  expect(await application.commands.get(all.id)).toMatchObject({ settledAt: null });
  expect(await application.commands.get(unnamed.id)).toMatchObject({ settledAt: null });
  // A call that came since does not count.
  await running.report(desk, 'incoming', 'id=3&remote=103');
  await running.report(desk, 'ended', 'id=2');
  expect(await settled(running, all)).toMatchObject({ status: 'CONFIRMED' });
  expect(await settled(running, unnamed)).toMatchObject({ status: 'CONFIRMED' });
  expect(two).not.toBe('');
});

test('hangUpAll with nothing known to hang up waits for no event', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  expect(await running.run(desk, command('hangUpAll'))).toMatchObject({
    status: 'ACCEPTED',
    settledAt: expect.any(Number),
    unproven: 'NOT_REPORTABLE',
  });
});

test('two wishes for the same state are proven by one event', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const desk = await running.addPhone({ address: phone.origin });
  const call = await talking(running, desk, '1');
  const complete = await running.run(desk, command('completeTransfer', { heldCallId: call }));
  expect(complete).toMatchObject({ status: 'FAILED', failure: { code: 'INVALID_CALL_STATE' } });
  await running.report(desk, 'held', 'id=1&remote=101');
  await talking(running, desk, '2');
  const done = await running.run(desk, command('completeTransfer', { heldCallId: call }));
  await running.report(desk, 'transferred', 'id=2&remote=102');
  expect(await running.application.commands.get(done.id)).toMatchObject({ settledAt: null });
  await running.report(desk, 'transferred', 'id=1&remote=101');
  expect(await settled(running, done)).toMatchObject({ status: 'CONFIRMED', callId: call });
});

test('a phone that tells nothing of a rejected call is asked; what it says then is the proof', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acme] });
  const { application } = running;
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  phone.script = (request, response) => says(request.target === '/calls' ? '[]' : '')(request, response);
  const reject = await running.run(desk, command('reject'));
  expect(reject).toMatchObject({ status: 'ACCEPTED', settledAt: null });
  const proven = await settled(running, reject);
  expect(proven).toMatchObject({ status: 'CONFIRMED' });
  const proof = await application.events.get(proven.confirmedBySequence ?? 0);
  expect(proof).toMatchObject({ vendorEvent: null, event: { callEventKind: 'ENDED' } });
  expect(phone.requests.map(({ target }) => target)).toEqual(['/reject', '/calls']);
});

test('what the gateway concludes by itself proves nothing', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway({ drivers: [acmeWith(CALL_CAPABILITIES, ['CALL_SNAPSHOT'])] });
  const desk = await running.addPhone({ address: phone.origin });
  await talking(running, desk, '1');
  const hangUp = await running.run(desk, command('hangUp'));
  // It has no calls any more, whatever it was told.
  await running.report(desk, 'started');
  await expect.poll(() => running.application.calls.active(desk.id)).toEqual([]);
  expect(await running.application.commands.get(hangUp.id)).toMatchObject({ status: 'ACCEPTED', settledAt: null });
});

test('a dial that no outgoing call follows is settled unproven, and says why', { timeout: 20_000 }, async () => {
  await using phone = await scriptedPhone();
  await using other = await scriptedPhone();
  await using running = await testGateway({ drivers: [acmeWith({}, ['CALL_SNAPSHOT'])] });
  const heard = await running.addPhone({ address: phone.origin });
  const silent = await running.addPhone({ name: 'Silent', address: other.origin });
  await running.report(heard, 'hello');
  const toldOther = await running.run(heard, command('dial', { to: '102' }));
  await running.report(heard, 'outgoing', 'id=1&remote=103');
  const never = await running.run(silent, command('dial', { to: '102' }));
  const [one, two] = await Promise.all([settled(running, toldOther), settled(running, never)]);
  expect([one.status, one.unproven]).toEqual(['ACCEPTED', 'NOT_REPORTED']);
  expect([two.status, two.unproven]).toEqual([never.status, 'NEVER_HEARD']);
  expect(await running.run(heard, command('pressKeys', { keys: [{ key: '1' }] }))).toMatchObject({
    status: 'ACCEPTED',
    unproven: 'NOT_REPORTABLE',
  });
});
