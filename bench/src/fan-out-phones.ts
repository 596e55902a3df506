import { startChild } from './child-server.ts';
import { filtered, SAME } from './fan-out-operations.ts';
import { captureMessage, type FanOutSide, floorSubscriptions, withSubscribers } from './fan-out-sides.ts';
import type { GatewayReady } from './servers/gateway.ts';
import { type BenchSize, median, type Row } from './table.ts';
import { targetOf } from './targets.ts';
import { takeTurns } from './turns.ts';

const PHONES = 1_000;
/** In flight at once. */
const CONNECTIONS = 16;

/** What an event costs the server, in microseconds: of CPU, where nothing else is said. */
interface Figures {
  /** Of a phone to which one of 1,000 subscribers listens, each to another phone. */
  readonly heard: number;
  /** Of it what comes when the event is on disk: until the socket has the message. Time on the clock, the median. */
  readonly delivery: number;
  /** Of a phone to which none of them listens. */
  readonly unheard: number;
}

/** Subscribers on 1,000 phones, an event of each: what the one delivery costs, and what those do to whom it is not sent. */
export async function benchFanOutPhones({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  // Twice as many phones: of the second half nobody wants to know.
  const [gateway, empty] = await Promise.all([
    startChild<GatewayReady>('gateway-timed', { reporters: 2 * PHONES }),
    startChild<GatewayReady>('gateway', { reporters: 2 * PHONES }),
  ]);
  const [asked] = SAME;
  if (asked === undefined) throw new Error('nothing is asked for');
  const payload = await captureMessage(gateway.ready, asked);
  const floor = await startChild<{ readonly url: string }>('fan-out-floor', { payload, byPhone: true });
  const { key, targets, reporterIds } = gateway.ready;
  const pathOf = (phone: number): string => targets[2 * phone]?.split('?')[0] ?? '/';
  const rest = { key, path: '/graphql', saysCaughtUp: true };
  const heardIds = reporterIds.slice(0, PHONES);
  const sides = {
    gateway: await withSubscribers({
      server: gateway,
      subscriptions: heardIds.map((id) => ({ ...rest, operation: filtered([id]) })),
      connections: CONNECTIONS,
    }),
    empty: await withSubscribers({ server: empty, subscriptions: [], connections: CONNECTIONS }),
    floor: await withSubscribers({
      server: floor,
      subscriptions: floorSubscriptions(PHONES).map((one, phone) => ({ ...one, path: pathOf(phone) })),
      connections: CONNECTIONS,
    }),
  };
  const figures = await takeTurns(rounds, {
    floor: () => measure(sides.floor, { targets, scale }),
    gateway: () => measure(sides.gateway, { targets, scale }),
    empty: () => measure(sides.empty, { targets: empty.ready.targets, scale, isHeard: false }),
  });
  await Promise.all(Object.values(sides).map((side) => side.stop()));
  await Promise.all([gateway.stop(), empty.stop(), floor.stop()]);
  return [
    {
      what: 'an event to the one of 1000 on 1000 phones, from its report on, server’s CPU',
      unit: 'µs',
      gateway: figures.gateway.map(({ heard }) => heard),
      floor: figures.floor.map(({ heard }) => heard),
    },
    {
      what: 'of it the delivery: from when it is on disk until the socket has the message, time',
      unit: 'µs',
      gateway: figures.gateway.map(({ delivery }) => delivery),
      floor: figures.floor.map(({ delivery }) => delivery),
    },
    {
      what: 'an event that none of 1000 wants, beside a gateway without subscribers',
      unit: 'µs',
      gateway: figures.gateway.map(({ unheard }) => unheard),
      floor: figures.empty.map(({ unheard }) => unheard),
    },
  ];
}

/** What is reported. */
interface Load {
  readonly targets: readonly string[];
  readonly scale: number;
  /** Left out: the first half of the phones has its listeners. */
  readonly isHeard?: boolean;
}

/** Short turns of phones that are heard and of phones that are not. */
const TURNS = 10;

async function measure(side: FanOutSide, { targets, scale, isHeard = true }: Load): Promise<Figures> {
  const count = Math.ceil((4_000 * scale) / TURNS);
  const half = targets.length / 2;
  const used = { heard: 0, unheard: 0 };
  const deliveries: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    if (isHeard) await side.server.timed();
    used.heard += await events(side, targets.slice(0, half), { count, heard: isHeard });
    if (isHeard) deliveries.push((await side.server.timed()).microseconds);
    used.unheard += await events(side, targets.slice(half), { count, heard: false });
  }
  const each = (sum: number): number => sum / (count * TURNS);
  return { heard: each(used.heard), delivery: median(deliveries), unheard: each(used.unheard) };
}

let next = 0;

async function events(
  { server, report, receive }: FanOutSide,
  targets: readonly string[],
  { count, heard }: { readonly count: number; readonly heard: boolean },
): Promise<number> {
  const before = await server.cpuMicroseconds();
  const all = heard ? receive(count) : Promise.resolve();
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await report(targetOf(targets, next++));
    }
  };
  await Promise.all([all, ...Array.from({ length: CONNECTIONS }, lane)]);
  return (await server.cpuMicroseconds()) - before;
}
