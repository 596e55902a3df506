import { ACCEPTED, type DriverContext } from '@hookswitch/core';
import { selfSignedCertificate } from '@hookswitch/driver-kit/virtual';
import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import type { Command, Phone } from '../../src/model.ts';
import { connectStream } from '../../src/store/jetstream/connection.ts';
import { NATS, type Nats } from '../engines/nats.ts';
import { DOMAIN, type JoinedSites, type Leaf, type SitesOptions, startJoinedSites } from '../engines/nats-leaf.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import { type Relay, startRelay } from '../engines/relay.ts';
import { acmeWith } from '../support/driver.ts';
import type { TestGateway } from '../support/gateway.ts';
import { holding, type ScriptedPhone, scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled, range } from '../support/wait.ts';
import { type Engines, type Office, type Place, startEngines } from './cluster.ts';
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
  const { script, release: answer } = holding();
  return Object.assign(await scriptedPhone(script), { answer });
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

function failedTyped({ status, failure }: Command) {
  expect({ status, ...failure }).toMatchObject({ status: 'FAILED', code: 'COMMAND_EXPIRED', retryable: true });
}

/** Gives each number of a phone once, and knows what became of it. */
class Caller {
  readonly given: Promise<Command>[] = [];
  readonly #phone: Phone;
  readonly #site: string;

  /** @param site that the phone is at */
  constructor(phone: Phone, site: string) {
    this.#phone = phone;
    this.#site = site;
  }

