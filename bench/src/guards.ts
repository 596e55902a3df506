import { Agent, request } from 'undici';
import { type ChildServer, startChild } from './child-server.ts';
import { closedLoop } from './clients/open-loop.ts';
import { pressAKey } from './clients/press-a-key.ts';
import { interleave } from './interleave.ts';
import type { GatewayReady } from './servers/gateway.ts';
import type { PhonesReady } from './servers/phones.ts';
import type { BenchSize, Row } from './table.ts';

interface Counts {
  readonly commands: number;
  readonly reads: number;
}

/** Rates, and the server's processor time for each, in microseconds. */
interface Figures extends Counts {
  readonly commandCpu: number;
  readonly readCpu: number;
}

const PHONES = 100;
const IN_FLIGHT = 64;
const READ = '{ phones(first: 50) { totalCount nodes { id name vendor model reachability lastEventAt } } }';

/** What authorisation, limits and audit cost: the gateway beside the same one without them. */
export async function benchGuards({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const phones = await startChild<PhonesReady>('phones', { healthy: PHONES, late: 0, resetting: 0 });
  const options = { phoneAddresses: phones.ready.healthy };
  const guarded = await startChild<GatewayReady>('gateway', options);
  const bare = await startChild<GatewayReady>('gateway-without-guards', options);
  const counts = { commands: Math.ceil(3_000 * scale), reads: Math.ceil(1_500 * scale) };
  const { gateway, floor } = await interleave(rounds, {
    gateway: () => measure(guarded, counts),
    floor: () => measure(bare, counts),
  });
  await Promise.all([guarded.stop(), bare.stop(), phones.stop()]);
  const row = (named: Pick<Row, 'what' | 'unit' | 'limit'>, pick: (figures: Figures) => number): Row => ({
    ...named,
    gateway: gateway.map(pick),
    floor: floor.map(pick),
  });
  const what = `${IN_FLIGHT} in flight; floor: without authorisation, limits and audit`;
  const cpu = { what: 'the same, server’s processor time each', unit: 'µs', limit: '≤ 1.11 ×' };
  return [
    row({ what: `pressKeys, ${what}`, unit: '/s', limit: '≥ 0.9 ×' }, ({ commands }) => commands),
    row(cpu, ({ commandCpu }) => commandCpu),
    row({ what: `50 phones, ${what}`, unit: '/s', limit: '≥ 0.9 ×' }, ({ reads }) => reads),
    row(cpu, ({ readCpu }) => readCpu),
  ];
}

async function measure({ ready, cpuMicroseconds }: ChildServer<GatewayReady>, counts: Counts): Promise<Figures> {
  const agent = new Agent({ connections: IN_FLIGHT });
  const { phoneIds } = ready;
  const began = await cpuMicroseconds();
  const commands = await closedLoop({ inFlight: IN_FLIGHT, count: counts.commands }, (index) =>
    pressAKey(ready, phoneIds[index % phoneIds.length] ?? '', agent),
  );
  const between = await cpuMicroseconds();
  const reads = await closedLoop({ inFlight: IN_FLIGHT, count: counts.reads }, () => readPhones(ready, agent));
  const ended = await cpuMicroseconds();
  await agent.close();
  return {
    commands,
    reads,
    commandCpu: (between - began) / counts.commands,
    readCpu: (ended - between) / counts.reads,
  };
}

async function readPhones({ url, key }: GatewayReady, dispatcher: Agent): Promise<void> {
  const { body } = await request(`${url}/graphql`, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: READ }),
  });
  const text = await body.text();
  if (!text.includes('"totalCount"')) throw new Error(`the phones were not listed: ${text}`);
}
