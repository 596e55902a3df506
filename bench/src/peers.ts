import { type ChildServer, startChild } from './child-server.ts';
import { type FanOutFigures, measureFanOut } from './fan-out.ts';
import { type Asked, DISTINCT_OPERATIONS, SAME } from './fan-out-operations.ts';
import {
  captureMessage,
  type FanOutSide,
  gatewaySubscriptions,
  peerSubscriptions,
  settle,
  withSubscribers,
} from './fan-out-sides.ts';
import type { GatewayReady } from './servers/gateway.ts';
import type { BenchSize, Row } from './table.ts';
import { takeTurns } from './turns.ts';

const SUBSCRIBERS = 1_000;
const EVENTS = 20;
const PEERS = { 'peer-mercurius': 'Mercurius', 'peer-yoga': 'Yoga', 'peer-apollo': 'graphql-subscriptions' } as const;
type Peer = keyof typeof PEERS;

/** One event to 1,000 subscribers, beside other GraphQL servers that are given the same to do; their figure stands as the floor. */
export async function benchPeers({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const gateway = await startChild<GatewayReady>('gateway', {});
  const rows: Row[] = [];
  const operations = [
    ['with the same operation', SAME],
    ['with 100 operations', DISTINCT_OPERATIONS],
  ] as const;
  // A short run tells the first alone.
  for (const [name, asked] of scale < 1 ? operations.slice(0, 1) : operations) {
    const events = Math.ceil(EVENTS * scale);
    const { sides, stop } = await start(gateway, asked);
    const measure = (side: FanOutSide) => () =>
      measureFanOut(side, { targets: gateway.ready.targets, events, subscribers: SUBSCRIBERS });
    const figures = await takeTurns(rounds, {
      gateway: measure(sides.gateway),
      'peer-mercurius': measure(sides['peer-mercurius']),
      'peer-yoga': measure(sides['peer-yoga']),
      'peer-apollo': measure(sides['peer-apollo']),
    });
    await stop();
    const cpu = (all: readonly FanOutFigures[]): readonly number[] => all.map((one) => one.cpuMicroseconds);
    for (const [peer, title] of Object.entries(PEERS) as [Peer, string][]) {
      rows.push({
        what: `${title}: an event to ${SUBSCRIBERS} ${name}, CPU a delivery`,
        unit: 'µs',
        gateway: cpu(figures.gateway),
        floor: cpu(figures[peer]),
      });
    }
  }
  await gateway.stop();
  return rows;
}

async function start(gateway: ChildServer<GatewayReady>, asked: readonly Asked[]) {
  const [first] = asked;
  if (first === undefined) throw new Error('nothing is asked for');
  const payload = await captureMessage(gateway.ready, first);
  const servers: ChildServer<unknown>[] = [];
  const peer = async (name: Peer): Promise<FanOutSide> => {
    const server = await startChild<{ readonly url: string }>(name, { payload });
    servers.push(server);
    return withSubscribers({ server, subscriptions: peerSubscriptions(asked, SUBSCRIBERS) });
  };
  const sides = {
    gateway: await withSubscribers({
      server: gateway,
      subscriptions: gatewaySubscriptions(gateway.ready.key, asked, SUBSCRIBERS),
    }),
    'peer-mercurius': await peer('peer-mercurius'),
    'peer-yoga': await peer('peer-yoga'),
    'peer-apollo': await peer('peer-apollo'),
  };
  await settle();
  return {
    sides,
    async stop() {
      await Promise.all(Object.values(sides).map((side) => side.stop()));
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
