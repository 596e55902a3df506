import type { Driver } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { acme, CALL_CAPABILITIES } from '../support/driver.ts';
import { testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';

const device = { mac: null, model: null, firmware: null };

/** ACME that reports registrations, and can be told to forward. */
const registering: Driver = {
  ...acme,
  capabilitiesFor: (phone) => ({ ...acme.capabilitiesFor(phone), ...CALL_CAPABILITIES }),
  actionUrls: {
    ...acme.actionUrls,
    parse(report, phone) {
      if (report.path !== 'registered') return acme.actionUrls.parse(report, phone);
      const event = { type: 'REGISTRATION', registrationState: 'REGISTERED', accountUri: null } as const;
      return { event, vendorEvent: 'url_registered', variables: [], device };
    },
  },
};

const KEPT = {
  name: 'setForwarding',
  arguments: { kind: 'ALWAYS', enabled: true, target: '300', keep: 'ALWAYS' },
} as const;

/** A phone that keeps forwarding, and how often it was told so. */
async function desk() {
  const stack = new AsyncDisposableStack();
  const phone = stack.use(await scriptedPhone(says('')));
  let ahead = 0;
  const running = stack.use(await testGateway({ drivers: [registering], ticks: () => performance.now() + ahead }));
  const added = await running.addPhone({ address: phone.origin });
  expect(await running.run(added, KEPT)).toMatchObject({ failure: null });
  const told = () => phone.requests.filter(({ target }) => target === '/forward').length;
  return {
    async hear(path: string, afterMs = 0): Promise<void> {
      ahead += afterMs;
      await running.report(added, path, 'on=0');
    },
    /** It is told for that time, and reports that it did it. */
    async untilTold(count: number): Promise<void> {
      await expect.poll(told, { timeout: 10_000 }).toBe(count);
      await running.report(added, 'forward', 'on=1');
    },
    /** How many commands the gateway gave by itself. */
    async ownCommands(): Promise<number> {
      const { items } = await running.application.commands.list({ phoneIds: [added.id] }, { first: 100 });
      return items.filter(({ node }) => node.requestedBy.startsWith('gateway:')).length;
    },
    /** How often it was told when all that was caused is done. */
    async toldInAll(): Promise<number> {
      // It takes its turn behind them, and finds the switch as it wishes.
      expect(await running.run(added, KEPT)).toMatchObject({ status: 'CONFIRMED', changed: false });
      return told();
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('a restart is one cause; what somebody switches off behind it is another', async () => {
  await using one = await desk();
  await one.untilTold(1);
  await one.hear('started');
  await one.untilTold(2);
  await one.hear('forward');
  await one.hear('registered', 1_000);
  await one.hear('registered', 500);
  await one.hear('forward', 500);
  await one.hear('forward', 70_000);
  await one.untilTold(3);
  expect([await one.toldInAll(), await one.ownCommands()]).toEqual([3, 2]);
});

test('each start is a restart', async () => {
  await using one = await desk();
  await one.untilTold(1);
  await one.hear('started');
  await one.untilTold(2);
  await one.hear('started');
  await one.untilTold(3);
  await one.hear('registered', 1_000);
  await one.hear('started', 1_000);
  await one.untilTold(4);
  expect(await one.toldInAll()).toBe(4);
});
