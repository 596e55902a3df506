import { expect, test } from 'vitest';
import type { VirtualSnomPhone } from '../../src/virtual/index.ts';
import { Office } from './office.ts';
import { exchange } from './wire.ts';

/** A request that names neither a host nor what becomes of the connection. */
const bare = (phone: VirtualSnomPhone, target: string) => exchange(phone.address, `GET ${target} HTTP/1.0\r\n\r\n`);

test('without Host the phone redirects to its own address', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { dialRedirect: 'absolute' } });
  const { status, headers } = await bare(phone, '/command.htm?number=1002');
  expect([status, headers['location']]).toEqual([302, `${phone.address}/index.htm`]);
});

test('without Host an https-only phone redirects to its own host', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ settings: { webserver_type: 'https' } });
  const { status, headers } = await bare(phone, '/info.htm');
  expect([status, headers['location']]).toEqual([307, 'https://127.0.0.1/info.htm']);
});

test('without Connection minibrowser.htm does not stall', async () => {
  await using office = await Office.open();
  const phone = await office.phone({ quirks: { minibrowserStallMs: 600_000 } });
  expect((await bare(phone, '/minibrowser.htm?url=snom://mb_nop%23key=F_DND')).status).toBe(200);
  expect(phone.features.isOn('dnd')).toBe(true);
});
