import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from './child-server.ts';
import type { FullStore } from './servers/full-store.ts';
import type { Started } from './servers/started-gateway.ts';
import type { BenchSize, Row } from './table.ts';

const PHONES = 100_000;
const EVENTS = 1_000_000;
const MEGABYTE = 1024 * 1024;

/** The start of a gateway that has many phones and a long log, from its process until `/health/ready` says so. */
export async function benchStart({ rounds, scale }: BenchSize): Promise<readonly Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hookswitch-bench-'));
  const share = scale < 1 ? 0.1 : 1;
  const full: FullStore = { dataDir, phones: PHONES * share, events: EVENTS * share };
  const seconds: number[] = [];
  const processor: number[] = [];
  const megabytes: number[] = [];
  try {
    const filler = await startChild('full-store', full);
    await filler.ended;
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      const gateway = await startChild<Started>('started-gateway', { dataDir });
      const { status } = await fetch(`${gateway.ready.url}/health/ready`);
      if (status !== 200) throw new Error(`the gateway is not ready: ${status}`);
      seconds.push((performance.now() - began) / 1000);
      processor.push((await gateway.cpuMicroseconds()) / 1_000_000);
      megabytes.push(gateway.ready.peakRss / MEGABYTE);
      await gateway.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  const what = `start with ${full.phones.toLocaleString('en')} phones and ${full.events.toLocaleString('en')} events`;
  return [
    { what: `${what}, until ready`, unit: 's', gateway: seconds, floor: [], limit: '≤ 5' },
    { what: 'the same, processor time', unit: 's', gateway: processor, floor: [] },
    { what: `${what}, most memory (RSS)`, unit: 'MB', gateway: megabytes, floor: [], limit: '≤ 512' },
  ];
}
