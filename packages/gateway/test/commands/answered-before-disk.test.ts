import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import type { CommandRequest } from '../../src/application.ts';
import { testGateway } from '../support/gateway.ts';
import { heldWrites } from '../support/held-writes.ts';
import { askGraphql } from '../support/process.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen } from '../support/wait.ts';

const PRESS: CommandRequest = { name: 'pressKeys', arguments: { keys: [{ key: 'OK' }] } };
const PRESS_ONCE = `mutation ($id: ID!) {
  pressKeys(phoneId: $id, command: { keys: [{ key: "OK" }] }, idempotencyKey: "once") { id status }
}`;
const COMMAND = 'query ($id: ID!) { node(id: $id) { ... on Command { id status } } }';
const COMMANDS = '{ commands { nodes { id status } } }';
const AUDIT = '{ audit { nodes { outcome command { id } } } }';

/** A phone that answers once what the gateway writes is held back. */
async function stand() {
  const open = new AsyncDisposableStack();
  const writes = open.use(heldWrites());
  const phone = open.use(
    await scriptedPhone((_request, response) => {
      writes.hold();
      response.end();
    }),
  );
  const running = open.use(await testGateway());
  // A gateway that stops waits for its disk.
  open.defer(writes.release);
  const desk = await running.addPhone({ address: phone.origin });
  const id = Buffer.from(`Phone:${desk.id}`).toString('base64url');
  return {
    writes,
    phone,
    running,
    desk,
    id,
    /** The states of commands, as another program would read them. */
    onDisk() {
      const database = new DatabaseSync(join(running.dataDir, 'hookswitch.db'), { readOnly: true });
      const rows = database.prepare('SELECT status FROM commands').all();
      database.close();
      return rows.map(({ status }) => status);
    },
    ask: (query: string, variables?: object) => askGraphql(running.gateway.url, query, variables),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** Whether a promise is not fulfilled, as of now. */
function isOpen(promise: Promise<unknown>): () => boolean {
  let open = true;
  void promise.finally(() => {
    open = false;
  });
  return () => open;
}

test('a light is there for whoever asks when its command has been answered', async () => {
  await using given = await stand();
  const { writes, phone, running, desk, ask } = given;
  const { leds } = running.application.phones;
  const found = running
    .run(desk, { name: 'setLed', arguments: { key: 'FUNCTION_1', light: 'ON' } })
    .then(() => leds(desk.id));
  await vi.waitUntil(() => phone.requests.length === 1);
  // What the reply brings about has been done when these are answered, but for the disk.
  for (const _ of [1, 2, 3]) await ask('{ drivers { vendor } }');
  writes.release();
  expect(await found).toMatchObject([{ key: 'FUNCTION_1', light: 'ON' }]);
});

test('the caller is answered before the outcome is on disk, and nobody is told anything older from then on', async () => {
  await using given = await stand();
  const { writes, phone, ask, id, onDisk } = given;
  const { pressKeys: answer } = await ask(PRESS_ONCE, { id });
  expect(answer).toMatchObject({ status: 'ACCEPTED' });
  const { id: commandId } = answer as { readonly id: string };
  expect(await ask(COMMAND, { id: commandId })).toEqual({ node: answer });

  const [list, audit, again] = [ask(COMMANDS), ask(AUDIT), ask(PRESS_ONCE, { id })];
  const open = [list, audit, again].map(isOpen);
  // Those before it have been looked at when this is answered.
  await ask(COMMAND, { id: commandId });
  expect(open.map((one) => one())).toEqual([true, true, true]);
  expect(onDisk()).toEqual(['SENT']);
  writes.release();
  expect(await list).toEqual({ commands: { nodes: [answer] } });
  expect(await audit).toMatchObject({ audit: { nodes: expect.arrayContaining([entry('ACCEPTED', commandId)]) } });
  expect(await again).toEqual({ pressKeys: answer });
  expect(phone.requests).toHaveLength(1);
});

function entry(outcome: string, id: string): object {
  return { outcome, command: { id } };
}

test('who begins to watch it before it is on disk is told the outcome', async () => {
  await using given = await stand();
  const { running, desk, onDisk } = given;
  const { id } = await running.run(desk, PRESS);
  expect(await commandWhen(running.application, id, () => true)).toMatchObject({ status: 'ACCEPTED' });
  expect(onDisk()).toEqual(['SENT']);
});

test('a gateway that stops has written all of it', async () => {
  await using given = await stand();
  const { running, desk, writes } = given;
  const answer = await running.run(desk, PRESS);
  const restarted = running.restart();
  writes.release();
  await restarted;
  expect(await running.application.commands.get(answer.id)).toEqual(answer);
});
