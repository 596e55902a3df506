import { ACCEPTED, type DriverContext } from '@hookswitch/core';
import { installed } from '@hookswitch/sip-peers/vitest';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { laneOfPhone } from '../../src/cluster/lanes-of-phones.ts';
import { NATS } from '../engines/nats.ts';
import { POSTGRESQL } from '../engines/postgres.ts';
import { startRelay } from '../engines/relay.ts';
import { acmeWith } from '../support/driver.ts';
import { ADMIN_KEY } from '../support/gateway.ts';
import { holding, scriptedPhone } from '../support/scripted-phone.ts';
import { type Engines, startEngines } from './cluster.ts';

const HELLO = { name: 'showMessage', arguments: { text: 'Hello' } } as const;
const DIAL = 'mutation ($id: ID!) { dial(phoneId: $id, command: { to: "102" }) { status } }';
const PATIENCE = { timeout: 30_000, interval: 50 };
/** So many words of the others' are spoken before a gateway that says nothing is taken for dead. */
const UNTIL_DEAD = 6;

describe.runIf(installed(POSTGRESQL, NATS))('whose a phone is', { timeout: 60_000 }, () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  const owners = async (office: string, phoneId: string) =>
    (
      await engines.postgres.run(office, `SELECT owner FROM lane_tokens WHERE shard = '${laneOfPhone(phoneId, [])}'`)
    ).map(({ owner }) => String(owner));

  /** What is written to the bucket of the leases, in its order. */
  const wordsOf = async (office: string, stack: AsyncDisposableStack) => {
    const { servers, login } = engines.nats.options(office);
    const connection = await connect({ ...login, servers: [...servers] });
    stack.defer(() => connection.close());
    const words: { readonly key: string; readonly value: string | null }[] = [];
    const prefix = `$KV.${office}_lanes.`;
    connection.subscribe(`${prefix}>`, {
      callback: (error, message) => {
        if (error !== null) return;
        const isGone = message.headers?.has('KV-Operation') === true;
        words.push({ key: message.subject.slice(prefix.length), value: isGone ? null : message.string() });
      },
    });
    await connection.flush();
    return words;
  };

  test('a gateway that stops gives its phones away before it could be taken for dead', async () => {
    await using office = await engines.office();
    await using stack = new AsyncDisposableStack();
    const held = holding();
    await using device = await scriptedPhone(held.script);
    const one = await office.gateway();
    const phone = await one.addPhone({ address: device.origin });
    const running = one.run(phone, HELLO);
    await device.received(1);
    const [former = ''] = await owners(office.name, phone.id);
    // It is there before the other one stops, and takes over what it can.
    stack.use(await office.gateway());
    const waiting = one.run(phone, HELLO);
    const words = await wordsOf(office.name, stack);
    await vi.waitFor(() => expect(words.map(({ key }) => key)).toContain(`member.${former}`), PATIENCE);
    const stopped = one[Symbol.asyncDispose]();
    held.release();
    expect((await running).status).toBe('ACCEPTED');
    expect((await waiting).status).toBe('ACCEPTED');
    await stopped;
    const [next = ''] = await owners(office.name, phone.id);
    expect(next).not.toBe(former);
    const lane = `lane.${laneOfPhone(phone.id, [])}`;
    const claimed = words.findIndex(({ key, value }) => key === lane && value === next);
    const last = words.findLastIndex(({ key, value }) => key === `member.${former}` && value === '');
    const between = words.slice(last, claimed).filter(({ key }) => key === `member.${next}`);
    expect(claimed).toBeGreaterThan(last);
    expect(between.length).toBeLessThan(UNTIL_DEAD);
  });

  test('is asked at each request: who stood still between two of one command sends no second one', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    let stoodStill = 0;
    const two = async (_command: unknown, { http }: DriverContext) => {
      await http.send({ method: 'GET', target: '/first' });
      // Longer than a lease, and nothing of this gateway has run meanwhile.
      stoodStill += 3_000;
      await http.send({ method: 'GET', target: '/second' });
      return ACCEPTED;
    };
    await using one = await office.gateway({
      drivers: [acmeWith({ DIAL: [{ transport: 'HTTP', evidence: 'DOCUMENTED', source: 'a test', dial: two }] })],
      ticks: () => performance.now() + stoodStill,
    });
    const phone = await one.addPhone({ address: device.origin });
    const { status, unproven } = await one.run(phone, { name: 'dial', arguments: { to: '102' } });
    expect({ status, unproven }).toEqual({ status: 'UNKNOWN', unproven: 'GATEWAY_STOPPED' });
    expect(device.requests.map(({ target }) => target)).toEqual(['/first']);
  });

  test('a phone that its gateway has not read of yet is asked for again, and one that nobody knows is told', async () => {
    await using office = await engines.office();
    await using stack = new AsyncDisposableStack();
    await using device = await scriptedPhone();
    await using relay = await startRelay(engines.postgres.port);
    await using owner = await office.gateway({ at: { postgres: relay.port } });
    await using other = await office.gateway({ at: { site: 'elsewhere' } });
    const { servers, login } = engines.nats.options(office.name);
    const connection = await connect({ ...login, servers: [...servers] });
    stack.defer(() => connection.close());
    const asked: string[] = [];
    connection.subscribe(`${office.name}.lane.>`, { callback: (_error, { subject }) => void asked.push(subject) });
    await connection.flush();
    relay.hold('WHERE changed > $1');
    const phone = await other.addPhone({ address: device.origin });
    const given = other.run(phone, HELLO);
    given.catch(() => {});
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1), PATIENCE);
    expect(owner.application.phones.get(phone.id)).toBeNull();
    relay.resume();
    expect((await given).status).toBe('ACCEPTED');
    expect(device.requests).toHaveLength(1);
    const before = asked.length;
    for (const { gateway } of [owner, other]) {
      const answer = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` },
        body: JSON.stringify({ query: DIAL, variables: { id: crypto.randomUUID() } }),
      });
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    }
    expect(asked).toHaveLength(before);
  });

  test('a gateway that NATS lets in no more tries on, and goes on when it is let in again', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using one = await office.gateway();
    const phone = await one.addPhone({ address: device.origin });
    expect((await one.run(phone, HELLO)).status).toBe('ACCEPTED');
    await engines.nats.letIn(false);
    await vi.waitFor(() => expect(engines.nats.refusals).toBeGreaterThan(3), PATIENCE);
    await engines.nats.letIn(true);
    expect((await one.run(phone, HELLO)).status).toBe('ACCEPTED');
    expect(device.requests).toHaveLength(2);
  });

  test('a command whose PostgreSQL ends the transaction that stood still fails typed, and the next one goes through', async () => {
    await using office = await engines.office();
    await using device = await scriptedPhone();
    await using relay = await startRelay(engines.postgres.port);
    await using one = await office.gateway({ at: { postgres: relay.port } });
    const phone = await one.addPhone({ address: device.origin });
    // What follows in its transaction does not arrive: to PostgreSQL the gateway stands still.
    relay.loseWhatFollows('INSERT INTO commands');
    await expect(one.run(phone, HELLO)).rejects.toMatchObject({
      code: 'AWAY',
      message: expect.stringContaining('PostgreSQL 25P03'),
    });
    expect(device.requests).toHaveLength(0);
    expect((await one.run(phone, HELLO)).status).toBe('ACCEPTED');
    expect(await engines.postgres.run(office.name, 'SELECT status FROM commands')).toEqual([{ status: 'ACCEPTED' }]);
    expect(device.requests).toHaveLength(1);
  });
});
