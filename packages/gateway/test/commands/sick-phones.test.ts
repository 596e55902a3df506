import { expect, test } from 'vitest';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone, staysSilent } from '../support/scripted-phone.ts';
import { range } from '../support/wait.ts';

const SILENT = 150;
const EACH = 3;
const PRESS = { name: 'pressKeys', arguments: { keys: [{ key: 'OK' }] } } as const;

/** No request of a silent phone ends by itself: whatever waits for one of them waits for ever. */
const PATIENT = {
  deny: [],
  commandTimeoutMs: 600_000,
  replyTimeoutMs: 600_000,
  screening: 'allow',
  unknownState: 'refuse',
} as const;

test(`${SILENT} phones that take requests and never answer hold up no other phone`, { timeout: 60_000 }, async () => {
  await using running = await testGateway({ config: { policy: PATIENT } });
  await using stack = new AsyncDisposableStack();
  const silent = await Promise.all(range(SILENT).map(() => scriptedPhone(staysSilent)));
  for (const phone of silent) stack.use(phone);
  await using healthy = await scriptedPhone();
  let settled = 0;
  const waiting: Promise<void>[] = [];
  for (const [index, { origin }] of silent.entries()) {
    const phone = await running.addPhone({ name: `Silent ${index}`, address: origin });
    for (const _time of range(EACH)) {
      waiting.push(
        running.run(phone, PRESS).then(() => {
          settled += 1;
        }),
      );
    }
  }
  const desk = await running.addPhone({ name: 'Healthy', address: healthy.origin });
  await Promise.all(silent.map((phone) => phone.received(1)));
  for (const _time of range(20)) expect(await running.run(desk, PRESS)).toMatchObject({ status: 'ACCEPTED' });
  // All of them were under way meanwhile, one request a phone.
  expect(settled).toBe(0);
  expect(silent.map(({ requests }) => requests.length)).toEqual(range(SILENT).map(() => 1));
  for (const phone of silent) await phone.stop();
  await Promise.all(waiting);
});
