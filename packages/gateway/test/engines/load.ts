import { expect, vi } from 'vitest';
import type { Command } from '../../src/model.ts';
import type { NewEvent, Store } from '../../src/store/ports.ts';
import { isStoreAway } from '../../src/store/store-away.ts';
import { callEvent, command, range } from '../store/samples.ts';

const SIDES = 6;

/** Events and commands that are given without an end, each until it is acknowledged, and what was. */
export function load(store: Store) {
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

/** Reads everything back. */
export async function nothingIsLost(store: Store, { acknowledged }: ReturnType<typeof load>): Promise<void> {
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
