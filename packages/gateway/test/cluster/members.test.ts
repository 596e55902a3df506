import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEntry } from '../../src/audit/audited.ts';
import { loadSecretKeyFile } from '../../src/security/secret-key.ts';
import { eventsInJetStream } from '../../src/store/jetstream/index.ts';
import type { Store } from '../../src/store/ports.ts';
import { openBeside } from '../../src/store/postgres/beside.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { verifyAudit } from '../../src/store/postgres/verify-audit.ts';
import { NATS, type Nats, startNats } from '../engines/nats.ts';
import { POSTGRESQL, type Postgres, startPostgres } from '../engines/postgres.ts';
import { startRelay } from '../engines/relay.ts';
import { callEvent, command, range } from '../store/samples.ts';
import { temporaryDirectory } from '../store/temporary.ts';

const log = { warn() {}, error() {} };
const CALLER = { id: 'key-1', name: 'frontend' };
const TURNS = 40;

describe.runIf(installed(POSTGRESQL, NATS))('several gateways on one store', () => {
  let postgres: Postgres;
  let nats: Nats;
  let offices = 0;
  beforeAll(async () => {
    [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  });
  afterAll(async () => {
    await postgres[Symbol.asyncDispose]();
    await nats[Symbol.asyncDispose]();
  });

  async function office() {
    offices += 1;
    const name = `members_${offices}`;
    await postgres.createDatabase(name);
    const directory = await temporaryDirectory();
    const key = join(directory.path, 'audit.key');
    await loadSecretKeyFile(key);
    let gateways = 0;
    /** Each with a data directory of its own; the key of the audit is one. */
    const open = async (place: 'member' | 'alone', port = postgres.port): Promise<Store> => {
      gateways += 1;
      const dataDir = join(directory.path, `gateway-${gateways}`);
      await mkdir(dataDir, { mode: 0o700 });
      await cp(key, join(dataDir, 'audit.key'));
      const events = eventsInJetStream(nats.options(name), log);
      const member = place === 'member' ? `gateway-${gateways}` : undefined;
      return openPostgresStore({ postgres: postgres.options(name, port), dataDir, log, events, member });
    };
    return { name, open, dataDir: directory.path, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
  }

  test('open an empty database at once, and one that is to be alone there is refused meanwhile', async () => {
    await using place = await office();
    const members = await Promise.all(range(3).map(() => place.open('member')));
    const versions = await postgres.run(place.name, 'SELECT count(*)::integer AS steps FROM schema_migrations');
    const newest = await postgres.run(place.name, 'SELECT max(version) AS steps FROM schema_migrations');
    expect(versions).toEqual(newest);
    await expect(place.open('alone')).rejects.toMatchObject({ code: 'LOCKED' });
    for (const member of members) await member.close();
    const alone = await place.open('alone');
    await expect(place.open('member')).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining('without `bus`'),
    });
    await alone.close();
  });

  test('are all kept from writing once one that is alone there has taken the place from lost sessions', async () => {
    await using place = await office();
    await using relay = await startRelay(postgres.port);
    const member = await place.open('member', relay.port);
    relay.hang();
    await postgres.run(
      place.name,
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${place.name}' AND pid <> pg_backend_pid()`,
    );
    const alone = await place.open('alone');
    relay.mend();
    await expect
      .poll(() => member.commands.insert(command('late'), null).catch((error: Error) => error.message), {
        timeout: 20_000,
      })
      .toContain('another gateway has taken the place');
    expect(await alone.commands.get('late')).toBeNull();
    await member.close();
    await alone.close();
  });

  test('only who has the newest token of a lane marks a command as sent, and what is settled stays so', async () => {
    await using place = await office();
    const [one, other] = await Promise.all(range(2).map(() => place.open('member')));
    if (one?.lanes === undefined || other?.lanes === undefined) throw new Error('they are alone');
    const LANE = '_.7';
    const former = (await one.lanes.take([LANE])).get(LANE) ?? 0;
    const taken = await other.lanes.take([LANE, 'berlin.7']);
    const newest = taken.get(LANE) ?? 0;
    expect(newest).toBeGreaterThan(former);
    // A phone may go from the one lane to the other: who sent its commands shows by the token.
    expect(new Set([former, ...taken.values(), ...(await one.lanes.take(['vienna.7'])).values()]).size).toBe(4);
    const queued = command('c1', { status: 'QUEUED', sentAt: null, repliedAt: null, settledAt: null });
    await one.commands.insert(queued, null);
    const sent = { ...queued, status: 'SENT', sentAt: 5 } as const;
    await expect(one.commands.update(sent, { lane: LANE, token: former })).rejects.toMatchObject({ code: 'FENCED' });
    expect(await other.lanes.open()).toEqual([{ command: queued, askedOf: one.lanes.member, token: null }]);
    await other.commands.update(sent, { lane: LANE, token: newest });
    expect(await one.lanes.open()).toEqual([{ command: sent, askedOf: one.lanes.member, token: newest }]);
    // Sent once; whoever was asked for it cannot call it over any more.
    await expect(other.commands.update(sent, { lane: LANE, token: newest })).rejects.toMatchObject({
      code: 'OVERTAKEN',
    });
    const expired = { ...queued, status: 'FAILED', settledAt: 6 } as const;
    await expect(one.commands.update(expired, null)).rejects.toMatchObject({ code: 'OVERTAKEN' });
    const settled = { ...sent, status: 'UNKNOWN', settledAt: 7 } as const;
    await other.commands.update(settled, null);
    const late = { ...sent, status: 'ACCEPTED', settledAt: 8 } as const;
    await expect(other.commands.update(late, { lane: LANE, token: newest })).rejects.toMatchObject({
      code: 'OVERTAKEN',
    });
    expect(await one.commands.get('c1')).toEqual(settled);
    const audited = await one.audit.list({ actions: [queued.name] }, { limit: 10 });
    expect(audited.items.map(({ outcome }) => outcome)).toEqual(['UNKNOWN', 'ASKED']);
    await one.close();
    await other.close();
  });

  test('write at once: who reads behind a place misses no event, and the chain of the audit is one and whole', async () => {
    await using place = await office();
    const members = await Promise.all(range(2).map(() => place.open('member')));
    const [reader] = members;
    const total = members.length * TURNS * 2;
    const seen: number[] = [];
    const read = async () => {
      while (seen.length < total) {
        const page = (await reader?.events.read({}, { after: seen.at(-1) ?? 0, limit: 100 })) ?? [];
        seen.push(...page.map(({ sequence }) => sequence));
      }
    };
    const write = members.map(async ({ events, audit, commands }, gateway) => {
      for (const turn of range(TURNS)) {
        const given = command(`c-${gateway}-${turn}`);
        await Promise.all([
          events.append([callEvent(), callEvent('ENDED')]),
          audit.append(auditEntry({ action: `a${gateway}`, caller: CALLER }, turn)),
          commands.insert(given, null),
        ]);
      }
    });
    await Promise.all([read(), ...write]);
    expect(seen).toEqual(range(total).map((index) => index + 1));
    for (const member of members) await member.close();
    const beside = await openBeside(postgres.options(place.name), place.dataDir);
    const rows = members.length * TURNS * 2;
    expect(await verifyAudit(beside.database, beside.key)).toMatchObject({ rows });
    await beside.close();
  });
});
