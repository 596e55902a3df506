import { ACCEPTED, type DriverContext } from '@hookswitch/core';
import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import type { Command, Phone } from '../../src/model.ts';
import { NATS } from '../engines/nats.ts';
import { DOMAIN, type JoinedSites, startJoinedSites } from '../engines/nats-leaf.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import { startRelay } from '../engines/relay.ts';
import { acmeWith } from '../support/driver.ts';
import type { TestGateway } from '../support/gateway.ts';
import { type ScriptedPhone, scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled, range } from '../support/wait.ts';
import { type Engines, type Office, startEngines } from './cluster.ts';
import { Listener } from './listener.ts';

const SITE = 'branch';
const HELLO = { name: 'showMessage', arguments: { text: 'Hello' } } as const;
const PATIENCE = { timeout: 30_000, interval: 50 };

/** Phones are told by whom: which gateway's driver it was, and which number. */
function driverOf(gateway: string) {
  const dial = async ({ to }: { readonly to: string }, { http }: DriverContext) => {
    await http.send({ method: 'POST', target: `/${gateway}/dial/${to}` });
    return ACCEPTED;
  };
  return acmeWith({ DIAL: [{ transport: 'HTTP', evidence: 'DOCUMENTED', source: 'a test', dial }] });
}

/** A phone that answers when it is told to. */
async function heldPhone() {
  const held = Promise.withResolvers<void>();
  const phone = await scriptedPhone(async (_request, response) => {
    await held.promise;
    response.end();
  });
  return Object.assign(phone, { answer: () => held.resolve() });
}

/** A command that its phone has got and not answered, asked at one gateway and followed there. */
async function begin({ run, application }: TestGateway, phone: Phone, device: ScriptedPhone) {
  const given = run(phone, HELLO);
  await device.received(1);
  const { items } = await application.commands.list({ phoneIds: [phone.id], statuses: ['SENT'] }, { first: 1 });
  const id = items[0]?.node.id ?? '';
  return { id, given, told: commandWhen(application, id, isSettled) };
}

/** A command that nobody takes is given up sooner than usual. */
function hasty() {
  const parsed = parseConfig({}, null);
  if ('faults' in parsed) throw new Error(parsed.faults.join());
  return { policy: { ...parsed.config.policy, commandTimeoutMs: 2_500 } };
}

const TIMEOUT = { timeout: 60_000 };

