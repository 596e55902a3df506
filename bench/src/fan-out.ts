import { type ChildServer, startChild } from './child-server.ts';
import { rawGet } from './clients/raw-get.ts';
import { interleave } from './interleave.ts';
import { capturePayload } from './payload.ts';
import type { GatewayReady } from './servers/gateway.ts';
import { type BenchSize, median, type Row } from './table.ts';
import { targetOf } from './targets.ts';

interface Figures {
  readonly lastMs: number;
  readonly cpuMicroseconds: number;
}

interface Side {
  readonly url: string;
  readonly targets: readonly string[];
  readonly server: ChildServer<unknown>;
  readonly delivered: (number: number) => Promise<void>;
}

const SUBSCRIBERS = 1_000;
let next = 0;

/** One event to 1,000 subscribers with the same operation, beside a raw broadcast of the same bytes. */
export async function benchFanOut({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const gateway = await startChild<GatewayReady>('gateway', { phoneAddresses: [] });
  const { targets, url, key } = gateway.ready;
  const floor = await startChild<{ readonly url: string }>('event-floor', {
    payload: await capturePayload(gateway.ready),
  });
  const events = Math.ceil(30 * scale);
  const sides = {
    gateway: await withSubscribers({ url, key, targets, server: gateway }),
    floor: await withSubscribers({ url: floor.ready.url, key: null, targets, server: floor }),
  };
  const result = await interleave(rounds, {
    gateway: () => measure(sides.gateway, events),
    floor: () => measure(sides.floor, events),
  });
  await Promise.all([sides.gateway.stop(), sides.floor.stop()]);
  await Promise.all([gateway.stop(), floor.stop()]);
  const row = (what: string, unit: string, pick: (figures: Figures) => number): Row => ({
    what,
    unit,
    gateway: result.gateway.map(pick),
    floor: result.floor.map(pick),
  });
  return [
    row(`one event to ${SUBSCRIBERS} subscribers, until the last has it`, 'ms', ({ lastMs }) => lastMs),
    row('the same, server’s processor time a delivery', 'µs', ({ cpuMicroseconds }) => cpuMicroseconds),
  ];
}

async function withSubscribers(
  side: Omit<Side, 'delivered'> & { readonly key: string | null },
): Promise<Side & { readonly stop: () => Promise<void> }> {
  const waiting = new Map<number, () => void>();
  const subscribers = await startChild<object>('subscribers', { url: side.url, key: side.key, count: SUBSCRIBERS });
  subscribers.onMessage((message) => {
    const { number } = message as { readonly number: number };
    waiting.get(number)?.();
    waiting.delete(number);
  });
  return {
    ...side,
    delivered: (number) => new Promise((resolve) => waiting.set(number, resolve)),
    stop: () => subscribers.stop(),
  };
}

async function measure({ url, targets, server, delivered }: Side, events: number): Promise<Figures> {
  const before = await server.cpuMicroseconds();
  const times: number[] = [];
  for (let index = 0; index < events; index += 1) {
    const number = next++;
    const all = delivered(number);
    const began = performance.now();
    await rawGet(url, targetOf(targets, number));
    await all;
    times.push(performance.now() - began);
  }
  const used = (await server.cpuMicroseconds()) - before;
  return { lastMs: median(times), cpuMicroseconds: used / (events * SUBSCRIBERS) };
}
