import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { laneOfPhone } from '../../src/cluster/lanes-of-phones.ts';
import type { FilePhone } from '../../src/config/file-schema.ts';
import { NATS } from '../engines/nats.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import { startRelay } from '../engines/relay.ts';
import type { TestGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled } from '../support/wait.ts';
import { type Engines, startEngines } from './cluster.ts';
import { Listener } from './listener.ts';

const HELLO = { name: 'showMessage', arguments: { text: 'Hello' } } as const;
const LIGHT = { name: 'setLed', arguments: { key: 'FUNCTION_1', light: 'ON' } } as const;
/** Proven by the phone's start, within minutes. */
const REBOOT = { name: 'reboot', arguments: {} } as const;
const PATIENCE = { timeout: 30_000, interval: 50 };
const SITE = 'branch';
const AT_SITE = { at: { site: SITE } } as const;

describe.runIf(installed(POSTGRESQL, NATS))('phones of several gateways', { timeout: 60_000 }, () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  const named = ({ application }: TestGateway, name: string) =>
    application.phones.list({}, { first: 50 }).items.find(({ node }) => node.name === name && node.removedAt === null)
      ?.node;

  test('of the files of two sites are at both, and one that stands in both is told', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    const hall: FilePhone = { name: 'Hall', vendor: 'acme', address: '127.0.0.8' };
    const desk: FilePhone = { name: 'Desk', vendor: 'acme', address: device.origin, tags: [`site:${SITE}`] };
    await using head = await office.gateway({ config: { phones: [hall] } });
    await using branch = await office.gateway({ ...AT_SITE, config: { phones: [desk] } });
    await vi.waitFor(() => expect(named(head, 'Desk')).toBeDefined(), PATIENCE);
    expect(named(branch, 'Hall')).toBeDefined();
    // Each keeps what the other's file has.
    await head.restart();
    await branch.restart();
    const phone = named(head, 'Desk') ?? expect.unreachable('the phone of the other file is gone');
    expect((await head.run(phone, HELLO)).status).toBe('ACCEPTED');
    const taken = { ...hall, tags: [`site:${SITE}`] };
    const withBoth = (other: FilePhone) => office.gateway({ ...AT_SITE, config: { phones: [desk, other] } });
    await expect(withBoth(taken)).rejects.toMatchObject({
      name: 'StartError',
      faults: ['phones.1 ("Hall"): it stands in the file of a gateway without a site; take it out there first'],
    });
    await expect(withBoth({ ...taken, name: 'Lobby' })).rejects.toMatchObject({
      faults: [expect.stringContaining('phones.1 ("Lobby"): ')],
    });
    expect(named(head, 'Hall')).toMatchObject({ tags: [], address: 'http://127.0.0.8' });
  });

  test('have their switches as they reported them last, also what they reported while PostgreSQL was away', async () => {
    await using office = await engines.office();
    await using a = await office.gateway();
    await using b = await office.gateway();
    const phone = await a.addPhone();
    await vi.waitFor(() => expect(b.application.phones.get(phone.id)).not.toBeNull(), PATIENCE);
    const standing = async ({ application }: TestGateway) =>
      (await application.phones.features(phone.id)).map(({ feature, enabled }) => `${feature} ${enabled}`).toSorted();
    const report = async (at: TestGateway, switched: string, on: 0 | 1) =>
      expect((await at.report(phone, switched, `on=${on}`)).status).toBe(200);
    await report(a, 'dnd', 1);
    await vi.waitFor(async () => expect(await standing(b)).toEqual(['DO_NOT_DISTURB true']), PATIENCE);
    await engines.postgres.crash();
    await report(b, 'dnd', 0);
    await report(a, 'forward', 1);
    // What stood there before is not told for what stands there now.
    for (const gateway of [a, b]) await expect(standing(gateway)).rejects.toMatchObject({ code: 'AWAY' });
    await engines.postgres.start();
    for (const gateway of [a, b]) {
      await vi.waitFor(
        async () => expect(await standing(gateway)).toEqual(['DO_NOT_DISTURB false', 'FORWARD_ALWAYS true']),
        PATIENCE,
      );
    }
  });

  test('that nobody owned when their events came: what only an owner does is made up for', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using spare = await scriptedPhone();
    await using postgres = await startRelay(engines.postgres.port);
    let stoodStill = 0;
    await using owner = await office.gateway({
      at: { postgres: postgres.port },
      ticks: () => performance.now() + stoodStill,
    });
    const listener = new Listener();
    await listener.listenAt(owner);
    const phone = await owner.addPhone({ address: device.origin });
    expect((await owner.run(phone, LIGHT)).status).toBe('ACCEPTED');
    const other = await owner.addPhone({ name: 'Other', address: spare.origin });
    const [proven, waiting] = [await owner.run(phone, REBOOT), await owner.run(other, REBOOT)];
    expect([proven.status, waiting.status]).toEqual(['ACCEPTED', 'ACCEPTED']);
    // It stands still for longer than a lease, and PostgreSQL is slow to give it the next one.
    postgres.hold('lane_tokens');
    stoodStill += 3_000;
    await vi.waitFor(() => expect(postgres.isHolding).toBe(true), PATIENCE);
    expect((await owner.report(phone, 'outgoing', 'remote=102&id=1&n=0')).status).toBe(200);
    expect((await owner.report(phone, 'started', 'n=1')).status).toBe(200);
    await vi.waitFor(() => expect(listener.seen).toEqual(['0', '1']), PATIENCE);
    const lit = () => device.requests.filter(({ target }) => target === '/led?FUNCTION_1=ON');
    expect(lit()).toHaveLength(1);
    postgres.resume();
    expect(await commandWhen(owner.application, proven.id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
    await vi.waitFor(() => expect(lit()).toHaveLength(2), PATIENCE);
    // What has waited since before is waited for still.
    expect((await owner.report(other, 'started', 'n=2')).status).toBe(200);
    expect(await commandWhen(owner.application, waiting.id, isSettled)).toMatchObject({ status: 'CONFIRMED' });
    await vi.waitFor(() => expect(owner.application.calls.active(phone.id)).toEqual([]), PATIENCE);
    listener.leave();
  });

  test('are told their lights again by whoever comes to own them, also of a start while their owner was as good as dead', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using nats = await startRelay(engines.nats.port);
    await using former = await office.gateway({ at: { nats: nats.port } });
    const ownerOf = async (shard: string | null) =>
      (await engines.postgres.run(office.name, `SELECT owner FROM lane_tokens WHERE shard = '${shard}'`))[0]?.['owner'];
    const formersId = await ownerOf(laneOfPhone('any', []));
    await using next = await office.gateway();
    await vi.waitFor(async () => {
      const lanes = await engines.postgres.run(
        office.name,
        'SELECT count(*)::integer AS lanes FROM lane_tokens GROUP BY owner',
      );
      expect(lanes).toEqual([{ lanes: 32 }, { lanes: 32 }]);
    }, PATIENCE);
    let phone = await former.addPhone({ address: device.origin });
    while ((await ownerOf(laneOfPhone(phone.id, []))) !== formersId) {
      await former.application.phones.remove(phone.id, former.caller);
      phone = await former.addPhone({ address: device.origin });
    }
    await vi.waitFor(() => expect(next.application.phones.get(phone.id)).not.toBeNull(), PATIENCE);
    expect((await next.run(phone, LIGHT)).status).toBe('ACCEPTED');
    nats.cut();
    const listener = new Listener();
    await listener.listenAt(next);
    expect((await next.report(phone, 'started', 'n=0')).status).toBe(200);
    await vi.waitFor(() => expect(listener.seen).toEqual(['0']), PATIENCE);
    await device.received(2);
    expect(await ownerOf(laneOfPhone(phone.id, []))).not.toBe(formersId);
    // The next start is told to its owner.
    expect((await next.report(phone, 'started', 'n=1')).status).toBe(200);
    await device.received(3);
    expect(device.requests.map(({ target }) => target)).toEqual(Array(3).fill('/led?FUNCTION_1=ON'));
    listener.leave();
  });
});
