import { join } from 'node:path';
import { type ChildServer, startChild } from './child-server.ts';
import { SAME } from './fan-out-operations.ts';
import { captureMessage, withSubscribers } from './fan-out-sides.ts';
import type { GatewayReady } from './servers/gateway.ts';
import type { BenchSize, Row } from './table.ts';
import { targetOf } from './targets.ts';
import { takeTurns } from './turns.ts';

const EVENTS = 100_000;
const CONNECTIONS = 64;

interface Figures {
  readonly rate: number;
  readonly cpuMicroseconds: number;
}

/** Everything that the log holds to one subscriber who resumes, beside reading it from the same database and sending it by `ws`. */
export async function benchReplay({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const events = Math.ceil(EVENTS * scale);
  const gateway = await startChild<GatewayReady>('gateway', {});
  const { key, dataDir } = gateway.ready;
  const [asked] = SAME;
  if (asked === undefined) throw new Error('nothing is asked for');
  const payload = await captureMessage(gateway.ready, asked);
  await fill(gateway, events);
  const floor = await startChild<{ readonly url: string }>('replay-floor', {
    payload,
    database: join(dataDir, 'hookswitch.db'),
  });
  // Behind the event that was captured.
  const after = Buffer.from('event:1').toString('base64url');
  const operation = { query: asked.query.replace('phoneEvents', `phoneEvents(after: "${after}")`) };
  const figures = await takeTurns(rounds, {
    floor: () => measure(floor, { path: '/', key: null, operation: null, saysCaughtUp: false }, events),
    gateway: () => measure(gateway, { path: '/graphql', key, operation, saysCaughtUp: true }, events),
  });
  await Promise.all([gateway.stop(), floor.stop()]);
  const row = (what: string, unit: string, pick: (figures: Figures) => number): Row => ({
    what,
    unit,
    gateway: figures.gateway.map(pick),
    floor: figures.floor.map(pick),
  });
  return [
    row(`replay of ${events} events to one who resumes`, '/s', ({ rate }) => rate),
    row('the same, server’s CPU an event', 'µs', ({ cpuMicroseconds }) => cpuMicroseconds),
  ];
}

async function measure(
  server: ChildServer<{ readonly url: string }>,
  subscription: Parameters<typeof withSubscribers>[0]['subscriptions'][number],
  events: number,
): Promise<Figures> {
  const idle = await withSubscribers({ server, subscriptions: [] });
  const before = await server.cpuMicroseconds();
  const began = performance.now();
  const all = idle.receive(events);
  idle.connect([subscription]);
  await all;
  const seconds = (performance.now() - began) / 1_000;
  const used = (await server.cpuMicroseconds()) - before;
  await idle.stop();
  return { rate: events / seconds, cpuMicroseconds: used / events };
}

async function fill(gateway: ChildServer<GatewayReady>, events: number): Promise<void> {
  const { targets } = gateway.ready;
  const side = await withSubscribers({ server: gateway, subscriptions: [], connections: CONNECTIONS });
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < events) await side.report(targetOf(targets, next++));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  await side.stop();
}
