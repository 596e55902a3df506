import { Agent } from 'undici';
import { startChild } from './child-server.ts';
import { openLoop } from './clients/open-loop.ts';
import { pressAKey } from './clients/press-a-key.ts';
import { pressStraight } from './clients/press-straight.ts';
import { interleave } from './interleave.ts';
import type { GatewayReady } from './servers/gateway.ts';
import type { PhonesReady } from './servers/phones.ts';
import { type BenchSize, quantile, type Row } from './table.ts';

const PHONES = 500;
const PER_SECOND = 500;
/** Connections that were idle during the other side's turn are made anew: once a phone, which is not counted. */
const WARM_UP = PHONES;

/** Commands for many phones at a steady rate, beside the same requests straight to the same phones. */
export async function benchBusyPhones({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const phones = await startChild<PhonesReady>('phones', { healthy: PHONES, late: 0, resetting: 0 });
  const addresses = phones.ready.healthy;
  const gateway = await startChild<GatewayReady>('gateway', { phoneAddresses: addresses });
  const count = Math.ceil(3_000 * scale);
  // Apart, so that each side has its own connections.
  const [agent, direct] = [new Agent(), new Agent()];
  const { gateway: ours, floor } = await interleave(rounds, {
    gateway: () => latencies(count, (index) => pressAKey(gateway.ready, at(gateway.ready.phoneIds, index), agent)),
    floor: () => latencies(count, (index) => pressStraight(at(addresses, index), direct)),
  });
  await Promise.all([agent.close(), direct.close()]);
  await Promise.all([gateway.stop(), phones.stop()]);
  const row = (what: string, limit: string, share: number): Row => ({
    what: `pressKeys at ${PER_SECOND}/s over ${PHONES} phones, ${what}`,
    unit: 'ms',
    limit,
    gateway: ours.map((round) => quantile(round, share)),
    floor: floor.map((round) => quantile(round, share)),
  });
  return [row('p50', 'floor + 2 ms', 0.5), row('p99', 'floor + 10 ms', 0.99)];
}

async function latencies(count: number, press: (index: number) => Promise<void>): Promise<readonly number[]> {
  const found: number[] = [];
  await openLoop({ perSecond: PER_SECOND, count: WARM_UP + count }, async (index, dueAt) => {
    await press(index);
    if (index >= WARM_UP) found.push(performance.now() - dueAt);
  });
  return found;
}

function at(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}
