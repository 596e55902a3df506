import { expect, test } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import { testGateway } from '../support/gateway.ts';
import { resets, scriptedPhone } from '../support/scripted-phone.ts';
import { range } from '../support/wait.ts';

const dial = (to: string): CommandRequest => ({ name: 'dial', arguments: { to } });

test('the same key at the same time: one request at the phone, one answer for all', async () => {
  const gate = Promise.withResolvers<void>();
  await using phone = await scriptedPhone(async (_request, response) => {
    await gate.promise;
    response.end();
  });
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const answers = Promise.all(range(20).map(() => running.run(desk, dial('102'), 'key')));
  await phone.received(1);
  gate.resolve();
  const [first, ...others] = await answers;
  expect(first).toMatchObject({ status: 'ACCEPTED' });
  for (const other of others) expect(other).toEqual(first);
  expect(phone.requests).toHaveLength(1);
});

test('the same key later, and after a restart: the first answer, whatever became of it', async () => {
  await using phone = await scriptedPhone(resets);
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const first = await running.run(desk, dial('102'), 'key');
  expect(first.status).toBe('UNKNOWN');
  expect(await running.run(desk, { name: 'dial', arguments: { from: null, to: '102' } }, 'key')).toEqual(first);
  await running.restart();
  const again = await running.run(desk, dial('102'), 'key');
  expect(again).toEqual({ ...first, settledAt: again.settledAt, unproven: 'GATEWAY_STOPPED' });
  expect(phone.requests).toHaveLength(1);
});

test('the same key for another command is a conflict that names the first', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const first = await running.run(desk, dial('102'), 'key');
  const other = await running.run(desk, dial('103'), 'key');
  expect(other).toMatchObject({
    status: 'FAILED',
    failure: { code: 'IDEMPOTENCY_CONFLICT', originalCommandId: first.id, retryable: false },
  });
  expect(other.id).not.toBe(first.id);
  expect(phone.requests).toHaveLength(1);
});

test('another phone and no key are no doubles; a refused command is answered as it was', async () => {
  await using phone = await scriptedPhone();
  await using second = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const other = await running.addPhone({ name: 'Other', address: second.origin });
  await running.run(desk, dial('102'), 'key');
  await running.run(other, dial('102'), 'key');
  await running.run(desk, dial('102'));
  expect([phone.requests.length, second.requests.length]).toEqual([2, 1]);
  const refused = await running.run(desk, dial(''), 'second key');
  expect(await running.run(desk, dial(''), 'second key')).toEqual(refused);
});

test('another command with the key is refused while the first runs, and after a restart', async () => {
  const gate = Promise.withResolvers<void>();
  await using phone = await scriptedPhone(async (_request, response) => {
    await gate.promise;
    response.end();
  });
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const first = running.run(desk, dial('102'), 'key');
  await phone.received(1);
  const conflict = { status: 'FAILED', sentAt: null, failure: { code: 'IDEMPOTENCY_CONFLICT' } };
  expect(await running.run(desk, dial('103'), 'key')).toMatchObject(conflict);
  expect(await running.run(desk, { name: 'hangUp', arguments: {} }, 'key')).toMatchObject(conflict);
  gate.resolve();
  const { id } = await first;
  await running.restart();
  expect(await running.run(desk, dial('103'), 'key')).toMatchObject({ failure: { originalCommandId: id } });
  expect(phone.requests).toHaveLength(1);
});

test('a refusal by the state of calls is the answer to its key, whatever the calls are later', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'incoming', 'id=1&remote=101');
  await running.report(desk, 'ended', 'id=1');
  const hangUp: CommandRequest = { name: 'hangUp', arguments: {} };
  const refused = await running.run(desk, hangUp, 'key');
  expect(refused).toMatchObject({ failure: { code: 'INVALID_CALL_STATE' } });
  await running.report(desk, 'incoming', 'id=2&remote=102');
  expect(await running.run(desk, hangUp, 'key')).toEqual(refused);
  expect(phone.requests).toEqual([]);
});
