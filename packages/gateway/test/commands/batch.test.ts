import { expect, test } from 'vitest';
import type { Phone } from '../../src/model.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { type ScriptedPhone, scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled, range } from '../support/wait.ts';

const PRESS = { name: 'pressKeys', arguments: { keys: [{ key: 'OK' }] } } as const;

/** Waits until every command of the batch is settled. */
async function settled(running: TestGateway, batchId: string): Promise<readonly string[]> {
  const { items } = await running.application.commands.inBatch(batchId, { first: 100 });
  const commands = await Promise.all(items.map(({ node }) => commandWhen(running.application, node.id, isSettled)));
  return commands.map(({ status }) => status);
}

async function office(running: TestGateway, phones: readonly ScriptedPhone[]): Promise<readonly Phone[]> {
  const added: Phone[] = [];
  for (const [index, { origin }] of phones.entries()) {
    added.push(
      await running.addPhone({
        name: `Desk ${index}`,
        address: origin,
        tags: ['office', index % 2 === 0 ? 'even' : 'odd'],
      }),
    );
  }
  return added;
}

test('the same command on every phone that matches, at a bounded pace', async () => {
  const gate = Promise.withResolvers<void>();
  let busy = 0;
  let most = 0;
  const phones = await Promise.all(
    range(30).map(() =>
      scriptedPhone(async (_request, response) => {
        busy += 1;
        most = Math.max(most, busy);
        await gate.promise;
        busy -= 1;
        response.end();
      }),
    ),
  );
  await using running = await testGateway();
  await office(running, phones);
  const batch = await running.application.commands.runOnPhones({ tags: ['office'] }, PRESS, { caller: running.caller });
  expect(batch).toMatchObject({ total: 30, requestedBy: 'admin' });
  await Promise.all(phones.slice(0, 20).map((phone) => phone.received(1)));
  // A further one would have been sent by now.
  for (const _ of range(20)) await fetch(`${running.gateway.url}/health/ready`);
  expect(phones.map(({ requests }) => requests.length)).toEqual(range(30).map((n) => (n < 20 ? 1 : 0)));
  expect(await running.application.commands.pendingInBatch(batch.id)).toBe(30);
  gate.resolve();
  expect(await settled(running, batch.id)).toEqual(range(30).map(() => 'ACCEPTED'));
  expect(await running.application.commands.pendingInBatch(batch.id)).toBe(0);
  expect(most).toBe(20);
  expect(phones.map(({ requests }) => requests.length)).toEqual(range(30).map(() => 1));
  await Promise.all(phones.map((phone) => phone.stop()));
});

test('a list of tags means any of them; a filter that says nothing is refused', async () => {
  await using running = await testGateway();
  const phones = await office(running, []);
  expect(phones).toEqual([]);
  const even = await running.addPhone({ name: 'A', tags: ['even'] });
  const odd = await running.addPhone({ name: 'B', tags: ['odd'] });
  await running.addPhone({ name: 'C' });
  const { application, caller } = running;
  const names = application.phones.list({ tags: ['even', 'odd'] }, { first: 10 }).items.map(({ node }) => node.id);
  expect(names).toEqual([even.id, odd.id]);
  for (const filter of [{}, { search: '' }, { capabilities: [] }, { ids: [], tags: [] }]) {
    await expect(application.commands.runOnPhones(filter, PRESS, { caller })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  }
  expect((await application.commands.list({}, { first: 10 })).items).toEqual([]);
});

test('a key makes a batch happen once; for another batch it is refused', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  await office(running, [phone]);
  const { commands } = running.application;
  const by = { caller: running.caller, idempotencyKey: 'key' };
  const first = await commands.runOnPhones({ tags: ['office'] }, PRESS, by);
  expect(await commands.runOnPhones({ tags: ['office'] }, PRESS, by)).toEqual(first);
  await expect(commands.runOnPhones({ tags: ['even'] }, PRESS, by)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await settled(running, first.id);
  expect(phone.requests).toHaveLength(1);
});

test('a call that never was fails every command of the batch, and none stays open', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  await office(running, [phone]);
  const request = { name: 'hangUp', arguments: { callId: 'nothing' } } as const;
  const batch = await running.application.commands.runOnPhones({ tags: ['office'] }, request, {
    caller: running.caller,
  });
  expect(await settled(running, batch.id)).toEqual(['FAILED']);
  expect(phone.requests).toEqual([]);
});
