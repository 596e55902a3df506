import { driver as snom } from '@hookswitch/driver-snom';
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

test.each([
  {
    told: 'that it is idle',
    phone: { vendor: 'yealink', model: 'T46U' },
    reports: [
      ['outgoing_call', 'remote=sip:202@pbx.example&call_id=7'],
      ['busy_to_idle', ''],
    ],
  },
  {
    told: 'that it counts no call',
    phone: { vendor: 'snom', model: 'D785' },
    reports: [
      ['outgoing', 'csta_id=7&nr_ongoing_calls=1&remote=202@pbx.example'],
      ['disconnected', 'csta_id=8&nr_ongoing_calls=0&remote=203@pbx.example'],
    ],
  },
] as const)(
  'a gateway that was stopped knows what a phone had told: $told',
  { timeout: 15_000 },
  async ({ phone: input, reports }) => {
    let clock = Date.now();
    const calls = { askMs: 0, ringMs: 3_600_000, callMs: 3_600_000 };
    const running = await testGateway({ drivers: [snom, yealink], config: { calls }, now: () => clock });
    onTestFinished(() => running[Symbol.asyncDispose]());
    const phone = await running.addPhone(input);
    for (const [path, query] of reports) {
      await running.report(phone, path, query);
      clock += 3_000;
    }
    const [call] = running.application.calls.active(phone.id);
    expect(call).toMatchObject({ state: 'DIALING', remote: { number: '202' } });
    await running.restart();
    clock += 10_000;
    await expect.poll(() => running.application.calls.active(phone.id), { timeout: 15_000 }).toEqual([]);
    expect(await running.application.calls.get(call?.id ?? '')).toMatchObject({ state: 'ENDED', endInferred: true });
  },
);
