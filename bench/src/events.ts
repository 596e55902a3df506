import { setTimeout as wait } from 'node:timers/promises';
import { type ChildServer, startChild } from './child-server.ts';
import { closedLoop, openLoop } from './clients/open-loop.ts';
import { rawGet } from './clients/raw-get.ts';
import { subscribe } from './clients/subscriber.ts';
import { interleave } from './interleave.ts';
import { capturePayload } from './payload.ts';
import type { GatewayReady } from './servers/gateway.ts';
import { type BenchSize, quantile, type Row } from './table.ts';
import { targetOf } from './targets.ts';

interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly few: Rate;
  readonly many: Rate;
}

/** How fast reports were taken. */
interface Rate {
  readonly perSecond: number;
  /** Processor time of the server, an event. */
  readonly cpuMicroseconds: number;
}

const EVENTS_PER_SECOND = 1_400;
/** The first second after the other side's turn is not counted. */
const WARM_UP = EVENTS_PER_SECOND;
const SUBSCRIBERS = 5;
/** So many reports wait for their answers at once: a busy office, and all phones of a switch that comes back. */
const [FEW, MANY] = [64, 256];
/** Longer than calls wait to be written. */
const WRITTEN_MS = 300;
/** A phone reports a few times a minute. */
const REPORTERS = 10_000;
let next = 0;

/** Action URL → disk → subscribers: latency at a steady rate, and the rate that is reached, a connection each. */
export async function benchEvents({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const gateway = await startChild<GatewayReady>('gateway', { reporters: scale < 1 ? REPORTERS / 10 : REPORTERS });
  const { targets, url, key } = gateway.ready;
  const floor = await startChild<{ readonly url: string }>('event-floor', {
    payload: await capturePayload(gateway.ready),
  });
  const sizes = { latency: Math.ceil(7_000 * scale), rate: Math.ceil(6_000 * scale) };
  const { gateway: ours, floor: theirs } = await interleave(rounds, {
    gateway: () => measure({ url, key, targets, server: gateway }, sizes),
    floor: () => measure({ url: floor.ready.url, key: null, targets, server: floor }, sizes),
  });
  await Promise.all([gateway.stop(), floor.stop()]);
  const row = (named: Pick<Row, 'what' | 'unit' | 'limit'>, pick: (figures: Figures) => number): Row => ({
    ...named,
    gateway: ours.map(pick),
    floor: theirs.map(pick),
  });
  const durable = (inFlight: number): string => `durable action URLs, a connection each, ${inFlight} in flight`;
  const cpu = 'the same, server’s processor time an event';
  const path = `action URL → disk → ${SUBSCRIBERS} subscribers at ${EVENTS_PER_SECOND.toLocaleString('en')}/s`;
  return [
    row({ what: durable(FEW), unit: '/s', limit: '≥ 0.7 ×' }, ({ few }) => few.perSecond),
    row({ what: cpu, unit: 'µs' }, ({ few }) => few.cpuMicroseconds),
    row({ what: durable(MANY), unit: '/s', limit: '≥ 0.7 ×' }, ({ many }) => many.perSecond),
    row({ what: cpu, unit: 'µs' }, ({ many }) => many.cpuMicroseconds),
    row({ what: `${path}, p50`, unit: 'ms', limit: '≤ 3 ×' }, ({ p50 }) => p50),
    row({ what: `${path}, p99`, unit: 'ms', limit: '≤ 3 ×, ≤ 25 ms' }, ({ p99 }) => p99),
  ];
}

interface Target {
  readonly url: string;
  readonly key: string | null;
  readonly targets: readonly string[];
  readonly server: Pick<ChildServer<unknown>, 'cpuMicroseconds'>;
}

async function measure(target: Target, sizes: { readonly latency: number; readonly rate: number }): Promise<Figures> {
  const latencies = await latency(target, sizes.latency);
  const few = await rate(target, { inFlight: FEW, count: sizes.rate });
  // What is written behind counts for those that it is about.
  await wait(WRITTEN_MS);
  const many = await rate(target, { inFlight: MANY, count: sizes.rate });
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), few, many };
}

/** From the time when an event was due until each of the subscribers has it, in milliseconds. */
async function latency({ url, key, targets }: Target, count: number): Promise<readonly number[]> {
  const sent = new Map<number, number>();
  const latencies: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const onEvent = (number: number): void => {
    const at = sent.get(number);
    if (at === undefined) return;
    latencies.push(performance.now() - at);
    if (latencies.length === count * SUBSCRIBERS) resolve();
  };
  const sockets = await Promise.all(Array.from({ length: SUBSCRIBERS }, () => subscribe({ url, key }, onEvent)));
  await openLoop({ perSecond: EVENTS_PER_SECOND, count: WARM_UP + count }, async (index, dueAt) => {
    const number = next++;
    if (index >= WARM_UP) sent.set(number, dueAt);
    await report(url, targetOf(targets, number));
  });
  await promise;
  for (const socket of sockets) socket.terminate();
  return latencies;
}

async function rate(
  { url, targets, server }: Target,
  size: { readonly inFlight: number; readonly count: number },
): Promise<Rate> {
  const before = await server.cpuMicroseconds();
  const perSecond = await closedLoop(size, () => report(url, targetOf(targets, next++)));
  return { perSecond, cpuMicroseconds: ((await server.cpuMicroseconds()) - before) / size.count };
}

async function report(url: string, target: string): Promise<void> {
  const status = await rawGet(url, target);
  if (status !== 200) throw new Error(`an action URL was answered ${status}`);
}
