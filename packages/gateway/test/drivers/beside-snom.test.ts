import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';

// A gateway with a Snom and a phone of a hostile driver: what the driver does costs its own phone an answer, and the Snom
// nothing.

const HOSTILE = fileURLToPath(new URL('./hostile/driver.ts', import.meta.url));

async function office() {
  const phones = [await scriptedPhone(says('')), await scriptedPhone(says(''))] as const;
  const gateway = await testGateway({
    drivers: null,
    config: { drivers: ['@hookswitch/driver-snom', { name: HOSTILE, memoryMb: 64 }] },
  });
  const snom = await gateway.addPhone({ name: 'Snom', vendor: 'snom', model: 'D785', address: phones[0].origin });
  const bad = await gateway.addPhone({ name: 'Bad', vendor: 'hostile', address: phones[1].origin });
  return {
    gateway,
    snom,
    bad,
    seenBySnom: () => phones[0].requests.length,
    /** What the drivers say of themselves. */
    health: () => gateway.application.drivers.get('hostile')?.health,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      for (const phone of phones) await phone[Symbol.asyncDispose]();
    },
  };
}

type Office = Awaited<ReturnType<typeof office>>;

/** Uses the Snom until the work is done: each event is taken, each command goes through. @returns how often */
async function useSnomDuring({ gateway, snom, seenBySnom }: Office, work: Promise<unknown>): Promise<number> {
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  let rounds = 0;
  while (!done || rounds < 3) {
    const report = await gateway.report(snom, 'incoming', 'remote=101');
    expect(report.status).toBe(200);
    const before = seenBySnom();
    const command = await gateway.run(snom, { name: 'dial', arguments: { to: '102' } });
    expect(command).toMatchObject({ failure: null, transport: 'HTTP' });
    expect(seenBySnom()).toBeGreaterThan(before);
    rounds += 1;
  }
  await ended;
  return rounds;
}

describe('while a hostile driver', { timeout: 60_000 }, () => {
  test.each(['throws', 'loops', 'eats', 'exits', 'rejects', 'wrong'])('%s in the report of its phone', async (deed) => {
    await using one = await office();
    const { gateway, bad } = one;
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const work = gateway.report(bad, 'hello', `say=parse:${deed}`);
    await useSnomDuring(one, work);
    delay.disable();
    // It would stand still for two seconds and more if it waited for the driver.
    expect(delay.max / 1e6).toBeLessThan(1_500);
    // The report is not lost: it is kept as it came.
    expect((await work).status).toBe(200);
    const { items } = await gateway.application.events.list({ phoneIds: [bad.id] }, { first: 10 });
    expect(items).toMatchObject([
      {
        event: { type: 'OTHER' },
        vendorEvent: 'hello',
        variables: [{ name: 'say', value: `parse:${deed}` }],
      },
    ]);
    // And the next one is read again.
    await expect.poll(() => one.health()?.state, { timeout: 20_000 }).toBe('RUNNING');
    expect((await gateway.report(bad, 'hello', 'say=well')).status).toBe(200);
    const after = await gateway.application.events.list({ phoneIds: [bad.id] }, { first: 10 });
    expect(after.items.map(({ event }) => event.type).sort()).toEqual(['DEVICE', 'OTHER']);
  });

  test.each(['throws', 'never', 'loops', 'eats', 'eatsBuffers', 'exits', 'rejects'])(
    '%s in a command of its phone',
    async (deed) => {
      await using one = await office();
      const { gateway } = one;
      const options = [{ name: 'mischief', value: `dial:${deed}` }];
      const changed = await gateway.application.phones.update(one.bad.id, { options }, gateway.caller);
      expect(changed.ok).toBe(true);
      const delay = monitorEventLoopDelay({ resolution: 10 });
      delay.enable();
      const work = gateway.run(one.bad, { name: 'dial', arguments: { to: '1' } });
      await useSnomDuring(one, work);
      delay.disable();
      expect(delay.max / 1e6).toBeLessThan(1_500);
      expect(await work).toMatchObject(
        deed === 'never' ? { status: 'UNKNOWN' } : { status: 'FAILED', failure: { code: 'DRIVER_FAILED' } },
      );
    },
  );

  test.each(['throws', 'loops', 'exits'])('%s where it is asked what its phone can do', async (deed) => {
    await using one = await office();
    const { gateway } = one;
    const options = [{ name: 'mischief', value: `capabilitiesFor:${deed}` }];
    await useSnomDuring(one, gateway.application.phones.update(one.bad.id, { options }, gateway.caller));
    const failed = await gateway.run(one.bad, { name: 'dial', arguments: { to: '1' } });
    expect(failed).toMatchObject({ status: 'FAILED', failure: { code: 'DRIVER_FAILED' } });
    // The gateway starts all the same, and the phone is well again once it is told so.
    await gateway.restart();
    await useSnomDuring(one, Promise.resolve());
    const update = () => gateway.application.phones.update(one.bad.id, { options: null }, gateway.caller);
    await expect.poll(async () => (await update()).ok, { timeout: 20_000 }).toBe(true);
    const again = () => gateway.run(one.bad, { name: 'dial', arguments: { to: '1' } });
    await expect.poll(again, { timeout: 20_000 }).toMatchObject({ failure: null, transport: 'HTTP' });
  });
});
