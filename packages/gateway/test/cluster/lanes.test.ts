import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Phone } from '../../src/model.ts';
import { NATS } from '../engines/nats.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import { range } from '../support/wait.ts';
import { type Engines, startEngines } from './cluster.ts';
import { type CountingPhone, countingPhone } from './counting-phone.ts';

const DIAL = { name: 'dial', arguments: { to: '102' } } as const;
const DESKS = 8;

describe.runIf(installed(POSTGRESQL, NATS))('two gateways', () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  test('command every phone, whichever is asked, and never two at once', async () => {
    await using office = await engines.office();
    await using stack = new AsyncDisposableStack();
    await using one = await office.gateway();
    const desks: { readonly phone: Phone; readonly device: CountingPhone }[] = [];
    for (const index of range(DESKS)) {
      const device = stack.use(await countingPhone());
      desks.push({ device, phone: await one.addPhone({ name: `Desk ${index}`, address: device.origin }) });
    }
    await using other = await office.gateway();
    const all = async () =>
      Promise.all(
        desks.flatMap(({ phone }) => [one, other].map(async (gateway) => (await gateway.run(phone, DIAL)).status)),
      );
    const accepted = range(DESKS * 2).map(() => 'ACCEPTED');
    // While leases go from the one to the other, and afterwards.
    expect(await all()).toEqual(accepted);
    await vi.waitFor(async () => {
      const owners = await engines.postgres.run(
        office.name,
        'SELECT count(*)::integer AS lanes FROM lane_tokens GROUP BY owner',
      );
      expect(owners.map(({ lanes }) => lanes)).toEqual([32, 32]);
    }, 30_000);
    expect(await all()).toEqual(accepted);
    for (const { device } of desks) {
      expect(device.requests).toHaveLength(4);
      expect(device.mostAtOnce).toBe(1);
    }
  });
});
