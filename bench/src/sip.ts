import { createSipUserAgent } from '@hookswitch/sip';
import { startChild } from './child-server.ts';
import { openDatagrams } from './clients/datagrams.ts';
import { interleave } from './interleave.ts';
import type { BenchSize, Row } from './table.ts';

interface Figures {
  readonly rate: number;
  readonly cpuMicroseconds: number;
}

const PEER = '127.0.0.2';
const IN_FLIGHT = 200;
/** As large as the NOTIFY below. */
const OCTETS = 513;
const BODY = '<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneSilent/>';

/** A NOTIFY over UDP and its 200 by the gateway's user agent, beside as many bare datagrams of that size and their echoes. */
export async function benchSip({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const peer = await startChild<{ readonly port: number }>('sip-echo');
  const { port } = peer.ready;
  const count = Math.ceil(30_000 * scale);
  const { gateway: ours, floor } = await interleave(rounds, {
    gateway: () => notifies(port, count),
    floor: () => datagrams(port, count),
  });
  await peer.stop();
  const row = (what: string, unit: string, pick: (figures: Figures) => number): Row => ({
    what,
    unit,
    gateway: ours.map(pick),
    floor: floor.map(pick),
  });
  return [
    row(`NOTIFY over UDP and its 200, ${IN_FLIGHT} in flight`, '/s', ({ rate }) => rate),
    row('the same, sender’s processor time each', 'µs', ({ cpuMicroseconds }) => cpuMicroseconds),
  ];
}

async function notifies(port: number, count: number): Promise<Figures> {
  const agent = await createSipUserAgent({ host: '127.0.0.1', transports: ['udp'] });
  const figures = await measure(count, async () => {
    const outcome = await agent.request({
      method: 'NOTIFY',
      uri: `sip:phone@${PEER}:${port}`,
      headers: { Event: 'xml', 'Subscription-State': 'active;expires=30000' },
      contentType: 'application/snomxml',
      body: BODY,
    });
    if (outcome.kind !== 'answered' || outcome.status !== 200) throw new Error(`a NOTIFY was ${outcome.kind}`);
  });
  await agent.close();
  return figures;
}

async function datagrams(port: number, count: number): Promise<Figures> {
  const socket = await openDatagrams({ host: PEER, port }, OCTETS);
  const figures = await measure(count, () => socket.exchange());
  await socket.close();
  return figures;
}

/** Of this process, which does nothing else meanwhile. */
async function measure(count: number, once: () => Promise<void>): Promise<Figures> {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await once();
    }
  };
  const began = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  const { user, system } = process.cpuUsage(cpu);
  return { rate: (count * 1000) / (performance.now() - began), cpuMicroseconds: (user + system) / count };
}
