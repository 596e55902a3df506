import { expect, onTestFinished, test } from 'vitest';
import type { Application, CommandFilter, CommandUpdate } from '../../src/application.ts';
import { createCommandFeed } from '../../src/commands/command-feed.ts';
import { streamCommands } from '../../src/commands/command-stream.ts';
import type { Command, Phone } from '../../src/model.ts';
import { authorise } from '../../src/security/authorise/authorise.ts';
import type { Principal } from '../../src/security/principal.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { range } from '../support/wait.ts';

const SALES: Principal = {
  kind: 'API_KEY',
  id: 'k1',
  name: 'sales',
  scopes: ['phones:read'],
  tags: ['sales'],
  masksNumbers: true,
  expiresAt: null,
};

const press = (running: TestGateway, phone: Phone) =>
  running.run(phone, { name: 'pressKeys', arguments: { keys: [{ key: 'OK' }] } });

/** A stream that ends with the test. */
function streamOf(application: Application, filter: CommandFilter = {}) {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const updates = application.commands.subscribeAll(filter, leaving.signal)[Symbol.asyncIterator]();
  return async (): Promise<CommandUpdate> => {
    const { value, done } = await updates.next();
    if (done === true) throw new Error('it ended');
    return value;
  };
}

/** What it says up to the first that is as wanted. */
async function until(next: () => Promise<CommandUpdate>, wanted: (update: CommandUpdate) => boolean) {
  const said: CommandUpdate[] = [];
  do said.push(await next());
  while (!said.slice(-1).every(wanted));
  return said;
}

const isCaughtUp = ({ kind }: CommandUpdate): boolean => kind === 'caughtUp';
const of =
  (phone: Phone, isSettled = false) =>
  (update: CommandUpdate): boolean =>
    update.kind === 'command' &&
    update.command.phoneId === phone.id &&
    (!isSettled || update.command.settledAt !== null || update.command.failure !== null);

test('the newest commands, the oldest of them first, then what others ask, as it changes', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const [first, second] = [await press(running, desk), await press(running, desk)];
  const next = streamOf(running.application, { phoneIds: [desk.id] });
  const before = await until(next, isCaughtUp);
  expect(before.map((update) => (update.kind === 'command' ? update.command.id : update.kind))).toEqual([
    first.id,
    second.id,
    'caughtUp',
  ]);
  const other = await running.addPhone({ name: 'Other' });
  await press(running, other);
  const third = await press(running, desk);
  const after = await until(next, of(desk, true));
  expect(new Set(after.map((update) => update.kind === 'command' && update.command.id))).toEqual(new Set([third.id]));
});

test('a caller of some tags hears of their phones only, also while these change, and no number', async () => {
  await using running = await testGateway();
  const own = await running.addPhone({ name: 'Own', tags: ['sales'] });
  const lent = await running.addPhone({ name: 'Lent', tags: ['sales'] });
  const foreign = await running.addPhone({ name: 'Foreign', tags: ['hr'] });
  await press(running, foreign);
  const next = streamOf(authorise(running.application, SALES));
  expect(await until(next, isCaughtUp)).toHaveLength(1);
  await press(running, lent);
  expect((await until(next, of(lent, true))).length).toBeGreaterThan(0);
  await running.application.phones.update(lent.id, { tags: ['hr'] }, running.caller);
  await press(running, lent);
  await press(running, foreign);
  await running.run(own, { name: 'dial', arguments: { to: '+49301234567' } });
  const said = await until(next, of(own, true));
  expect(said.every(of(own))).toBe(true);
  expect(JSON.stringify(said)).toContain('+4930***');
  expect(JSON.stringify(said)).not.toContain('1234567');
});

test('a caller who may read no commands is refused', async () => {
  await using running = await testGateway();
  const next = streamOf(authorise(running.application, { ...SALES, scopes: ['events:read'] }));
  await expect(next()).rejects.toMatchObject({ scope: 'phones:read' });
});

test('a subscriber for whom too many wait is not kept: what waits is the latest state of each', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const made = await press(running, desk);
  const feed = createCommandFeed();
  const stream = () =>
    streamCommands(
      { feed, snapshot: () => Promise.resolve([]), cursor: () => 'c' },
      () => true,
      new AbortController().signal,
    );
  const slow = stream();
  expect((await slow.next()).value).toEqual({ kind: 'caughtUp', cursor: 'c' });
  const states: readonly Command['status'][] = ['QUEUED', 'SENT', 'ACCEPTED'];
  for (const status of states) feed.publish({ ...made, status });
  expect((await slow.next()).value).toMatchObject({ kind: 'command', command: { status: 'ACCEPTED' } });
  for (const index of range(1_001)) feed.publish({ ...made, id: `m${index}` });
  expect((await slow.next()).done).toBe(true);
});
