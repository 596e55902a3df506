import type { Driver, Ladders } from '@hookswitch/core';
import { ACCEPTED } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { acmeWith } from '../support/driver.ts';
import { testGateway } from '../support/gateway.ts';

const VERIFY = { name: 'verifyEventPath', arguments: { timeoutSeconds: 1 } } as const;

/** ACME whose event path is tested by an address that somebody fetches. */
function fetching(fetched: (url: string) => Promise<void>): Driver {
  const ladders: Ladders = {
    VERIFY_EVENTS: [
      {
        transport: 'HTTP',
        evidence: 'DOCUMENTED',
        source: 'a test',
        async verifyEventPath(_command, context) {
          const { url } = await context.documents.publish({
            mediaType: 'text/xml',
            body: '<Nothing/>',
            provesEventPath: true,
          });
          await context.http.send({ method: 'GET', target: '/fetch' }).catch(() => null);
          await fetched(url);
          return ACCEPTED;
        },
      },
    ],
  };
  return acmeWith(ladders);
}

test('the document is given to the phone once, and its fetch is an event of the gateway', async () => {
  const answers: string[] = [];
  const driver = fetching(async (url) => {
    // Looking whether it is there is no fetch.
    answers.push(String((await fetch(url, { method: 'HEAD' })).status));
    for (const reply of [await fetch(url), await fetch(url)]) answers.push(`${reply.status} ${await reply.text()}`);
  });
  await using running = await testGateway({ drivers: [driver] });
  const desk = await running.addPhone({ address: '127.0.0.1:65535' });
  expect(await running.run(desk, VERIFY)).toMatchObject({ status: 'CONFIRMED' });
  expect(answers).toEqual(['404', '200 <Nothing/>', '404 Not found\n']);
  const { items } = await running.application.events.list({}, { first: 10 });
  expect(items).toMatchObject([
    { phoneId: desk.id, vendorEvent: null, event: { type: 'DEVICE', deviceEventKind: 'EVENT_PATH_TESTED' } },
  ]);
  // It is no report of the phone's.
  expect(running.application.phones.lastEventAt(desk.id)).toBeNull();
});

test('a fetch from elsewhere proves nothing, is told, and leaves the document to the phone', async () => {
  const answers: number[] = [];
  const driver = fetching(async (url) => {
    answers.push((await fetch(url)).status);
  });
  await using running = await testGateway({ drivers: [driver] });
  // The fetch comes from 127.0.0.1.
  const desk = await running.addPhone({ address: '127.0.0.99:65535' });
  const { failure } = await running.run(desk, VERIFY);
  expect(answers).toEqual([404]);
  expect(failure).toMatchObject({
    hop: 'PHONE_TO_GATEWAY',
    message: expect.stringContaining('fetched from 127.0.0.1,'),
  });
  expect((await running.application.events.list({}, { first: 10 })).items).toEqual([]);
});
