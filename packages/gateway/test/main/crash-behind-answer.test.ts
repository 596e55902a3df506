import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../store/temporary.ts';
import { ACME_CONFIG, addPhone, startProcess } from '../support/process.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

const DIAL = `mutation ($id: ID!) {
  dial(phoneId: $id, command: { to: "102" }, idempotencyKey: "once") { id status unproven settledAt }
}`;

test('killed behind the answer and before its outcome is on disk: UNKNOWN, and the key sends nothing again', async () => {
  await using directory = await temporaryDirectory();
  const dataDir = join(directory.path, 'data');
  const config = join(directory.path, 'hookswitch.yaml');
  await writeFile(config, ACME_CONFIG);
  const environment = { HOOKSWITCH_DATA_DIR: dataDir, HOOKSWITCH_CONFIG: config };
  await using gateway = startProcess(environment);
  let lock: DatabaseSync | null = null;
  await using phone = await scriptedPhone((_request, response) => {
    // That it was sent is on disk by now. From here on another program has the database for itself.
    lock = new DatabaseSync(join(dataDir, 'hookswitch.db'), { timeout: 5_000 });
    lock.exec('BEGIN IMMEDIATE');
    response.end();
  });
  const { id } = await addPhone(gateway, { name: 'Desk', address: phone.origin });
  const { dial } = await gateway.graphql(DIAL, { id });
  expect(dial).toMatchObject({ status: 'ACCEPTED', settledAt: null });
  gateway.kill('SIGKILL');
  await gateway.ended;
  (lock as DatabaseSync | null)?.close();

  await using next = startProcess(environment);
  const told = { ...(dial as object), status: 'UNKNOWN', unproven: 'GATEWAY_STOPPED', settledAt: expect.any(String) };
  expect(await next.graphql('{ commands { nodes { id status unproven settledAt } } }')).toEqual({
    commands: { nodes: [told] },
  });
  expect(await next.graphql(DIAL, { id })).toEqual({ dial: told });
  expect(phone.requests).toHaveLength(1);
});
