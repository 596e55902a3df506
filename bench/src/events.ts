import { setTimeout as wait } from 'node:timers/promises';
import { startChild } from './child-server.ts';
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
  readonly rate: number;
}

const EVENTS_PER_SECOND = 200;
const IN_FLIGHT = 64;
let next = 0;

/** Action URL → disk → subscriber: latency at a steady rate, and the rate that is reached, a connection each. */
export async function benchEvents({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const gateway = await startChild<GatewayReady>('gateway', { phoneAddresses: [] });
  const { targets, url, key } = gateway.ready;
  const floor = await startChild<{ readonly url: string }>('event-floor', {
    payload: await capturePayload(gateway.ready),
  });
  const sizes = { latency: Math.ceil(1_000 * scale), rate: Math.ceil(4_000 * scale) };
  const { gateway: ours, floor: theirs } = await interleave(rounds, {
    gateway: () => measure({ url, key, targets }, sizes),
    floor: () => measure({ url: floor.ready.url, key: null, targets }, sizes),
  });
  await Promise.all([gateway.stop(), floor.stop()]);
  const row = (what: string, unit: string, pick: (figures: Figures) => number): Row => ({
    what,
    unit,
    gateway: ours.map(pick),
    floor: theirs.map(pick),
  });
  return [
    row(`action URL → disk → subscriber at ${EVENTS_PER_SECOND}/s, p50`, 'ms', ({ p50 }) => p50),
    row(`action URL → disk → subscriber at ${EVENTS_PER_SECOND}/s, p99`, 'ms', ({ p99 }) => p99),
    row(`durable action URLs, ${IN_FLIGHT} in flight`, '/s', ({ rate }) => rate),
  ];
}

interface Target {
  readonly url: string;
  readonly key: string | null;
  readonly targets: readonly string[];
}

async function measure(target: Target, sizes: { readonly latency: number; readonly rate: number }): Promise<Figures> {
  const latencies = await latency(target, sizes.latency);
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), rate: await rate(target, sizes.rate) };
}

async function latency({ url, key, targets }: Target, count: number): Promise<readonly number[]> {
  const sent = new Map<number, number>();
  const latencies: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = await subscribe({ url, key }, (number) => {
    const at = sent.get(number);
    if (at === undefined) return;
    latencies.push(performance.now() - at);
    if (latencies.length === count) resolve();
  });
  const began = performance.now();
  const requests = [];
  for (let index = 0; index < count; index += 1) {
    const dueMs = began + (index * 1000) / EVENTS_PER_SECOND - performance.now();
    if (dueMs > 0) await wait(dueMs);
    const number = next++;
    sent.set(number, performance.now());
    requests.push(rawGet(url, targetOf(targets, number)));
  }
  check(await Promise.all(requests));
  await promise;
  socket.terminate();
  return latencies;
}

async function rate({ url, targets }: Target, count: number): Promise<number> {
  let left = count;
  const began = performance.now();
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      check([await rawGet(url, targetOf(targets, next++))]);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
  return (count * 1000) / (performance.now() - began);
}

function check(statuses: readonly number[]): void {
  const bad = statuses.find((status) => status !== 200);
  if (bad !== undefined) throw new Error(`an action URL was answered ${bad}`);
}
