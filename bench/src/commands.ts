import { Agent } from 'undici';
import { startChild } from './child-server.ts';
import { pressAKey } from './clients/press-a-key.ts';
import { pressStraight } from './clients/press-straight.ts';
import { interleave } from './interleave.ts';
import type { GatewayReady } from './servers/gateway.ts';
import { type BenchSize, quantile, type Row } from './table.ts';

/** A mutation with its records on disk, beside the same request straight to the same virtual phone. */
export async function benchCommands({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const phone = await startChild<{ readonly address: string }>('phone');
  const gateway = await startChild<GatewayReady>('gateway', { phoneAddresses: [phone.ready.address] });
  const [phoneId = ''] = gateway.ready.phoneIds;
  const count = Math.ceil(500 * scale);
  const agent = new Agent({ connections: 1 });
  const { gateway: ours, floor } = await interleave(rounds, {
    gateway: () => repeat(count, () => pressAKey(gateway.ready, phoneId, agent)),
    floor: () => repeat(count, () => pressStraight(phone.ready.address, agent)),
  });
  await agent.close();
  await Promise.all([gateway.stop(), phone.stop()]);
  const row = (what: string, share: number): Row => ({
    what,
    unit: 'ms',
    gateway: ours.map((latencies) => quantile(latencies, share)),
    floor: floor.map((latencies) => quantile(latencies, share)),
  });
  return [row('pressKeys, one at a time, p50', 0.5), row('pressKeys, one at a time, p99', 0.99)];
}

async function repeat(count: number, once: () => Promise<void>): Promise<readonly number[]> {
  const latencies: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const began = performance.now();
    await once();
    latencies.push(performance.now() - began);
  }
  return latencies;
}
