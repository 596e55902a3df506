import type { SnapshotCall } from '@hookswitch/core';
import { expect, onTestFinished, test } from 'vitest';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

const LONG = { timeout: 15_000 };
const NOBODY = { number: null, uri: null, displayName: null };
/** The only call that the phone names. */
const RINGING: SnapshotCall = {
  vendorIds: { id: '2' },
  direction: 'INCOMING',
  state: 'RINGING',
  remote: { ...NOBODY, number: '102' },
  local: NOBODY,
};

test('a call that its phone does not name any more is closed, and a real end that comes late is taken', async () => {
  const running = await testGateway({ config: { calls: { askMs: 50, ringMs: 180_000, callMs: 3_600_000 } } });
  onTestFinished(() => running[Symbol.asyncDispose]());
  const { application, report } = running;
  const phone = await scriptedPhone((_request, response) => void response.end(JSON.stringify([RINGING])));
  onTestFinished(() => phone[Symbol.asyncDispose]());
  const desk = await running.addPhone({ address: phone.origin });
  await report(desk, 'incoming', 'id=1&remote=101');
  await report(desk, 'incoming', 'id=2&remote=102');
  const [gone, there] = application.calls.active(desk.id);
  await expect.poll(() => application.calls.get(gone?.id ?? ''), LONG).toMatchObject({ state: 'ENDED' });
  expect(await application.calls.get(gone?.id ?? '')).toMatchObject({ endInferred: true, endReason: null });
  expect(await application.calls.get(there?.id ?? '')).toMatchObject({ state: 'RINGING' });
  await report(desk, 'ended', 'id=1&remote=101');
  expect(await application.calls.get(gone?.id ?? '')).toMatchObject({ state: 'ENDED', endInferred: false });
  const metrics = await (await fetch(`${running.gateway.url}/metrics`)).text();
  expect(metrics).toContain('hookswitch_calls_closed_total{reason="SNAPSHOT"} 1');
});

test('a call that rings for too long is closed where the phone gives no answer, and opened again by its word', async () => {
  const running = await testGateway({ config: { calls: { askMs: 50, ringMs: 100, callMs: 3_600_000 } } });
  onTestFinished(() => running[Symbol.asyncDispose]());
  const { application, report } = running;
  const desk = await running.addPhone();
  await report(desk, 'incoming', 'id=1&remote=101');
  const [call] = application.calls.active(desk.id);
  await expect.poll(() => application.calls.active(desk.id), LONG).toEqual([]);
  expect(await application.calls.get(call?.id ?? '')).toMatchObject({ state: 'ENDED', endInferred: true });
  // The phone still has it: it says so later than any event that was under way when the call was closed.
  await expect
    .poll(async () => {
      await report(desk, 'connected', 'id=1&remote=101');
      return application.calls.get(call?.id ?? '');
    }, LONG)
    .toMatchObject({ state: 'CONNECTED', endInferred: false, endedAt: null });
});