describe.runIf(installed(POSTGRESQL, NATS))('gateways at two sites that a leaf node joins', TIMEOUT, () => {
  let sites: JoinedSites;
  let engines: Engines;
  beforeAll(async () => {
    sites = await startJoinedSites();
    engines = await startEngines(Promise.resolve(sites.hub));
    await sites.joined(1);
  });
  afterAll(async () => {
    await engines[Symbol.asyncDispose]();
    await sites[Symbol.asyncDispose]();
  });

  /** A gateway at the hub, one at the leaf, and what adds phones of the leaf's site that both know. */
  const bothOf = async (office: Office, stack: AsyncDisposableStack, postgres = engines.postgres.port) => {
    const head = stack.use(
      await office.gateway({ drivers: [driverOf('head')], config: hasty(), at: { domain: DOMAIN } }),
    );
    const at = { postgres, nats: sites.leaf.port, site: SITE, domain: DOMAIN };
    const branch = stack.use(await office.gateway({ drivers: [driverOf(SITE)], config: hasty(), at }));
    const phone = async ({ origin }: ScriptedPhone) => {
      const added = await head.addPhone({ address: origin, tags: [`site:${SITE}`] });
      await vi.waitFor(() => expect(branch.application.phones.get(added.id)).not.toBeNull(), PATIENCE);
      return added;
    };
    return { head, branch, phone };
  };

  /** Gives each number once, and knows what became of it. */
  class Caller {
    readonly given: Promise<Command>[] = [];
    readonly #phone: Phone;

    constructor(phone: Phone) {
      this.#phone = phone;
    }

    dialAt(gateway: TestGateway): Promise<Command> {
      const to = String(100 + this.given.length);
      const given = gateway.run(this.#phone, { name: 'dial', arguments: { to } });
      this.given.push(given);
      return given;
    }

    /** What was taken went out once and from the branch, what failed did not. */
    async check(device: ScriptedPhone): Promise<void> {
      const commands = await Promise.all(this.given);
      const taken = commands.flatMap(({ status }, index) =>
        status === 'ACCEPTED' ? [`/${SITE}/dial/${100 + index}`] : [],
      );
      const dialled = device.requests.map(({ target }) => target).filter((target) => target.includes('/dial/'));
      expect(dialled).toEqual(taken);
    }
  }

  /** Who listens at both, and what the phone reports to the one and the other. */
  const listening = async (
    gateways: readonly [TestGateway, TestGateway],
    phone: Phone,
    stack: AsyncDisposableStack,
  ) => {
    const listeners = [new Listener(), new Listener()] as const;
    for (const [index, gateway] of gateways.entries()) await listeners[index]?.listenAt(gateway);
    stack.defer(() => {
      for (const listener of listeners) listener.leave();
    });
    let reported = 0;
    return {
      async report(count: number) {
        for (const _ of range(count)) {
          const gateway = gateways[reported % 2] ?? gateways[0];
          const { status } = await gateway.report(phone, 'incoming', `remote=101&id=${reported}&n=${reported}`);
          expect(status).toBe(200);
          reported += 1;
        }
      },
      /** Each has come once to both, in one order. */
      async check() {
        for (const { seen } of listeners) {
          await vi.waitFor(() => expect(seen.toSorted()).toEqual(range(reported).map(String)), PATIENCE);
        }
        expect(listeners[1].seen).toEqual(listeners[0].seen);
      },
    };
  };
  const failedTyped = ({ status, failure }: Command) =>
    expect({ status, ...failure }).toMatchObject({ status: 'FAILED', code: 'COMMAND_EXPIRED', retryable: true });

  test('whose lines stand still: mutations fail typed, nothing goes out later or twice, and all goes on by itself', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using busy = await heldPhone();
    await using postgres = await startRelay(engines.postgres.port);
    await using stack = new AsyncDisposableStack();
    const { head, branch, phone } = await bothOf(office, stack, postgres.port);
    const desk = await phone(device);
    const caller = new Caller(desk);
    const events = await listening([head, branch], desk, stack);
    for (const gateway of [head, branch]) expect((await caller.dialAt(gateway)).status).toBe('ACCEPTED');
    await events.report(2);
    const begun = await begin(head, await phone(busy), busy);
    const lines = [sites.link, postgres];
    for (const line of lines) line.stall();
    for (const failed of await Promise.all(range(2).map(() => caller.dialAt(head)))) failedTyped(failed);
    await events.report(4);
    // All that was said meanwhile comes now.
    for (const line of lines) line.resume();
    expect((await begun.given).status).toBe('UNKNOWN');
    expect((await begun.told).status).toBe('UNKNOWN');
    busy.answer();
    for (const gateway of [head, branch]) {
      await vi.waitFor(async () => expect((await caller.dialAt(gateway)).status).toBe('ACCEPTED'), PATIENCE);
    }
    await events.check();
    await caller.check(device);
    expect(busy.requests.filter(({ target }) => target === '/message')).toHaveLength(1);
  });

  test('whose link is cut: what was under way is settled, which the other site is told when it is back', async () => {
    await using office = await engines.office();
    await using first = await heldPhone();
    await using second = await heldPhone();
    await using stack = new AsyncDisposableStack();
    const { head, branch, phone } = await bothOf(office, stack);
    const desk = await phone(first);
    const begun = [await begin(head, desk, first), await begin(head, await phone(second), second)] as const;
    const caller = new Caller(desk);
    const events = await listening([head, branch], desk, stack);
    await events.report(2);
    const settled = (id: string) =>
      vi.waitFor(async () => expect((await head.application.commands.get(id))?.settledAt).not.toBeNull(), PATIENCE);
    sites.link.cut();
    first.answer();
    await settled(begun[0].id);
    failedTyped(await caller.dialAt(head));
    // When nobody owns the phone any more.
    await settled(begun[1].id);
    await vi.waitFor(async () => failedTyped(await caller.dialAt(branch)), PATIENCE);
    await events.report(4);
    sites.link.mend();
    for (const { told, given } of begun) expect((await told).status).toBe((await given).status);
    expect((await begun[1].given).status).toBe('UNKNOWN');
    second.answer();
    for (const gateway of [head, branch]) {
      await vi.waitFor(async () => expect((await caller.dialAt(gateway)).status).toBe('ACCEPTED'), PATIENCE);
    }
    await events.check();
    await caller.check(first);
    for (const { requests } of [first, second]) {
      expect(requests.filter(({ target }) => target === '/message')).toHaveLength(1);
    }
  });
});
