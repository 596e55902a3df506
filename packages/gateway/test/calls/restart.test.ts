import { driver as yealink } from '@hookswitch/driver-yealink';
import { expect, onTestFinished, test } from 'vitest';
import { testGateway } from '../support/gateway.ts';

test('a phone that has restarted has no calls any more', async () => {
  const running = await testGateway({ drivers: [yealink] });
  onTestFinished(() => running[Symbol.asyncDispose]());
  const { application, addPhone, report } = running;
  const phone = await addPhone({ vendor: 'yealink', model: 'T46U' });
  await report(phone, 'outgoing_call', 'remote=sip:202@pbx.example&call_id=7');
  const [call] = application.calls.active(phone.id);
  expect(call).toMatchObject({ state: 'DIALING', remote: { number: '202' } });
  await report(phone, 'setup_completed');
  await expect.poll(() => application.calls.active(phone.id)).toEqual([]);
  expect(await application.calls.get(call?.id ?? '')).toMatchObject({
    state: 'ENDED',
    endInferred: true,
    endReason: null,
  });
  const { items } = await application.events.list({}, { first: 10 });
  expect(items.map(({ vendorEvent }) => vendorEvent)).toEqual([
    'action_url.outgoing_call',
    'action_url.setup_completed',
    null,
  ]);
});
