import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Agent } from 'undici';
import { startChild } from './child-server.ts';
import { pressAKey } from './clients/press-a-key.ts';
import { interleave } from './interleave.ts';
import type { DeadPhonesReady } from './servers/dead-phones.ts';
import type { GatewayReady } from './servers/gateway.ts';
import type { PhonesReady } from './servers/phones.ts';
import { type BenchSize, quantile, type Row } from './table.ts';

/** Of 100 phones. */
const COUNTS = { healthy: 70, dead: 20, late: 5, resetting: 5 } as const;
/** Each phone is given so many commands a second, whether those before are answered or not. */
const PER_SECOND = 0.5;
/** Fills the queue of a dead phone: one more than its length. */
const TO_FILL = 2;

/** Commands for healthy phones while a third of the office is sick, beside the same commands without the sick phones. */
export async function benchSickPhones({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const dead = await startChild<DeadPhonesReady>('dead-phones', { count: COUNTS.dead });
  const fillers = await Promise.all(
    dead.ready.ports.flatMap((port) => Array.from({ length: TO_FILL }, () => fill(port))),
  );
  const phones = await startChild<PhonesReady>('phones', COUNTS);
  const { healthy, late, resetting } = phones.ready;
  const deadAddresses = dead.ready.ports.map((port) => `http://127.0.0.1:${port}`);
  const gateway = await startChild<GatewayReady>('gateway', {
    phoneAddresses: [...healthy, ...deadAddresses, ...late, ...resetting],
  });
  const well = gateway.ready.phoneIds.slice(0, COUNTS.healthy);
  const sick = gateway.ready.phoneIds.slice(COUNTS.healthy);
  const seconds = Math.ceil(10 * scale);
  // Apart, so that it is not the client that waits.
  const [agent, agentOfTheSick] = [new Agent(), new Agent()];
  const { gateway: withSick, floor: without } = await interleave(rounds, {
    async gateway() {
      const failing = commands(gateway.ready, sick, { seconds, agent: agentOfTheSick });
      const latencies = await measured(commands(gateway.ready, well, { seconds, agent }));
      await Promise.allSettled(await failing);
      return latencies;
    },
    floor: async () => measured(commands(gateway.ready, well, { seconds, agent })),
  });
  await Promise.all([agent.close(), agentOfTheSick.close()]);
  for (const filler of fillers) filler.destroy();
  await Promise.all([gateway.stop(), phones.stop(), dead.stop()]);
  const row = (what: string, share: number): Row => ({
    what,
    unit: 'ms',
    gateway: withSick.map((latencies) => quantile(latencies, share)),
    floor: without.map((latencies) => quantile(latencies, share)),
  });
  return [row('healthy phones beside sick ones, p50', 0.5), row('healthy phones beside sick ones, p99', 0.99)];
}

async function fill(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

interface Load {
  readonly seconds: number;
  readonly agent: Agent;
}

/** Gives each phone its commands at even distances, and resolves with all of them once the last is given. */
async function commands(
  ready: GatewayReady,
  phoneIds: readonly string[],
  { seconds, agent }: Load,
): Promise<readonly Promise<number>[]> {
  const all: Promise<number>[] = [];
  const total = seconds * PER_SECOND * phoneIds.length;
  const began = performance.now();
  await new Promise<void>((resolve) => {
    const tick = setInterval(() => {
      const due = ((performance.now() - began) / 1_000) * PER_SECOND * phoneIds.length;
      while (all.length < Math.min(due, total)) {
        const command = timed(ready, phoneIds[all.length % phoneIds.length] ?? '', agent);
        // Those of sick phones fail; nobody waits for them yet.
        command.catch(() => {});
        all.push(command);
      }
      if (all.length < total) return;
      clearInterval(tick);
      resolve();
    }, 5);
  });
  return all;
}

async function timed(ready: GatewayReady, phoneId: string, agent: Agent): Promise<number> {
  const began = performance.now();
  await pressAKey(ready, phoneId, agent);
  return performance.now() - began;
}

async function measured(given: Promise<readonly Promise<number>[]>): Promise<readonly number[]> {
  return Promise.all(await given);
}
