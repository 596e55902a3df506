import { expect, test } from 'vitest';
import { startOffice } from './support/office.ts';
import { holdTime } from './support/time.ts';

const BOOT_MS = 40_000;

test('nobody reaches a phone while it boots', async () => {
  await using office = await startOffice({ bootMs: BOOT_MS });
  using time = holdTime();
  const up = office.phone.reboot();
  await time.isAwaited();
  await expect(office.get('/servlet?key=DNDOn')).rejects.toThrow('ECONNREFUSED');
  time.pass(BOOT_MS - 1);
  expect(time.waiting).toBe(1);
  await expect(office.get('/servlet?key=DNDOn')).rejects.toThrow('ECONNREFUSED');
  time.pass(1);
  await up;
  expect(await office.events()).toEqual(['setup_completed', 'registered']);
  expect((await office.get('/servlet?key=DNDOn')).status).toBe(200);
});

test('a phone that is switched off while it boots stays off', async () => {
  await using office = await startOffice({ bootMs: BOOT_MS });
  using time = holdTime();
  void office.phone.reboot();
  await time.isAwaited();
  const off = office.phone.stop();
  time.pass(BOOT_MS);
  await off;
  expect(await office.events()).toEqual([]);
});

test('a phone that loses its power while it rings forwards nothing any more', async () => {
  await using office = await startOffice();
  await office.press('NoAnswFwdOn=1003=12');
  using time = holdTime();
  office.colleague.dial('1001');
  await office.exchange.settled();
  await office.phone.actionUrls.idle();
  const before = time.waiting;
  await office.phone.reboot();
  await office.phone.actionUrls.idle();
  expect([before > 0, time.waiting]).toEqual([true, 0]);
});