  dialAt(gateway: TestGateway): Promise<Command> {
    const to = String(100 + this.given.length);
    const given = gateway.run(this.#phone, { name: 'dial', arguments: { to } });
    this.given.push(given);
    return given;
  }

  async dialedAt(gateway: TestGateway): Promise<void> {
    expect((await this.dialAt(gateway)).status).toBe('ACCEPTED');
  }

  /** What was taken went out once and from the site, what failed did not. */
  async check(device: ScriptedPhone): Promise<void> {
    const commands = await Promise.all(this.given);
    const taken = commands.flatMap(({ status }, index) =>
      status === 'ACCEPTED' ? [`/${this.#site}/dial/${100 + index}`] : [],
    );
    const dialled = device.requests.map(({ target }) => target).filter((target) => target.includes('/dial/'));
    expect(dialled).toEqual(taken);
  }
}

/** Who listens at each, and what the phones report to one after the other. */
async function listening(gateways: readonly TestGateway[], phones: readonly Phone[], stack: AsyncDisposableStack) {
  const listeners = gateways.map(() => new Listener());
  for (const [index, gateway] of gateways.entries()) await listeners[index]?.listenAt(gateway);
  stack.defer(() => {
    for (const listener of listeners) listener.leave();
  });
  let reported = 0;
  return {
    /** Each phone so often to each. */
    async report(count: number) {
      const all = gateways.flatMap((gateway) => phones.map((phone) => ({ gateway, phone })));
      for (const { gateway, phone } of range(count).flatMap(() => all)) {
        const { status } = await gateway.report(phone, 'incoming', `remote=101&id=${reported}&n=${reported}`);
        expect(status).toBe(200);
        reported += 1;
      }
    },
    /** Each has come once to all, in one order. */
    async check() {
      for (const { seen } of listeners) {
        await vi.waitFor(() => expect(seen.toSorted()).toEqual(range(reported).map(String).toSorted()), PATIENCE);
      }
      for (const { seen } of listeners) expect(seen).toEqual(listeners[0]?.seen);
    },
  };
}

/** Where gateways are started. */
interface Premises {
  readonly office: Office;
  readonly stack: AsyncDisposableStack;
  /** What is between the leaves' gateways and PostgreSQL. */
  readonly postgres?: Relay;
}

/** A gateway at the hub, one at each leaf, and what adds phones of a leaf's site that all know. */
async function gatewaysOf({ hub, leaves }: JoinedSites, { office, stack, postgres }: Premises) {
  const start = async (name: string, at: Place) =>
    stack.use(await office.gateway({ drivers: [driverOf(name)], config: hasty(), at: { ...at, domain: DOMAIN } }));
  const head = await start('head', { nats: hub.port });
  const [first, ...others] = leaves;
  const startAt = ({ site, nats }: Leaf) =>
    start(site, { nats: nats.port, site, ...(postgres && { postgres: postgres.port }) });
  const branch = await startAt(first);
  const gateways = [head, branch];
  for (const leaf of others) gateways.push(await startAt(leaf));
  const phone = async ({ origin }: ScriptedPhone, { site } = first) => {
    const added = await head.addPhone({ address: origin, tags: [`site:${site}`] });
    const known = () => gateways.map(({ application }) => application.phones.get(added.id));
    await vi.waitFor(() => expect(known()).not.toContain(null), PATIENCE);
    return added;
  };
  return { head, branch, gateways, phone };
}

/** What a server tells of its own JetStream. */
const jetStreamOf = async ({ monitoring }: Nats): Promise<unknown> => (await fetch(`${monitoring}/jsz`)).json();

const CERTIFICATE = selfSignedCertificate('hub');
const OWN: SitesOptions = { sites: { [SITE]: 'own' } };

describe.runIf(installed(POSTGRESQL, NATS))('gateways at sites that leaf nodes join', { timeout: 60_000 }, () => {
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

  test('whose lines stand still: mutations fail typed, nothing goes out later or twice, and all goes on by itself', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using busy = await heldPhone();
    await using postgres = await startRelay(engines.postgres.port);
    await using stack = new AsyncDisposableStack();
    const { head, branch, phone } = await gatewaysOf(sites, { office, stack, postgres });
    const desk = await phone(device);
    const caller = new Caller(desk, SITE);
    const events = await listening([head, branch], [desk], stack);
    for (const gateway of [head, branch]) await caller.dialedAt(gateway);
    await events.report(1);
    const begun = await begin(head, await phone(busy), busy);
    const lines = [sites.leaves[0].link, postgres];
    for (const line of lines) line.stall();
    for (const failed of await Promise.all(range(2).map(() => caller.dialAt(head)))) failedTyped(failed);
    await events.report(2);
    // All that was said meanwhile comes now.
    for (const line of lines) line.resume();
    expect((await begun.given).status).toBe('UNKNOWN');
    expect((await begun.told).status).toBe('UNKNOWN');
    busy.answer();
    for (const gateway of [head, branch]) {
      await vi.waitFor(() => caller.dialedAt(gateway), PATIENCE);
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
    const { head, branch, phone } = await gatewaysOf(sites, { office, stack });
    const desk = await phone(first);
    const begun = [await begin(head, desk, first), await begin(head, await phone(second), second)] as const;
    const caller = new Caller(desk, SITE);
    const events = await listening([head, branch], [desk], stack);
    await events.report(1);
    const settled = (id: string) =>
      vi.waitFor(async () => expect((await head.application.commands.get(id))?.settledAt).not.toBeNull(), PATIENCE);
    sites.leaves[0].link.cut();
    first.answer();
    await settled(begun[0].id);
    failedTyped(await caller.dialAt(head));
    // When nobody owns the phone any more.
    await settled(begun[1].id);
    await vi.waitFor(async () => failedTyped(await caller.dialAt(branch)), PATIENCE);
    await events.report(2);
    sites.leaves[0].link.mend();
    for (const { told, given } of begun) expect((await told).status).toBe((await given).status);
    expect((await begun[1].given).status).toBe('UNKNOWN');
    second.answer();
    for (const gateway of [head, branch]) {
      await vi.waitFor(() => caller.dialedAt(gateway), PATIENCE);
    }
    await events.check();
    await caller.check(first);
    for (const { requests } of [first, second]) {
      expect(requests.filter(({ target }) => target === '/message')).toHaveLength(1);
    }
  });

  const VARIANTS: readonly (SitesOptions & { readonly name: string })[] = [
    { name: 'over TLS', tls: { hub: CERTIFICATE, ca: CERTIFICATE.cert } },
    { name: 'that have a JetStream of their own', ...OWN },
    { name: 'that are two beside the hub', sites: { [SITE]: null, depot: null } },
  ];
  test.each(VARIANTS)('$name: commands and events pass, and again after the link was cut', async (options) => {
    await using joined = await startJoinedSites(options);
    await joined.joined(joined.leaves.length);
    await using office = await engines.office();
    await using stack = new AsyncDisposableStack();
    const { head, gateways, phone } = await gatewaysOf(joined, { office, stack });
    const deskOf = async (leaf: Leaf) => {
      const device = stack.use(await scriptedPhone());
      const desk = await phone(device, leaf);
      return { leaf, device, desk, caller: new Caller(desk, leaf.site) };
    };
    const desks = await Promise.all(joined.leaves.map(deskOf));
    const all = desks.map(({ desk }) => desk);
    const events = await listening(gateways, all, stack);
    const dialled = async () => {
      for (const gateway of gateways) {
        for (const { caller } of desks) await vi.waitFor(() => caller.dialedAt(gateway), PATIENCE);
      }
    };
    await dialled();
    await events.report(1);
    await events.check();
    joined.leaves[0].link.cut();
    for (const { leaf, caller } of desks) {
      if (leaf === joined.leaves[0]) failedTyped(await caller.dialAt(head));
      else for (const gateway of [head, ...gateways.slice(2)]) await caller.dialedAt(gateway);
    }
    await events.report(1);
    joined.leaves[0].link.mend();
    await dialled();
    await events.check();
    for (const { caller, device } of desks) await caller.check(device);
    // The log and the leases.
    expect(await jetStreamOf(joined.hub)).toMatchObject({ streams: 2 });
    for (const { nats } of joined.leaves) expect(await jetStreamOf(nats)).toMatchObject({ streams: 0 });
  });

  test('that have a stream of the same subjects: what it alone took is in the log once the link is back', async () => {
    await using joined = await startJoinedSites(OWN);
    await joined.joined(1);
    await using office = await engines.office();
    await using device = await scriptedPhone();
    const [{ nats, link }] = joined.leaves;
    // As a gateway makes it there that is told no domain.
    await (await connectStream(nats.options(office.name))).close();
    await using stack = new AsyncDisposableStack();
    const { head, branch, phone } = await gatewaysOf(joined, { office, stack });
    const events = await listening([branch, head], [await phone(device)], stack);
    link.cut();
    await events.report(1);
    await vi.waitFor(async () => expect(await jetStreamOf(nats)).toMatchObject({ messages: 1 }), PATIENCE);
    link.mend();
    await events.check();
  });

  test('over TLS a leaf joins no hub whose certificate its authority does not know', async () => {
    const { cert } = selfSignedCertificate('another');
    await using joined = await startJoinedSites({ tls: { hub: CERTIFICATE, ca: cert } });
    const [{ log }] = joined.leaves;
    await vi.waitFor(async () => expect(await log()).toContain('signed by unknown authority'), PATIENCE);
    await joined.joined(0);
  });
});
