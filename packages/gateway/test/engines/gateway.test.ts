import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AuditAnchor } from '../../src/audit/verify-chain.ts';
import { runAudit } from '../../src/command-line/audit.ts';
import { runKeys } from '../../src/command-line/keys.ts';
import type { CommandOutput } from '../../src/command-line/output.ts';
import { runRotateSecretKey } from '../../src/command-line/rotate-secret-key.ts';
import type { BusConfig } from '../../src/config/bus.ts';
import type { StoreConfig } from '../../src/config/store.ts';
import { type TestGatewayOptions, testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { range } from '../support/wait.ts';
import { NATS, startNats } from './nats.ts';
import { POSTGRESQL, type Postgres, startPostgres } from './postgres.ts';

const DIAL = { name: 'dial', arguments: { to: '102' } } as const;

describe.runIf(installed(POSTGRESQL, NATS))('a gateway over engines', () => {
  let postgres: Postgres;
  let databases = 0;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  async function gatewayOver(options: TestGatewayOptions = {}) {
    databases += 1;
    const database = `gateway_${databases}`;
    await postgres.createDatabase(database);
    const store: StoreConfig = {
      ...{ kind: 'postgres', host: '127.0.0.1', port: postgres.port, user: 'postgres', database },
      ...{ password: postgres.password, passwordFile: null, tls: null, connections: 4, statementTimeoutMs: 10_000 },
    };
    const running = await testGateway({ ...options, config: { ...options.config, store } });
    return Object.assign(running, { database, place: { dataDir: running.dataDir, configDir: null, store } });
  }

  /** What a command of the command line says. */
  async function said(command: (output: CommandOutput) => Promise<unknown>): Promise<string> {
    const words: string[] = [];
    const say = (text: string): void => void words.push(text);
    await command({ out: say, err: say });
    return words.join('');
  }

  test('has its keys made beside it, its audit verified, and its secrets sealed anew while it is stopped', async () => {
    await using device = await scriptedPhone();
    await using office = await gatewayOver();
    const { place } = office;
    const phone = await office.addPhone({ address: device.origin, username: 'admin', password: 'secret' });
    await office.run(phone, DIAL);
    const input = {
      name: 'reader',
      scopes: ['events:read'],
      tags: null,
      masksNumbers: false,
      expiresAt: null,
    } as const;
    const made = await said((output) => runKeys({ name: 'create', input }, place, output));
    const [key = ''] = /hsk_[\w-]{43}/.exec(made) ?? [];
    await vi.waitFor(
      async () => expect((await office.gateway.authenticator.authenticate(key))?.principal.name).toBe('reader'),
      {
        timeout: 10_000,
      },
    );
    const verify = (anchor: AuditAnchor | null = null) => said((output) => runAudit(anchor, place, output));
    const whole = await verify();
    expect(whole).toMatch(/^The audit is whole: \d+ rows\. Anchor: \d+:[0-9a-f]{64}\n$/);
    const rotate = () => said((output) => runRotateSecretKey(null, { ...place, secretKey: null }, output));
    expect(await rotate()).toContain('in use by another Hookswitch gateway');
    await office.gateway.stop();
    expect(await rotate()).toContain('The secrets of 1 phones are sealed');
    await office.restart();
    expect((await office.run(phone, DIAL)).status).toBe('ACCEPTED');
    const [, sequence = '', mac = ''] = /Anchor: (\d+):(\S+)/.exec(whole) ?? [];
    expect(await verify({ sequence: Number(sequence), mac })).toContain('The audit is whole');
    await postgres.run(
      office.database,
      `ALTER TABLE audit DISABLE TRIGGER ALL; UPDATE audit SET action = 'x' WHERE sequence = 2`,
    );
    expect(await verify()).toMatch(/^The audit is broken at row 2: it is not as it was written/);
    await postgres.run(office.database, 'DELETE FROM audit WHERE sequence > 1');
    expect(await verify()).toMatch(/^The audit is broken at row 2: it and all up to \d+ are missing/);
  });

  test('keeps phones, commands, calls and events through a restart', async () => {
    await using device = await scriptedPhone();
    await using office = await gatewayOver();
    const phone = await office.addPhone({ address: device.origin });
    const settled = await office.run(phone, DIAL, 'once');
    expect(settled.status).toBe('ACCEPTED');
    expect((await office.report(phone, 'incoming', 'remote=101&id=7')).status).toBe(200);
    const before = await office.application.calls.list({}, { first: 10 });
    expect(before.items).toHaveLength(1);
    await office.restart();
    expect(office.application.phones.get(phone.id)?.name).toBe('Desk');
    expect(await office.application.commands.get(settled.id)).toMatchObject({ id: settled.id, status: 'ACCEPTED' });
    // The same key, the same command: nothing is sent again.
    expect((await office.run(phone, DIAL, 'once')).id).toBe(settled.id);
    expect(device.requests).toHaveLength(1);
    expect((await office.application.calls.list({}, { first: 10 })).items.map(({ node }) => node.id)).toEqual(
      before.items.map(({ node }) => node.id),
    );
    const audited = await office.application.audit.list({ actions: ['dial'] }, { first: 10 });
    expect(audited.items.map(({ node }) => node.outcome)).toEqual(['ACCEPTED', 'ASKED']);
  });

  test('with its engine crashed phones get their 200, commands fail typed, and all goes on by itself', async () => {
    await using device = await scriptedPhone();
    await using office = await gatewayOver();
    const phone = await office.addPhone({ address: device.origin });
    await office.report(phone, 'incoming', 'remote=101&id=0');
    const ready = async () => (await fetch(`${office.gateway.url}/health/ready`)).status;
    expect(await ready()).toBe(200);
    await postgres.crash();
    for (const id of range(20).map((index) => index + 1)) {
      expect((await office.report(phone, 'incoming', `remote=101&id=${id}`)).status).toBe(200);
    }
    await expect(office.run(phone, DIAL)).rejects.toMatchObject({ code: 'AWAY' });
    expect(await ready()).toBe(503);
    expect(device.requests).toHaveLength(0);
    await postgres.start();
    await vi.waitFor(async () => expect(await ready()).toBe(200), { timeout: 20_000 });
    const events = () => office.application.events.list({}, { first: 100 });
    await vi.waitFor(async () => expect((await events()).items).toHaveLength(21), { timeout: 20_000 });
    const variables = (await events()).items.map((event) => event.variables.find(({ name }) => name === 'id')?.value);
    expect(variables).toEqual(range(21).map(String));
    expect((await office.run(phone, DIAL)).status).toBe('ACCEPTED');
  });

  test('with its events in JetStream: they are on its own disk before the 200, and in the log once NATS is there', async () => {
    await using nats = await startNats();
    await using device = await scriptedPhone();
    const bus: BusConfig = { servers: [nats.url], stream: 'office', replicas: 1, credentialsFile: null, tls: null };
    await using office = await gatewayOver({ config: { bus } });
    const phone = await office.addPhone({ address: device.origin });
    const report = async (id: number) =>
      expect((await office.report(phone, 'incoming', `remote=101&id=${id}`)).status).toBe(200);
    const ids = async () =>
      (await office.application.events.list({}, { first: 100 })).items.map(
        (event) => event.variables.find(({ name }) => name === 'id')?.value,
      );
    for (const id of range(5)) await report(id);
    await vi.waitFor(async () => expect(await ids()).toEqual(range(5).map(String)), { timeout: 20_000 });
    await nats.crash();
    for (const id of range(5)) await report(5 + id);
    await office.gateway.stop();
    await nats.start();
    await office.restart();
    await report(10);
    await vi.waitFor(async () => expect(await ids()).toEqual(range(11).map(String)), { timeout: 20_000 });
    expect((await office.application.calls.list({}, { first: 20 })).items).toHaveLength(11);
    expect((await office.run(phone, DIAL)).status).toBe('ACCEPTED');
    expect(await (await fetch(`${office.gateway.url}/health/ready`)).text()).toContain('store: ok');
  });
});
