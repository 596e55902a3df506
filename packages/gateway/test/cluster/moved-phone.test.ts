import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { NATS } from '../engines/nats.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { type Engines, type Office, startEngines } from './cluster.ts';

const dial = (to: string) => ({ name: 'dial', arguments: { to } }) as const;

/** A phone that says nothing is waited for longer than the test may take. */
function patient() {
  const parsed = parseConfig({}, null);
  if ('faults' in parsed) throw new Error(parsed.faults.join());
  return { ...parsed.config.policy, commandTimeoutMs: 600_000, replyTimeoutMs: 600_000 };
}

describe.runIf(installed(POSTGRESQL, NATS))('a phone that moves from one site to another', { timeout: 20_000 }, () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  const gatewayAt = async (office: Office, site: string) => {
    const { bus, ...config } = await office.config();
    if (bus == null) throw new Error('gateways share nothing');
    return office.gateway({ config: { ...config, bus: { ...bus, site }, policy: patient() } });
  };

  test('a phone that moves is let go by the one: what it was asked is UNKNOWN, and what comes next is done by the other', async () => {
    await using office = await engines.office();
    const cut = Promise.withResolvers<void>();
    await using device = await scriptedPhone((_request, response) => void response.once('close', () => cut.resolve()));
    await using berlin = await gatewayAt(office, 'berlin');
    await using vienna = await gatewayAt(office, 'vienna');
    const phone = await berlin.addPhone({ address: device.origin, tags: ['site:berlin'] });
    const asked = berlin.run(phone, dial('101'));
    await device.received(1);
    const moved = await vienna.application.phones.update(phone.id, { tags: ['site:vienna'] }, vienna.caller);
    expect(moved).toMatchObject({ ok: true });
    await cut.promise;
    device.script = (_request, response) => void response.end();
    expect(await asked).toMatchObject({ status: 'UNKNOWN' });
    // Asked of either: one of them has nothing to do with it any more.
    expect(await berlin.run(phone, dial('102'))).toMatchObject({ status: 'ACCEPTED' });
    expect(await vienna.run(phone, dial('103'))).toMatchObject({ status: 'ACCEPTED' });
    expect(device.requests.map(({ target }) => target)).toEqual(['/dial?to=101', '/dial?to=102', '/dial?to=103']);
    const tokens = await engines.postgres.run(office.name, 'SELECT DISTINCT lane_token FROM commands');
    expect(tokens).toHaveLength(2);
  });
});
