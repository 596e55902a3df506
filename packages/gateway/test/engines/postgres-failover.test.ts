import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Command } from '../../src/model.ts';
import type { NewEvent, Store } from '../../src/store/ports.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import type { PostgresOptions } from '../../src/store/postgres/options.ts';
import { isStoreAway } from '../../src/store/store-away.ts';
import { callEvent, command, range } from '../store/samples.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { POSTGRESQL, type Postgres, startPostgres } from './postgres.ts';
import { startStandby } from './postgres-standby.ts';

const log = { warn() {}, error() {} };
const SIDES = 6;

/** Events and commands that are given without an end, each until it is acknowledged, and what was. */
function load(store: Store) {
  const acknowledged = { events: new Map<string, number>(), commands: new Set<string>() };
  let over = false;
  const side = async (number: number) => {
    for (let count = 0; !over; count += 1) {
      const name = `${number}/${count}`;
      const event: NewEvent = {
        ...callEvent('INCOMING', { vendorEvent: name, receivedAt: Date.now() }),
        receipt: Buffer.from(name),
      };
      const [logged] = await untilTaken(() => store.events.append([event]));
      acknowledged.events.set(name, logged?.sequence ?? 0);
      await untilTaken(() => record(store, command(name)));
      acknowledged.commands.add(name);
    }
  };
  const sides = range(SIDES).map(side);
  return {
    acknowledged,
    /** Resolves once so many more events were taken. */
    more: async (count: number) => {
      const wanted = acknowledged.events.size + count;
      await vi.waitFor(() => expect(acknowledged.events.size).toBeGreaterThanOrEqual(wanted), { timeout: 60_000 });
    },
    async stop() {
      over = true;
      await Promise.all(sides);
    },
  };
}

/** A gateway does this from its spool. */
async function untilTaken<Result>(give: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await give();
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** In doubt it may be there. */
async function record({ commands }: Store, given: Command): Promise<void> {
  if ((await commands.get(given.id)) === null) await commands.insert(given, null);
}

async function nothingIsLost(store: Store, { acknowledged }: ReturnType<typeof load>): Promise<void> {
  const kept: (string | null)[] = [];
  for (let after = 0, page = await store.events.read({}, { limit: 10_000 }); page.length > 0; ) {
    kept.push(...page.map(({ vendorEvent }) => vendorEvent));
    for (const { vendorEvent, sequence } of page) {
      const place = acknowledged.events.get(vendorEvent ?? '');
      if (place !== undefined) expect(sequence).toBe(place);
    }
    after = page.at(-1)?.sequence ?? 0;
    page = await store.events.read({}, { after, limit: 10_000 });
  }
  expect(new Set(kept).size).toBe(kept.length);
  expect([...acknowledged.events.keys()].filter((name) => !kept.includes(name))).toEqual([]);
  for (const id of acknowledged.commands) expect((await store.commands.get(id))?.id).toBe(id);
}

describe.runIf(installed(POSTGRESQL))('PostgreSQL', () => {
  let primary: Postgres;
  beforeAll(async () => {
    primary = await startPostgres();
  });
  afterAll(() => primary[Symbol.asyncDispose]());

  const open = async (database: string, dataDir: string, changes: Partial<PostgresOptions> = {}) =>
    await openPostgresStore({ postgres: { ...primary.options(database), ...changes }, dataDir, log });

  test('ended at once and started again under load loses nothing that it acknowledged, and has nothing twice', {
    timeout: 120_000,
  }, async () => {
    await using directory = await temporaryDirectory();
    await primary.createDatabase('restarted');
    const store = await open('restarted', directory.path);
    const running = load(store);
    for (const _ of range(2)) {
      await running.more(30);
      // As `pg_ctl stop -m immediate` does.
      await primary.crash();
      await primary.start();
    }
    await running.more(30);
    await running.stop();
    await nothingIsLost(store, running);
    await store.close();
  });

  test('fails over to its synchronous standby under load: nothing that was acknowledged is lost, and nothing is there twice', {
    timeout: 120_000,
  }, async () => {
    await using directory = await temporaryDirectory();
    await primary.createDatabase('failing_over');
    await using standby = await startStandby(primary);
    const at = (port: number) => ({ host: '127.0.0.1', port });
    await expect(
      open('failing_over', directory.path, { ...at(standby.port), otherHosts: [at(1)] }),
    ).rejects.toMatchObject({
      code: 'AWAY',
      message: expect.stringContaining(`127.0.0.1:${standby.port} is a standby; connect ECONNREFUSED 127.0.0.1:1`),
    });
    // The standby stands first: it is refused, and the next one tried.
    const store = await open('failing_over', directory.path, { ...at(standby.port), otherHosts: [at(primary.port)] });
    const running = load(store);
    await running.more(60);
    await primary.crash();
    await standby.promote();
    await running.more(60);
    await running.stop();
    await nothingIsLost(store, running);
    expect(store.fault).toBeNull();
    await store.close();
  });
});
