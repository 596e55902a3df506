import { setTimeout as wait } from 'node:timers/promises';
import { type ChildServer, startChild } from './child-server.ts';
import { SAME } from './fan-out-operations.ts';
import { type FanOutSide, floorSubscriptions, gatewaySubscriptions, withSubscribers } from './fan-out-sides.ts';
import type { Memory } from './servers/child.ts';
import type { GatewayReady } from './servers/gateway.ts';
import type { BenchSize, Row } from './table.ts';

const SUBSCRIBERS = 10_000;
/** The first of them fill what the server had free since its start, and bring along what they share: they are not counted. */
const FIRST = 0.4;
/** Clients are in so many processes, each at an address of its own. */
const PROCESSES = 2;
/** Started anew each time: what a process once had it seldom gives back. It varies little, and a short run has one. */
const ROUNDS = 3;

/** What connecting left behind has been dealt with; a short run waits less. */
const SETTLED_MS = { long: 6_000, short: 1_000 };

interface Figures {
  readonly resident: number;
  readonly held: number;
  readonly heap: number;
}

/** What a subscriber over WebSocket to whom nothing is sent holds in the server's memory. */
export async function benchIdleSubscribers({ scale }: BenchSize): Promise<readonly Row[]> {
  const count = Math.ceil(SUBSCRIBERS * scale);
  const figures: { readonly gateway: Figures[]; readonly floor: Figures[] } = { gateway: [], floor: [] };
  for (let round = 0; round < (scale < 1 ? 1 : ROUNDS); round += 1) {
    const floor = await startChild<{ readonly url: string }>('fan-out-floor', { payload: '', byPhone: false }, [
      '--expose-gc',
    ]);
    figures.floor.push(await measure(floor, floorSubscriptions(count)));
    const gateway = await startChild<GatewayReady>('gateway', {}, ['--expose-gc']);
    figures.gateway.push(await measure(gateway, gatewaySubscriptions(gateway.ready.key, SAME, count)));
  }
  const row = (what: string, pick: (figures: Figures) => number): Row => ({
    what,
    unit: 'KiB',
    gateway: figures.gateway.map(pick),
    floor: figures.floor.map(pick),
  });
  return [
    row(`an idle subscriber of ${count}, resident memory`, ({ resident }) => resident),
    row('the same, without free pages of the heap', ({ held }) => held),
    row('the same, heap and what it holds', ({ heap }) => heap),
  ];
}

async function measure(
  server: ChildServer<{ readonly url: string }>,
  subscriptions: Parameters<typeof withSubscribers>[0]['subscriptions'],
): Promise<Figures> {
  const groups: FanOutSide[] = [];
  const connect = async (from: number, to: number): Promise<Memory> => {
    const size = Math.ceil((to - from) / PROCESSES);
    const added = await Promise.all(
      Array.from({ length: PROCESSES }, (_, index) => {
        const own = subscriptions.slice(from + index * size, Math.min(to, from + (index + 1) * size));
        const address = `127.0.0.${2 + index}`;
        return withSubscribers({ server, subscriptions: own.map((one) => ({ ...one, from: address })) });
      }),
    );
    groups.push(...added);
    await wait(subscriptions.length < SUBSCRIBERS ? SETTLED_MS.short : SETTLED_MS.long);
    return server.memory();
  };
  const first = Math.ceil(subscriptions.length * FIRST);
  const before = await connect(0, first);
  const after = await connect(first, subscriptions.length);
  await Promise.all(groups.map((group) => group.stop()));
  await server.stop();
  const each = (bytes: number): number => bytes / 1024 / (subscriptions.length - first);
  return {
    resident: each(after.resident - before.resident),
    held: each(after.held - before.held),
    heap: each(after.heap - before.heap),
  };
}
