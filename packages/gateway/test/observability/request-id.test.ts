import { pino } from 'pino';
import { expect, test } from 'vitest';
import { ADMIN_KEY, testGateway } from '../support/gateway.ts';
import { holding, scriptedPhone } from '../support/scripted-phone.ts';

test('the id of a request stands in the log of all that its command did, queued behind another one too', async () => {
  const held = holding();
  await using phone = await scriptedPhone(held.script);
  const lines: { readonly msg: string; readonly requestId?: string }[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  await using running = await testGateway({ log });
  const { id } = await running.addPhone({ address: phone.origin });
  const press = (requestId: string) =>
    fetch(`${running.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}`, 'x-request-id': requestId },
      body: JSON.stringify({
        query: 'mutation ($id: ID!) { pressKeys(phoneId: $id, command: { keys: [{ key: "OK" }] }) { status } }',
        variables: { id: Buffer.from(`Phone:${id}`).toString('base64url') },
      }),
    });
  const first = press('request-one-0001');
  await phone.received(1);
  const second = press('request-two-0002');
  const given = async () => (await running.application.commands.list({}, { first: 10 })).items.length;
  await expect.poll(given).toBe(2);
  held.release();
  for (const reply of await Promise.all([first, second]))
    expect(await reply.json()).toMatchObject({ data: { pressKeys: { status: 'ACCEPTED' } } });
  const requests = lines.filter(({ msg }) => msg === 'request to a phone');
  expect(requests.map(({ requestId }) => requestId)).toEqual(['request-one-0001', 'request-two-0002']);
});
