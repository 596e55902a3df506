import { ACCEPTED, type CallMonitor, type Driver, type SipConversation } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { type ScriptedSipPhone, scriptedSipPhone } from '../support/sip-phone.ts';
import { sipAcme } from './driver.ts';
import { sipConfig } from './snom-office.ts';

/** A gateway whose driver talks as the test says, in a dialog of a monitor. */
async function talking(
  sip: ScriptedSipPhone,
  talk: (conversation: SipConversation, watcher: Parameters<CallMonitor['watch']>[1]) => Promise<void>,
): Promise<TestGateway> {
  const driver: Driver = {
    ...sipAcme,
    monitor: () => ({
      transport: 'UACSTA',
      evidence: 'ASSUMED',
      source: 'a test',
      async watch({ sip: transport }, watcher) {
        await transport.converse({ contentType: 'application/csta+xml' }, (conversation) =>
          talk(conversation, watcher),
        );
        return ACCEPTED;
      },
    }),
  };
  const running = await testGateway({ drivers: [driver], config: { sip: sipConfig() } });
  await running.addPhone({ sipUri: sip.uri });
  return running;
}

test('an INFO is answered once the driver asks for the next one', async () => {
  await using sip = await scriptedSipPhone();
  const [read, stored] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()];
  await using _ = await talking(sip, async (conversation, { enough }) => {
    read.resolve((await conversation.next())?.body ?? '');
    await stored.promise;
    await conversation.next(enough).catch(() => {});
  });
  const invite = await sip.received('INVITE');
  const informed = sip.inform(invite, '<Event/>');
  expect(await read.promise).toBe('<Event/>');
  // What came later has been answered; the INFO has not.
  expect((await sip.hangUp(invite)).status).toBe(200);
  expect(sip.responses.map(({ sequence }) => sequence.method)).toEqual(['BYE']);
  stored.resolve();
  expect((await informed).status).toBe(200);
});

test('one that was not dealt with is refused, and so is what nobody has read', async () => {
  await using sip = await scriptedSipPhone();
  const [read, fail] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let dialogs = 0;
  await using _ = await talking(sip, async (conversation, { enough }) => {
    dialogs += 1;
    if (dialogs === 1) {
      await conversation.next();
      read.resolve();
      await fail.promise;
    }
    await conversation.next(enough).catch(() => {});
  });
  const invite = await sip.received('INVITE');
  const [first, second] = [sip.inform(invite, '<First/>'), sip.inform(invite, '<Second/>')];
  await read.promise;
  fail.reject(new Error('the disk is full'));
  expect([(await first).status, (await second).status]).toEqual([500, 481]);
  await sip.received('BYE');
});

test('an event that cannot be stored is not said to be', async () => {
  await using sip = await scriptedSipPhone();
  const refused = Promise.withResolvers<unknown>();
  const gone = Promise.withResolvers<void>();
  await using running = await talking(sip, async (conversation, watcher) => {
    if ((await conversation.next(watcher.enough).catch(() => null)) === null) return;
    await gone.promise;
    const variables = [{ name: 'x', value: '1' }];
    const device = { mac: null, model: null, firmware: null };
    // No store takes what is no text.
    const broken = { event: { type: 'OTHER', more: 1n }, vendorEvent: 'x', variables, device } as const;
    await watcher.report(broken).catch((error: unknown) => {
      refused.resolve(error);
      throw error;
    });
  });
  const informed = sip.inform(await sip.received('INVITE'), '<Event/>');
  gone.resolve();
  expect(await refused.promise).toBeInstanceOf(Error);
  expect((await informed).status).toBe(500);
  expect((await running.application.events.list({}, { first: 10 })).items).toEqual([]);
});
