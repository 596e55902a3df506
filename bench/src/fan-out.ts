import { type ChildServer, startChild } from './child-server.ts';
import { type Asked, DISTINCT_OPERATIONS, distinctFilters, SAME } from './fan-out-operations.ts';
import {
  captureMessage,
  type FanOutSide,
  floorSubscriptions,
  gatewaySubscriptions,
  withSubscribers,
} from './fan-out-sides.ts';
import type { GatewayReady } from './servers/gateway.ts';
import { type BenchSize, median, type Row } from './table.ts';
import { targetOf } from './targets.ts';
import { takeTurns } from './turns.ts';

/** What one event to many costs. */
export interface FanOutFigures {
  readonly lastMs: number;
  /** A delivery. */
  readonly cpuMicroseconds: number;
}

const SUBSCRIBERS = 1_000;
const EVENTS = 40;
let next = 0;

/** One event to 1,000 subscribers, beside a raw broadcast of the same bytes. */
export async function benchFanOut({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const gateway = await startChild<GatewayReady>('gateway', {});
  const empty = await startChild<GatewayReady>('gateway', {});
  const { targets, reporterIds } = gateway.ready;
  const events = Math.ceil(EVENTS * scale);
  const rows: Row[] = [];
  for (const [name, asked] of [
    ['with the same operation', SAME],
    ['with 100 operations', DISTINCT_OPERATIONS],
    ['with 100 filters', distinctFilters(reporterIds)],
  ] as const) {
    const sides = await start({ gateway, empty }, asked);
    const measure =
      (side: FanOutSide, of = targets) =>
      () =>
        measureFanOut(side, { targets: of, events, subscribers: SUBSCRIBERS });
    const figures = await takeTurns(rounds, {
      floor: measure(sides.floor),
      floorAlone: () => measureReports(sides.floorAlone, targets, events),
      gateway: measure(sides.gateway),
      gatewayAlone: () => measureReports(sides.gatewayAlone, empty.ready.targets, events),
    });
    await sides.stop();
    const alone = (all: readonly FanOutFigures[]): number => median(all.map((one) => one.cpuMicroseconds));
    const row = (what: string, unit: string, pick: (figures: FanOutFigures) => number): Row => ({
      what,
      unit,
      gateway: figures.gateway.map(pick),
      floor: figures.floor.map(pick),
    });
    rows.push(
      row(`an event to ${SUBSCRIBERS} ${name}, server’s CPU a delivery`, 'µs', (one) => one.cpuMicroseconds),
      {
        what: 'of it the delivery: less what the event costs where nobody listens',
        unit: 'µs',
        gateway: figures.gateway.map((one) => one.cpuMicroseconds - alone(figures.gatewayAlone)),
        floor: figures.floor.map((one) => one.cpuMicroseconds - alone(figures.floorAlone)),
      },
      row('until the last has it', 'ms', ({ lastMs }) => lastMs),
    );
  }
  await Promise.all([gateway.stop(), empty.stop()]);
  return rows;
}

async function start(
  { gateway, empty }: { readonly [Name in 'gateway' | 'empty']: ChildServer<GatewayReady> },
  asked: readonly Asked[],
) {
  const [first] = asked;
  if (first === undefined) throw new Error('nothing is asked for');
  const { key } = gateway.ready;
  const payload = await captureMessage(gateway.ready, first);
  const startFloor = () => startChild<{ readonly url: string }>('fan-out-floor', { payload, byPhone: false });
  const [floor, floorAlone] = [await startFloor(), await startFloor()];
  const sides = {
    floor: await withSubscribers({ server: floor, subscriptions: floorSubscriptions(SUBSCRIBERS) }),
    floorAlone: await withSubscribers({ server: floorAlone, subscriptions: [] }),
    gatewayAlone: await withSubscribers({ server: empty, subscriptions: [] }),
    gateway: await withSubscribers({
      server: gateway,
      subscriptions: gatewaySubscriptions(key, asked, SUBSCRIBERS),
    }),
  };
  return {
    ...sides,
    async stop() {
      await Promise.all(Object.values(sides).map((side) => side.stop()));
      await Promise.all([floor.stop(), floorAlone.stop()]);
    },
  };
}

/** One event after the other, each when all have the one before. */
export async function measureFanOut(
  { server, report, receive }: FanOutSide,
  {
    targets,
    events,
    subscribers,
  }: { readonly targets: readonly string[]; readonly events: number; readonly subscribers: number },
): Promise<FanOutFigures> {
  const before = await server.cpuMicroseconds();
  const times: number[] = [];
  for (let index = 0; index < events; index += 1) {
    const all = receive(subscribers);
    const began = performance.now();
    await report(targetOf(targets, next++));
    await all;
    times.push(performance.now() - began);
  }
  const used = (await server.cpuMicroseconds()) - before;
  return { lastMs: median(times), cpuMicroseconds: used / (events * subscribers) };
}

/** The same events to nobody, a share of each for as many subscribers. */
async function measureReports(
  { server, report }: FanOutSide,
  targets: readonly string[],
  events: number,
): Promise<FanOutFigures> {
  const before = await server.cpuMicroseconds();
  for (let index = 0; index < events; index += 1) await report(targetOf(targets, next++));
  const used = (await server.cpuMicroseconds()) - before;
  return { lastMs: 0, cpuMicroseconds: used / (events * SUBSCRIBERS) };
}
