import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import type { Phone } from '../../src/model.ts';
import { NATS } from '../engines/nats.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import type { TestGateway } from '../support/gateway.ts';
import { holding, type Script, says, scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, range } from '../support/wait.ts';
import { type Engines, type Office, startEngines } from './cluster.ts';
import { type CountingPhone, countingPhone } from './counting-phone.ts';

const DIAL = { name: 'dial', arguments: { to: '102' } } as const;
const INFO = { name: 'showMessage', arguments: { text: 'Hello' } } as const;
const DESKS = 8;
const PATIENCE = { timeout: 60_000, interval: 50 };

/** A command that nobody takes is given up sooner than usual. */
function hasty() {
  const parsed = parseConfig({}, null);
  if ('faults' in parsed) throw new Error(parsed.faults.join());
  return { policy: { ...parsed.config.policy, commandTimeoutMs: 2_500 } };
}

describe.runIf(installed(POSTGRESQL, NATS))('two gateways', { timeout: 120_000 }, () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  /** Until each has its share: from then on nothing changes by itself. */
  const shared = (office: Office) =>
    vi.waitFor(async () => {
      const owners = await engines.postgres.run(
        office.name,
        'SELECT count(*)::integer AS lanes FROM lane_tokens GROUP BY owner',
      );
      expect(owners.map(({ lanes }) => lanes)).toEqual([32, 32]);
    }, PATIENCE);

  /** Phones that both know; some belong to the one and some to the other, whichever. */
  const desksOf = async (one: TestGateway, stack: AsyncDisposableStack) => {
    const desks: { readonly phone: Phone; readonly device: CountingPhone }[] = [];
    for (const index of range(DESKS)) {
      const device = stack.use(await countingPhone());
      desks.push({ device, phone: await one.addPhone({ name: `Desk ${index}`, address: device.origin }) });
    }
    return desks;
  };

  test('command every phone, whichever is asked, and never two at once', async () => {
    await using office = await engines.office();
    await using stack = new AsyncDisposableStack();
    await using one = await office.gateway();
    const desks = await desksOf(one, stack);
    await using other = await office.gateway();
    const all = async () =>
      Promise.all(
        desks.flatMap(({ phone }) => [one, other].map(async (gateway) => (await gateway.run(phone, DIAL)).status)),
      );
    const accepted = range(DESKS * 2).map(() => 'ACCEPTED');
    // While leases go from the one to the other, and afterwards.
    expect(await all()).toEqual(accepted);
    await shared(office);
    expect(await all()).toEqual(accepted);
    for (const { device } of desks) {
      expect(device.requests.filter(({ target }) => target.startsWith('/dial'))).toHaveLength(4);
      expect(device.mostAtOnce).toBe(1);
    }
  });

  test('do one command for an idempotency key that both are asked with at once, and answer alike', async () => {
    await using office = await engines.office();
    await using stack = new AsyncDisposableStack();
    await using one = await office.gateway();
    const desks = await desksOf(one, stack);
    await using other = await office.gateway();
    await shared(office);
    for (const { phone, device } of desks) {
      const [first, second] = await Promise.all([one.run(phone, DIAL, 'once'), other.run(phone, DIAL, 'once')]);
      expect(first.status).toBe('ACCEPTED');
      expect(second).toMatchObject({ id: first.id, status: 'ACCEPTED' });
      expect(device.requests).toHaveLength(1);
      const another = { ...DIAL, arguments: { to: '103' } };
      expect((await other.run(phone, another, 'once')).failure?.code).toBe('IDEMPOTENCY_CONFLICT');
    }
  });

  test('read from every phone, explain, command many, and tell each other’s progress', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone(says('One'));
    await using one = await office.gateway();
    const phone = await one.addPhone({ address: device.origin });
    await using other = await office.gateway();
    await shared(office);
    const both = [one, other];
    const infos = await Promise.all(
      both.map(({ application, caller }) => application.readings.phoneInfo(phone.id, caller)),
    );
    expect(infos.map((info) => info.ok && info.value.model)).toEqual(['One', 'One']);
    const settings = await Promise.all(
      both.map(({ application, caller }) => application.readings.settings(phone.id, undefined, caller)),
    );
    expect(settings.map((read) => !read.ok && read.failure.code)).toEqual(range(2).map(() => 'CAPABILITY_UNSUPPORTED'));
    const findings = await Promise.all(
      both.map(({ application, caller }) => application.readings.diagnosis(phone.id, caller)),
    );
    expect(findings[1]).toEqual(findings[0]);
    const explained = await Promise.all(
      both.map(({ application, caller }) => application.commands.explain(phone.id, DIAL, caller)),
    );
    expect(explained[0]).toMatchObject({ allowed: true, transport: 'HTTP' });
    expect(explained[1]).toEqual(explained[0]);
    for (const { application, caller } of both) {
      const batch = await application.commands.runOnPhones({ ids: [phone.id] }, INFO, { caller });
      await vi.waitFor(async () => expect(await application.commands.pendingInBatch(batch.id)).toBe(0), PATIENCE);
      const { items } = await application.commands.inBatch(batch.id, { first: 5 });
      expect(items.map(({ node }) => node.status)).toEqual(['ACCEPTED']);
    }
    const held = Promise.withResolvers<void>();
    const holds: Script = async (_request, response) => {
      await held.promise;
      response.end();
    };
    device.script = holds;
    const [given, watching] = [one.run(phone, INFO), other];
    const id = await vi.waitFor(async () => {
      const { items } = await watching.application.commands.list({ statuses: ['SENT'] }, { first: 1 });
      const [sent] = items;
      if (sent === undefined) throw new Error('it is not sent yet');
      return sent.node.id;
    }, PATIENCE);
    const told = [one, other].map(({ application }) =>
      commandWhen(application, id, ({ repliedAt }) => repliedAt !== null),
    );
    held.resolve();
    expect((await given).status).toBe('ACCEPTED');
    expect((await Promise.all(told)).map(({ status }) => status)).toEqual(['ACCEPTED', 'ACCEPTED']);
  });

  test('one that stops finishes what runs, and what waits there is done by the other', async () => {
    await using office = await engines.office();
    const held = holding();
    await using device = await scriptedPhone(held.script);
    const one = await office.gateway();
    const phone = await one.addPhone({ address: device.origin });
    const running = one.run(phone, { ...DIAL, arguments: { to: '101' } });
    await device.received(1);
    await using other = await office.gateway();
    const waiting = [one, other].map((gateway) => gateway.run(phone, INFO));
    await vi.waitFor(async () => {
      expect(await engines.postgres.run(office.name, 'SELECT 1 FROM commands')).toHaveLength(3);
    }, PATIENCE);
    const stopped = one[Symbol.asyncDispose]();
    held.release();
    expect((await running).status).toBe('ACCEPTED');
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(['ACCEPTED', 'ACCEPTED']);
    await stopped;
    expect(device.requests.map(({ target }) => target)).toEqual(['/dial?to=101', '/message', '/message']);
    const rows = await engines.postgres.run(
      office.name,
      `SELECT count(DISTINCT lane_token)::integer AS owners FROM commands`,
    );
    expect(rows).toEqual([{ owners: 2 }]);
  });

  test('with NATS away fail commands typed and send nothing, and go on by themselves', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using one = await office.gateway({ config: hasty() });
    const phone = await one.addPhone({ address: device.origin });
    await using other = await office.gateway({ config: hasty() });
    await shared(office);
    await engines.nats.crash();
    // Its owner is sure of it for two seconds more.
    await vi.waitFor(async () => expect((await one.run(phone, INFO)).failure?.code).toBe('COMMAND_EXPIRED'), PATIENCE);
    const before = device.requests.length;
    const failed = await Promise.all([one, other].map((gateway) => gateway.run(phone, INFO)));
    expect(failed.map(({ status, failure }) => [status, failure?.code, failure?.retryable])).toEqual(
      range(2).map(() => ['FAILED', 'COMMAND_EXPIRED', true]),
    );
    expect(device.requests).toHaveLength(before);
    await engines.nats.start();
    for (const gateway of [one, other]) {
      await vi.waitFor(async () => expect((await gateway.run(phone, INFO)).status).toBe('ACCEPTED'), PATIENCE);
    }
  });

  test('with PostgreSQL away refuse commands typed and send nothing, and go on by themselves', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using one = await office.gateway();
    const phone = await one.addPhone({ address: device.origin });
    await using other = await office.gateway();
    await shared(office);
    await engines.postgres.crash();
    for (const gateway of [one, other]) {
      await expect(gateway.run(phone, INFO)).rejects.toMatchObject({ code: 'AWAY' });
    }
    expect(device.requests).toHaveLength(0);
    await engines.postgres.start();
    for (const gateway of [one, other]) {
      await vi.waitFor(async () => expect((await gateway.run(phone, INFO)).status).toBe('ACCEPTED'), PATIENCE);
    }
  });
});
