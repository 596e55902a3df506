import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FilePhone } from '../../src/config/file-schema.ts';
import { NATS } from '../engines/nats.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import type { TestGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { type Engines, startEngines } from './cluster.ts';

const HELLO = { name: 'showMessage', arguments: { text: 'Hello' } } as const;
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

  test('are told their lights again by whoever owns them by then', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using stack = new AsyncDisposableStack();
    const former = stack.use(await office.gateway());
    const phone = await former.addPhone({ address: device.origin });
    const light = { name: 'setLed', arguments: { key: 'FUNCTION_1', light: 'ON' } } as const;
    expect((await former.run(phone, light)).status).toBe('ACCEPTED');
    await using next = await office.gateway();
    await stack.disposeAsync();
    // It is the owner once it has commanded the phone.
    expect((await next.run(phone, HELLO)).status).toBe('ACCEPTED');
    expect((await next.report(phone, 'started')).status).toBe(200);
    await device.received(3);
    expect(device.requests.map(({ target }) => target)).toEqual([
      '/led?FUNCTION_1=ON',
      '/message',
      '/led?FUNCTION_1=ON',
    ]);
  });
});
